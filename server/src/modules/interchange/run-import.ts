import type { ImportKind, ImportSettings } from '@ecluse/contracts/interchange.ts'
import { command } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Issue } from './domain/issue.ts'
import { importCustomers } from './import-customers.ts'
import { addCounts, noOutcomes, type Batch, type BatchResult, type Importer, type Outcomes } from './importer.ts'
import { importPastContacts } from './import-past-contacts.ts'
import { importPastSales } from './import-past-sales.ts'
import { importPostalPlaces } from './import-postal-places.ts'
import { importShopify } from './import-shopify.ts'
import { importStock } from './import-stock.ts'
import { detectFormat, type SourceFile } from './read-csv.ts'

const importers: Readonly<Record<ImportKind, Importer>> = {
  'shopify-products': importShopify,
  stock: importStock,
  customers: importCustomers,
  'postal-places': importPostalPlaces,
  'past-sales': importPastSales,
  'past-contacts': importPastContacts,
}

/** How far an import is. */
export type ImportProgress = Outcomes & {
  readonly warnings: number
  readonly bytesRead: number
  readonly bytesTotal: number
  readonly counts: Readonly<Record<string, number>>
}

export type ImportRequest = {
  readonly file: SourceFile
  readonly kind: ImportKind
  readonly settings: ImportSettings
  /** Does everything, keeps nothing: each batch is rolled back. */
  readonly dryRun: boolean
  readonly signal?: AbortSignal
  /** Told after each batch, in turn; the next one waits. */
  onBatch?(progress: ImportProgress, issues: readonly Issue[]): Promise<void> | void
}

/** Carries the result of a dry batch out of the transaction that is rolled back by throwing it. */
class DryRun extends Error {
  readonly result: BatchResult
  constructor(result: BatchResult) {
    super('dry run')
    this.result = result
  }
}

/**
 * Imports a file in batches, each in one transaction of its own. What a batch wrote stays when a later one fails or the import
 * is stopped; the same file imported again finds it unchanged and writes the rest.
 *
 * @returns how it ended; `cancelled` when the signal was aborted
 * @throws UnreadableFile when the file as a whole cannot be used; nothing was written then
 */
export async function runImport(ctx: Ctx, request: ImportRequest): Promise<ImportProgress & { cancelled: boolean }> {
  const { file, kind, settings, dryRun, signal } = request
  const outcomes = { ...noOutcomes }
  const counts: Record<string, number> = {}
  let [warnings, bytesRead] = [0, 0]
  const progress = (): ImportProgress => ({
    ...outcomes,
    warnings,
    bytesRead,
    bytesTotal: file.size,
    counts: { ...counts },
  })
  const format = await detectFormat(file)
  const batches = importers[kind]({ ctx, file, format, settings, dryRun, onBytes: (bytes) => (bytesRead = bytes) })
  for await (const batch of oneAhead(batches)) {
    if (signal?.aborted) return { ...progress(), cancelled: true }
    const result = await writeBatch(ctx, batch, dryRun)
    for (const name of ['created', 'updated', 'unchanged', 'refused'] as const) outcomes[name] += result.outcomes[name]
    addCounts(counts, result.counts)
    warnings += result.issues.filter((issue) => issue.severity === 'warning').length
    await request.onBatch?.(progress(), result.issues)
  }
  bytesRead = file.size
  return { ...progress(), cancelled: false }
}

/** While the database writes one batch, the next is read. */
async function* oneAhead(batches: AsyncGenerator<Batch>): AsyncGenerator<Batch> {
  let next = batches.next()
  try {
    for (;;) {
      const { value, done } = await next
      if (done) return
      next = batches.next()
      // Told when its turn comes; until then nobody waits for it.
      next.catch(() => undefined)
      yield value
    }
  } finally {
    await next.catch(() => undefined)
    await batches.return(undefined)
  }
}

async function writeBatch(ctx: Ctx, batch: Batch, dryRun: boolean): Promise<BatchResult> {
  try {
    return await command(ctx, async (tx) => {
      const result = await batch.write(ctx, tx)
      if (dryRun) throw new DryRun(result)
      return result
    })
  } catch (error) {
    if (error instanceof DryRun) return error.result
    throw error
  }
}
