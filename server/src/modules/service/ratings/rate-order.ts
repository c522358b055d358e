import type { OrderRating } from '@ecluse/contracts/ratings.ts'
import { may, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { holdsToken, lockOrder, readOrder, selectOrder, type OrderRow } from '../../orders/public.ts'
import { hasReceived, selectRating, upsertRating, type RatingRow } from '../queries/ratings.ts'

/** So long after it was placed an order is remembered well enough to be judged. */
const rateableDays = 180
const dayMs = 86_400_000

/**
 * What was said of an order, for who may see the order; only whoever ordered may say it.
 * @throws orders.not_found
 */
export async function readRating(
  ctx: Ctx,
  orderId: string,
  token: string | undefined,
): Promise<{ mayRate: boolean; rating: OrderRating | null }> {
  const order = await selectOrder(ctx.db, orderId)
  const theirs = order !== undefined && isTheirs(ctx, order, token)
  // Staff see it where they see the order.
  if (!theirs) await readOrder(ctx, ctx.db, orderId, token)
  const rating = await selectRating(ctx.db, orderId)
  return {
    mayRate: theirs && (await isRateable(ctx, ctx.db, order)),
    rating: rating ? viewRating(rating) : null,
  }
}

/**
 * Keeps how satisfied whoever ordered is with an order of which they have something. The order's row is locked, so that of two answers
 * at once the later one stands. Staff says nothing in a customer's name.
 * @throws orders.not_found, service.not_rateable
 */
export async function rateOrder(
  ctx: Ctx,
  tx: Tx,
  orderId: string,
  said: { token?: string | undefined; score: number; comment: string },
): Promise<OrderRating> {
  const order = await lockOrder(tx, orderId)
  if (!order || !isTheirs(ctx, order, said.token)) throw refuse('orders.not_found')
  if (!(await isRateable(ctx, tx, order))) throw refuse('service.not_rateable')
  const rating = await upsertRating(tx, orderId, { ...said, at: ctx.clock.now() })
  // No words of anybody leave with it.
  await publish(tx, ctx, [
    {
      aggregateId: orderId,
      type: 'service.order_rated',
      version: 1,
      payload: { orderId, number: order.number, score: rating.score },
    },
  ])
  return viewRating(rating)
}

function isTheirs({ actor }: Ctx, order: OrderRow, token: string | undefined): boolean {
  const owner = actor.kind === 'account' && actor.accountId === order.account_id
  return owner || (!may(actor, 'orders:read') && holdsToken(order, token))
}

async function isRateable({ clock }: Ctx, db: Queryable, order: OrderRow): Promise<boolean> {
  const recent = clock.now().getTime() - order.placed_at.getTime() <= rateableDays * dayMs
  return recent && order.document_state === 'confirmed' && (await hasReceived(db, order.id))
}

function viewRating({ score, comment, rated_at: ratedAt, changed_at: changedAt }: RatingRow): OrderRating {
  return { score, comment, ratedAt: ratedAt.toISOString(), changedAt: changedAt.toISOString() }
}
