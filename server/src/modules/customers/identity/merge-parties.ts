import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { regroupHouseholds } from '../households/change-household.ts'
import { companyById } from '../queries/companies.ts'
import { projectParties } from '../queries/identifications.ts'
import { insertMerge, putUnder, type MergeRow } from '../queries/merges.ts'
import { lockRoots } from './lock-roots.ts'

export type MergeInput = {
  /** Who stays, or anybody merged into them. */
  readonly survivorId: string
  readonly absorbedId: string
  readonly rule: MergeRow['rule']
  readonly note?: string | null
}

/**
 * Makes two parties one customer. Nothing that was learned or written of either is changed: the one points to the other, and
 * the profile is computed from both. Consents are read from both, and the strictest holds.
 * @returns the survivor, and the party that now points to it
 * @throws customers.not_found, customers.already_one, customers.company_not_merged
 */
export async function mergeParties(
  ctx: Ctx,
  tx: Tx,
  { survivorId, absorbedId, rule, note = null }: MergeInput,
): Promise<{ survivorId: string; absorbedId: string }> {
  const [survivor, absorbed] = await lockRoots(tx, survivorId, absorbedId)
  for (const id of [survivor, absorbed]) if (await companyById(tx, id)) throw refuse('customers.company_not_merged')
  const now = ctx.clock.now()
  await putUnder(tx, absorbed, survivor)
  const row = { absorbed_id: absorbed, id: ctx.ids.next(), survivor_id: survivor, rule, note, at: now }
  await insertMerge(tx, { ...row, act: 'merged', actor: actorLabel(ctx.actor) })
  await projectParties(tx, [survivor], now)
  await regroupHouseholds(ctx, tx, [survivor, absorbed])
  const payload = { survivorId: survivor, absorbedId: absorbed, rule }
  await publish(tx, ctx, [{ type: 'customers.parties_merged', version: 1, aggregateId: survivor, payload }])
  return { survivorId: survivor, absorbedId: absorbed }
}
