import type { ImportKind, ImportSettings } from '@ecluse/contracts/interchange.ts'
import { actorLabel, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { runImportJob } from './jobs/names.ts'
import { insertRun } from './queries/runs.ts'

export type AskedImport = {
  readonly importId: string
  readonly kind: ImportKind
  readonly fileName: string
  readonly bytes: number
  readonly dryRun: boolean
  readonly settings: ImportSettings
}

/** Records an import whose file is stored; it begins as soon as a worker is free. */
export async function startImport(ctx: Ctx, tx: Tx, asked: AskedImport): Promise<void> {
  await recordImport(ctx, tx, asked)
  await enqueue(tx, runImportJob, { importId: asked.importId }, { key: `${runImportJob.name}:${asked.importId}` })
}

/** Records an import that the caller works off itself. */
export async function recordImport(ctx: Ctx, tx: Tx, { importId, bytes, ...asked }: AskedImport): Promise<void> {
  await insertRun(tx, { ...asked, id: importId, bytesTotal: bytes, createdBy: actorLabel(ctx.actor) }, ctx.clock.now())
}
