import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { RefusalReason } from '@ecluse/contracts/sourcing.ts'
import { actorLabel, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { text } from '../../kernel/messages.ts'
import { publish } from '../../kernel/outbox.ts'
import { lockPools, readPools, setSafety } from '../promises/public.ts'
import { poolIdOf } from './domain/pool-id.ts'
import { endOfDay } from './domain/sourcing-terms.ts'
import { effectOfRefusal } from './domain/sourcing/refusals.ts'
import { selectSourcedPlaces, upsertClosure } from './queries/sourcing.ts'
import { recordMovements } from './record-movements.ts'

/**
 * Puts right what a refusal says is wrong: the count, a loss, what is on display, or the place's day. The promise of the
 * refused units has been given up in this transaction, so that what can be promised at the place stays as it was.
 * @param units those that are missing, damaged or on display
 */
export async function applyRefusal(
  ctx: Ctx,
  tx: Tx,
  refusal: {
    readonly variantId: string
    readonly placeId: string
    readonly reason: RefusalReason
    readonly units: number
    readonly orderId: string
    readonly orderNumber: string
    /** Which lots, of a followed article. */
    readonly lots?: readonly LotUnits[] | undefined
  },
): Promise<void> {
  const { variantId, placeId, reason } = refusal
  const effect = effectOfRefusal(reason, refusal.units)
  const poolId = poolIdOf(variantId, placeId)
  if (effect.onHand) {
    // A count may have been put right already: no more leaves than is recorded there.
    const onHand = (await lockPools(tx, [poolId])).get(poolId) ?? 0n
    const wanted = BigInt(effect.onHand.units)
    const quantity = -wanted > onHand ? -onHand : wanted
    if (quantity !== 0n)
      await recordMovements(ctx, tx, [
        {
          kind: effect.onHand.kind,
          variantId,
          placeId,
          quantity,
          reasonCode: effect.onHand.kind === 'count' ? 'lost' : 'damaged',
          reason: text(ctx.locale, `stock.refused.${effect.onHand.kind}`),
          reference: refusal.orderNumber,
          orderId: refusal.orderId,
          // No more is named than leaves: a count may have been put right already.
          lots: quantity === wanted ? refusal.lots : undefined,
        },
      ])
  }
  if (effect.safetyUnits > 0) {
    await lockPools(tx, [poolId])
    const [pool] = await readPools(tx, [poolId])
    await setSafety(tx, [{ poolId, safety: (pool?.safety ?? 0n) + BigInt(effect.safetyUnits) }])
  }
  if (effect.closesToday && (reason === 'too_busy' || reason === 'closed')) await closeToday(ctx, tx, placeId, reason)
}

async function closeToday(ctx: Ctx, tx: Tx, placeId: string, reason: 'too_busy' | 'closed'): Promise<void> {
  const now = ctx.clock.now()
  const place = (await selectSourcedPlaces(tx, now)).find(({ id }) => id === placeId)
  const until = endOfDay(place?.timeZone ?? 'Europe/Paris', now.getTime())
  await upsertClosure(tx, { placeId, until, reason, actor: actorLabel(ctx.actor) })
  await publish(tx, ctx, [
    {
      type: 'inventory.place_closed',
      version: 1,
      aggregateId: placeId,
      payload: { placeId, reason, until: until.toISOString() },
    },
  ])
}
