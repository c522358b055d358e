import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { publish, type DomainEvent } from '../../../kernel/outbox.ts'
import { settlePromises } from '../../promises/public.ts'
import type { HourHold } from '../draft-order.ts'
import { bumpTerms } from '../queries/holds.ts'
import { cartsWithOverdueHours, deleteKeptHours, keptHoursOf, type KeptHour } from '../queries/kept-hours.ts'
import { lockDocument } from '../queries/locks.ts'

/** What is held for an hour, one promise each. */
export function holdsOf({ kind, poolIds, promiseIds }: KeptHour): (HourHold & { readonly id: string })[] {
  return poolIds.map((poolId, index) => {
    const promiseId = promiseIds[index]
    assert(promiseId, 'an hour has a promise for each of its pools')
    return { kind, poolId, promiseId, id: promiseId }
  })
}

/** Tells that an hour is free again; a delivery that was written down for it leaves its day. */
export function hourReleased(
  documentId: string,
  channelCode: string,
  holds: readonly Pick<HourHold, 'kind' | 'promiseId'>[],
): DomainEvent {
  const stopIds = holds.flatMap(({ kind, promiseId }) => (kind === 'window' ? [promiseId] : []))
  const payload = { documentId, kinds: [...new Set(holds.map(({ kind }) => kind))], stopIds }
  return { type: 'orders.hour_released', version: 1, aggregateId: documentId, channelCode, payload }
}

/**
 * Gives back hours that a document kept, for whoever has its lock.
 * @returns whether there were any
 */
export async function freeHours(
  ctx: Ctx,
  tx: Tx,
  document: { readonly id: string; readonly channelCode: string },
  hours: readonly KeptHour[],
  settlement: 'release' | 'expire',
): Promise<boolean> {
  if (hours.length === 0) return false
  const holds = hours.flatMap(holdsOf)
  const freed = await settlePromises(ctx, tx, settlement, holds)
  assert(freed.length === holds.length, 'what a document says it holds is held')
  await deleteKeptHours(
    tx,
    [document.id],
    hours.map(({ kind }) => kind),
  )
  await bumpTerms(tx, document.id)
  await publish(tx, ctx, [hourReleased(document.id, document.channelCode, holds)])
  return true
}

/** Frees hours that were kept for their time. @returns how many documents lost theirs */
export async function expireHours(ctx: Ctx): Promise<number> {
  let expired = 0
  for (const cartId of await cartsWithOverdueHours(ctx.db, ctx.clock.now(), 200)) {
    await inTransaction(ctx.db, async (tx) => {
      const document = await lockDocument(tx, cartId)
      if (!document) return
      const now = ctx.clock.now()
      const over = (await keptHoursOf(tx, cartId)).filter(({ heldUntil }) => heldUntil <= now)
      if (await freeHours(ctx, tx, document, over, 'expire')) expired += 1
    })
  }
  ctx.wakeRelay()
  return expired
}
