import type { ImportSettings } from '@ecluse/contracts/interchange.ts'
import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { listCategories, putCategory } from '../catalog/public.ts'
import { listChannels } from '../channels/public.ts'
import { saveProductsEach } from '../offers/public.ts'
import { categoryCodeOf, categoryTree, type CategoryTree } from './domain/categories.ts'
import type { Issue } from './domain/issue.ts'
import { readGtin } from './domain/read-gtin.ts'
import { missingColumns, readColumns, type Columns } from './domain/shopify-columns.ts'
import { shopifyProduct, type ProductDraft } from './domain/shopify-products.ts'
import {
  fileIndexer,
  handleOf,
  isBlank,
  shopifyRow,
  type CsvRow,
  type FileIndex,
  type ShopifyRow,
} from './domain/shopify-rows.ts'
import { nothingTaken, type Taken } from './domain/shopify-variants.ts'
import { countStock } from './count-stock.ts'
import { stockPlace } from './stock-place.ts'
import { addCounts, noOutcomes, type Batch, type BatchResult, type ImportTask } from './importer.ts'
import { keepTranslations } from './keep-translations.ts'
import { ownersOfGtins, ownersOfSkus } from './queries/lookups.ts'
import { readCsv, UnreadableFile } from './read-csv.ts'

/** Products per transaction; a batch also ends when its records grow many. */
const productsPerBatch = 125
const recordsPerBatch = 2_000

/** One product's records, gathered from the file. */
type Group = { handle: string; rows: ShopifyRow[]; lines: number; issues: Issue[] }

/**
 * Products of a Shopify file. The file is read twice: once to see that all of it can be read and where each product ends, so
 * that nothing is written of a broken file and products whose lines are scattered are joined; once to write.
 * @throws UnreadableFile
 */
export async function* importShopify(task: ImportTask): AsyncGenerator<Batch> {
  const { ctx, settings } = task
  const { columns, index } = await indexFile(task)
  const channels = await sellingChannels(ctx, settings)
  const placeId = await stockPlace(ctx.db, settings.place)
  const taken = nothingTaken(index.skus)
  const tree = categoryTree(await listCategories(ctx.db))
  for await (const { groups, loose } of gather(task, columns, index)) {
    await learnOwners(ctx, groups, taken)
    const drafts = groups.map((group) => {
      const draft = shopifyProduct(group.handle, group.rows, { ...settings, channels }, taken)
      return { ...draft, issues: [...group.issues, ...draft.issues] }
    })
    const inputs = categorised(drafts, tree)
    // A dry run keeps no category from one batch to the next.
    const categories = [...tree.fresh]
    if (!task.dryRun) tree.fresh.length = 0
    yield {
      write: async (writeCtx, tx) => {
        for (const category of categories) await putCategory(writeCtx, tx, category)
        return writeDrafts(writeCtx, tx, { drafts, inputs, loose, settings, placeId })
      },
    }
  }
}

async function indexFile({ file, format }: ImportTask): Promise<{ columns: Columns; index: FileIndex }> {
  let columns: Columns | undefined
  let indexer: ReturnType<typeof fileIndexer> | undefined
  for await (const row of readCsv(file, format)) {
    if (columns && indexer) {
      indexer.add(row)
      continue
    }
    columns = readColumns(row.values)
    const missing = missingColumns(columns)
    if (missing.length > 0) throw new UnreadableFile('import.columns_missing', { columns: missing.join(', ') })
    indexer = fileIndexer(columns)
  }
  if (!columns || !indexer) throw new UnreadableFile('import.empty')
  return { columns, index: indexer.end() }
}

/** @throws UnreadableFile import.channel_missing */
async function sellingChannels(ctx: Ctx, settings: ImportSettings): Promise<string[]> {
  const selling = (await listChannels(ctx.db)).filter((channel) => channel.sells).map((channel) => channel.code)
  const missing = settings.channels?.find((code) => !selling.includes(code))
  if (missing !== undefined) throw new UnreadableFile('import.channel_missing', { code: missing })
  return settings.channels ?? selling
}

/** Lines that belong to no product. */
type Loose = { issues: Issue[]; counts: { lines: number; blankLines: number; orphanLines: number } }

function nothingLoose(): Loose {
  return { issues: [], counts: { lines: 0, blankLines: 0, orphanLines: 0 } }
}

/** Gathers the records of each product, however scattered, and hands complete products on in batches. */
async function* gather(
  { file, format, onBytes }: ImportTask,
  columns: Columns,
  index: FileIndex,
): AsyncGenerator<{ groups: Group[]; loose: Loose }> {
  const open = new Map<string, Group>()
  let groups: Group[] = []
  let loose = nothingLoose()
  let records = 0
  let width: number | null = null
  for await (const row of readCsv(file, format, onBytes)) {
    if (width === null) {
      width = row.values.length
      continue
    }
    const handle = isBlank(row) ? null : handleOf(columns, row)
    if (handle === null) {
      noteLoose(loose, row)
      continue
    }
    let group = open.get(handle)
    if (!group) open.set(handle, (group = { handle, rows: [], lines: 0, issues: [] }))
    const read = shopifyRow(columns, row)
    group.rows.push(read)
    group.issues.push(...rowIssues(handle, read, row, width, index))
    if (index.lastLineOf.get(handle) !== row.line) continue
    open.delete(handle)
    groups.push(group)
    records += group.rows.length
    if (groups.length < productsPerBatch && records < recordsPerBatch) continue
    yield { groups, loose }
    groups = []
    loose = nothingLoose()
    records = 0
  }
  yield { groups: [...groups, ...open.values()], loose }
}

