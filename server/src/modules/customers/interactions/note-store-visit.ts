import { Temporal } from 'temporal-polyfill'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { isFirstVisit } from '../queries/interactions.ts'
import { lockParty } from '../queries/locks.ts'
import { recordInteractions } from './record-interactions.ts'

/**
 * Notes that somebody was in a shop, because their card was shown there: once for each channel and day, in Paris. Of whose data may only
 * be kept, nothing is noted.
 */
export async function noteStoreVisit(
  ctx: Ctx,
  tx: Tx,
  visit: { partyId: string; channelCode: string | null; at?: Date | undefined },
): Promise<void> {
  const { partyId, channelCode, at = ctx.clock.now() } = visit
  const day = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Europe/Paris').startOfDay()
  const from = new Date(day.epochMilliseconds)
  const until = new Date(day.add({ days: 1 }).epochMilliseconds)
  // Two scans of one card at once are one visit.
  await lockParty(tx, partyId)
  if (!(await isFirstVisit(tx, { partyId, channelCode, from, until }))) return
  const shown = {
    partyId,
    kind: 'store_visit',
    at,
    id: ctx.ids.next(),
    channelCode,
    actor: actorLabel(ctx.actor),
  } as const
  await recordInteractions(ctx, tx, [shown])
}
