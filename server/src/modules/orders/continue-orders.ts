import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { publish, type DomainEvent } from '../../kernel/outbox.ts'
import { lockHeld, settlePromises, transferPromises } from '../promises/public.ts'
import type { Continued, DraftOrder, HourHold } from './draft-order.ts'
import { hourReleased } from './hours/free-hours.ts'
import { forgetHolds } from './queries/carts.ts'
import { deleteKeptHours } from './queries/kept-hours.ts'

type WithDraft = { readonly draft: DraftOrder }

/** Whether a promise of an order is a hold of its cart or of an hour, taken over. */
export function takenOver({ used, hours }: Continued, promiseId: string): boolean {
  return [...used, ...hours.used].some((hold) => hold.promiseId === promiseId)
}

/**
 * What orders that continue another document ask beside their rows: the goods put aside become theirs without a gap, those in
 * the wrong place are freed, and both histories tell of the passage. Nothing for ordinary purchases.
 * @returns whether everything put aside was still there; if not, the transaction must be rolled back
 */
export async function continueDocuments(ctx: Ctx, tx: Tx, purchases: readonly WithDraft[]): Promise<boolean> {
  const drafts = purchases.flatMap(({ draft }) => (draft.continued ? [{ draft, continued: draft.continued }] : []))
  if (drafts.length === 0) return true
  const used = drafts.flatMap(({ draft: { order }, continued }) =>
    [...continued.used, ...continued.hours.used.map(ofOne)].map((hold) => ({
      poolId: hold.poolId,
      id: hold.promiseId,
      quantity: hold.quantity,
      to: order.id,
      as: order.document_state === 'awaiting_payment' ? ('held' as const) : ('committed' as const),
      expiresAt: order.document_state === 'awaiting_payment' ? order.expires_at : null,
    })),
  )
  const released = drafts.flatMap(({ continued }) =>
    [...continued.released, ...continued.hours.released].map((hold) => ({ poolId: hold.poolId, id: hold.promiseId })),
  )
  const moved = await transferPromises(tx, used)
  const freed = await settlePromises(ctx, tx, 'release', released)
  const holding = drafts.filter(({ continued }) => continued.used.length + continued.released.length > 0)
  if (holding.length > 0)
    await forgetHolds(
      tx,
      holding.map(({ continued }) => continued.cartId),
    )
  const withHours = drafts.filter(({ continued: { hours } }) => hours.used.length + hours.released.length > 0)
  if (withHours.length > 0)
    await deleteKeptHours(
      tx,
      withHours.map(({ continued }) => continued.cartId),
    )
  await publish(
    tx,
    ctx,
    drafts.flatMap(({ draft, continued }) => eventsOf(draft, continued)),
  )
  return moved.size === used.length && freed.length === released.length
}

/** Which purchases no longer have what their cart had put aside; the holds of the others are locked. */
export async function withoutTheirHolds<P extends WithDraft>(tx: Tx, purchases: readonly P[]): Promise<P[]> {
  const holds = purchases.flatMap(({ draft: { continued } }) => (continued ? holdsOf(continued) : []))
  if (holds.length === 0) return []
  const held = await lockHeld(
    tx,
    holds.map((hold) => ({ poolId: hold.poolId, id: hold.promiseId })),
  )
  return purchases.filter(
    ({ draft: { continued } }) => continued && holdsOf(continued).some((hold) => !held.has(hold.promiseId)),
  )
}

const ofOne = (hold: HourHold) => ({ ...hold, quantity: 1n })

function holdsOf({ used, released, hours }: Continued): { poolId: string; promiseId: string }[] {
  return [...used, ...released, ...hours.used, ...hours.released]
}

/** The order tells where it comes from; the quote, what became of it. */
function eventsOf({ order, lines, channelCode }: DraftOrder, continued: Continued): DomainEvent[] {
  const payload = {
    orderId: order.id,
    number: order.number,
    documentId: continued.cartId,
    quoteNumber: continued.quote?.number ?? null,
    revision: continued.quote?.revision ?? null,
    fromChannel: continued.originChannelCode,
    toChannel: channelCode,
  }
  const about = { version: 1, channelCode, actor: order.actor, payload }
  const events: DomainEvent[] = [{ ...about, type: 'orders.document_continued', aggregateId: order.id }]
  if (continued.quote) events.push({ ...about, type: 'orders.quote_ordered', aggregateId: continued.cartId })
  // What was freed elsewhere can be promised again: those who keep availability in mind read it anew.
  if (continued.released.length > 0)
    events.push({
      type: 'orders.hold_released',
      version: 1,
      aggregateId: continued.cartId,
      channelCode,
      payload: { lines: lines.map((line) => ({ variantId: line.variant_id })) },
    })
  if (continued.hours.released.length > 0)
    events.push(hourReleased(continued.cartId, channelCode, continued.hours.released))
  return events
}
