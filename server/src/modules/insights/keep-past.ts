import type { PastSource } from '@ecluse/contracts/past-sales.ts'
import { sitesOf, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { deletePast, pastSources } from './queries/past.ts'

/** Systems whose sales of before are counted, with what each told; nothing to who works in some shops only, for it is of all. */
export async function listPastSources(ctx: Ctx): Promise<PastSource[]> {
  if (sitesOf(ctx.actor) !== null) return []
  return (await pastSources(ctx.db)).map(({ contact_days: contactDays, net_minor: net, ...row }) => ({
    ...row,
    contactDays,
    netMinor: Number(net),
  }))
}

/** Takes what a system told out of the figures. @throws insights.past_not_found */
export async function forgetPast(tx: Tx, source: string): Promise<void> {
  if (!(await deletePast(tx, source))) throw refuse('insights.past_not_found')
}