function noteLoose(loose: Loose, row: CsvRow): void {
  loose.counts.lines++
  if (isBlank(row)) {
    loose.counts.blankLines++
    return
  }
  loose.counts.orphanLines++
  loose.issues.push({
    line: row.line,
    severity: 'refused',
    key: null,
    field: 'Handle',
    code: 'import.handle_missing',
    values: {},
  })
}

function rowIssues(handle: string, read: ShopifyRow, row: CsvRow, width: number, index: FileIndex): Issue[] {
  const issues: Issue[] = []
  const warn = (code: string, field: string | null, values: Issue['values'] = {}): void => {
    issues.push({ line: row.line, severity: 'warning', key: handle, field, code, values })
  }
  const written = read.cell('handle')
  if (written !== '' && written !== handle && read.cell('title') !== '')
    warn('import.handle_changed', 'Handle', { written: written.slice(0, 80), handle })
  if (index.split.get(handle) === row.line) warn('import.handle_split', 'Handle')
  if (row.values.length > width) warn('import.extra_cells', null)
  return issues
}

/** Which SKUs and GTINs of a batch belong to other products of the catalogue. */
async function learnOwners(ctx: Ctx, groups: readonly Group[], taken: Taken): Promise<void> {
  const rows = groups.flatMap((group) => group.rows)
  const skus = [...new Set(rows.map((row) => row.cell('sku')).filter((sku) => sku !== ''))]
  const gtins = [...new Set(rows.flatMap((row) => readGtin(row.cell('barcode')).gtin ?? []))]
  taken.skuOwner.clear()
  taken.gtinOwner.clear()
  for (const { sku, handle } of await ownersOfSkus(ctx.db, skus)) taken.skuOwner.set(sku, handle)
  if (gtins.length === 0) return
  for (const { gtin, sku, handle } of await ownersOfGtins(ctx.db, gtins)) taken.gtinOwner.set(gtin, { sku, handle })
}

function categorised(drafts: readonly ProductDraft[], tree: CategoryTree): (ProductInput | null)[] {
  return drafts.map(({ product, categoryPaths }) => {
    if (!product) return null
    const codes = categoryPaths.map((path) => categoryCodeOf(tree, path))
    // Codes our own export wrote may name categories that are gone.
    const known = product.categoryCodes.filter((code) => tree.byCode.has(code))
    return { ...product, categoryCodes: [...new Set([...known, ...codes])].slice(0, 20) }
  })
}

type Drafted = {
  drafts: readonly ProductDraft[]
  inputs: readonly (ProductInput | null)[]
  loose: Loose
  settings: ImportSettings
  placeId: string | null
}

async function writeDrafts(
  ctx: Ctx,
  tx: Tx,
  { drafts, inputs, loose, settings, placeId }: Drafted,
): Promise<BatchResult> {
  const wanted = await keepTranslations(
    tx,
    inputs.filter((input) => input !== null),
    settings.locale,
  )
  const results = new Map((await saveProductsEach(ctx, tx, wanted)).map((result) => [result.handle, result]))
  const issues: Issue[] = [...loose.issues]
  const outcomes = { ...noOutcomes }
  const counts: Record<string, number> = { ...loose.counts }
  const variantIds = new Map<string, string>()
  for (const draft of drafts) {
    const result = results.get(draft.handle)
    issues.push(...draft.issues)
    addCounts(counts, draft.tally)
    if (result && !('refused' in result)) {
      for (const [sku, id] of Object.entries(result.variantIds)) variantIds.set(sku, id)
      outcomes[result.outcome]++
      continue
    }
    outcomes.refused++
    if (!result) continue
    addCounts(counts, {
      variants: -draft.tally.variants,
      variantsRefused: draft.tally.variants,
      options: -draft.tally.options,
      images: -draft.tally.images,
    })
    const values = result.details as Issue['values']
    issues.push({ line: draft.line, severity: 'refused', key: draft.handle, field: null, code: result.refused, values })
  }
  if (placeId !== null && settings.stock !== 'none') {
    const quantities = drafts.flatMap(({ quantities: some, handle }) =>
      some.flatMap((one) => {
        const variantId = variantIds.get(one.sku)
        return variantId === undefined ? [] : [{ ...one, variantId, key: handle }]
      }),
    )
    const stock = await countStock(ctx, tx, { quantities, placeId, onlyNew: settings.stock === 'new' })
    issues.push(...stock.issues)
    addCounts(counts, stock.counts)
  }
  return { outcomes, issues, counts }
}
