import type { GridChange, SignedJudgement } from '@ecluse/contracts/channel-grid.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { insertVersion, selectVersions, versionContent, type GridContent } from './queries/grid-versions.ts'
import { usualGrid } from './read-grid.ts'

/** Writes the next version; a judgement that did not change keeps who gave it and when. @throws strategy.grid_changed */
export async function writeGrid(
  ctx: Ctx,
  tx: Tx,
  { base, criteria, judgements, mix, note }: GridChange,
): Promise<void> {
  const before = await contentAt(tx, base)
  const signed = judgements.map((one): SignedJudgement => {
    const was = before.judgements.find(
      ({ channel, criterion }) => channel === one.channel && criterion === one.criterion,
    )
    const same = was?.score === one.score && was.reason === one.reason
    return same ? was : { ...one, by: actorLabel(ctx.actor), at: ctx.clock.now().toISOString() }
  })
  const used = new Set(criteria.map(({ code }) => code))
  const content = { criteria, judgements: signed.filter(({ criterion }) => used.has(criterion)), mix }
  await writeNext(ctx, tx, { base, content, note, restores: null })
}

/** Says again what an earlier version said, as the next; 0 is what is usual. @throws strategy.grid_changed, strategy.grid_not_found */
export async function restoreGrid(
  ctx: Ctx,
  tx: Tx,
  { base, version }: { base: number; version: number },
): Promise<void> {
  const content = await contentAt(tx, version)
  await writeNext(ctx, tx, { base, content, note: '', restores: version === 0 ? null : version })
}

async function contentAt(tx: Tx, version: number): Promise<GridContent> {
  if (version === 0) return usualGrid
  const row = await versionContent(tx, version)
  if (!row) throw refuse('strategy.grid_not_found')
  return row.content
}

async function writeNext(
  ctx: Ctx,
  tx: Tx,
  next: { base: number; content: GridContent; note: string; restores: number | null },
): Promise<void> {
  const latest = (await selectVersions(tx))[0]?.version ?? 0
  const { base, content, note, restores } = next
  const written =
    latest === base &&
    (await insertVersion(tx, {
      version: base + 1,
      content,
      note,
      restores,
      created_at: ctx.clock.now(),
      created_by: actorLabel(ctx.actor),
    }))
  if (!written) throw refuse('strategy.grid_changed')
}
