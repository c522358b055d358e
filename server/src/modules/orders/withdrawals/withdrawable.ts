import type { ContractKey, WithdrawableOrder, WithdrawalRefusal } from '@ecluse/contracts/withdrawals.ts'
import { onlyOnceOpened } from '@ecluse/contracts/withdrawal-exceptions.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { eventsOf } from '../../../kernel/outbox.ts'
import { normaliseCode } from '../domain/order-number.ts'
import { receivedAt, returnUntil } from '../domain/return-window.ts'
import { selectOrder, selectOrderLines, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import { closingsOf, orderIdOf } from '../queries/withdrawals.ts'
import { holdsToken } from '../read-order.ts'

/** A line with what of it can be withdrawn from. */
export type WithdrawableLine = {
  readonly line: OrderLineRow
  /** Units that were withdrawn from already and have not come back. */
  readonly awaited: number
  readonly withdrawable: number
  readonly refusal: WithdrawalRefusal | null
}

/**
 * The order a buyer means. Whatever is wrong with what they told gets the same answer, so that nothing is learnt by trying.
 * @throws orders.contract_not_found
 */
export async function findContract(ctx: Ctx, db: Queryable, contract: ContractKey): Promise<OrderRow> {
  if ('number' in contract) {
    const number = normaliseCode(contract.number).replace(/(.{4})(?=.)/g, '$1-')
    const id = await orderIdOf(db, number, contract.email)
    const order = id === undefined ? undefined : await selectOrder(db, id)
    if (!order) throw refuse('orders.contract_not_found')
    return order
  }
  const order = await selectOrder(db, contract.orderId)
  const owner = ctx.actor.kind === 'account' && ctx.actor.accountId === order?.account_id
  if (!order || (!owner && !holdsToken(order, contract.token))) throw refuse('orders.contract_not_found')
  return order
}

/**
 * What can be withdrawn from: every contract made at a distance, until its time is over (Code de la consommation, L221-18);
 * a sale over the counter is none. Nobody has to have received anything yet: the right begins with the contract.
 */
export async function withdrawableOf(
  ctx: Ctx,
  db: Queryable,
  order: OrderRow,
): Promise<{ until: Date | null; lines: readonly WithdrawableLine[] }> {
  const lines = await selectOrderLines(db, [order.id])
  const closings = await closingsOf(db, order.id)
  const { placed_at: placedAt, delivery_method: method, latest_at: latestAt } = order
  const received = receivedAt({ placedAt, method, latestAt }, await eventsOf(db, order.id))
  const until = received && returnUntil(received, ctx.config.returnDays)
  const over = until !== null && ctx.clock.now() > until
  return {
    until,
    lines: lines.map((line) => {
      const awaited = Math.max(0, (closings.get(line.id) ?? 0) - line.returned_quantity)
      const left = line.quantity - line.returned_quantity - awaited
      const refusal = refusalOf(order, line, { awaited, left, over })
      return { line, awaited, withdrawable: refusal === null ? left : 0, refusal }
    }),
  }
}

function refusalOf(
  order: OrderRow,
  line: OrderLineRow,
  { awaited, left, over }: { awaited: number; left: number; over: boolean },
): WithdrawalRefusal | null {
  if (order.document_state !== 'confirmed' || line.exception === 'cancelled') return 'ended'
  if (order.delivery_method === 'carry_out') return 'in_shop'
  // Given before the time was over, with its buyer's consent; or after it.
  if (line.download_from && line.fulfilled_quantity > 0) return 'download_given'
  if (left === 0) return awaited > 0 ? 'already' : 'returned'
  const exception = line.withdrawal_exception
  if (exception && !onlyOnceOpened.has(exception)) return 'excepted'
  // A file that is not given yet can be withdrawn from: its time is that of the contract, whatever goods came with it.
  return over && !line.download_from ? 'window_over' : null
}

/** What a buyer chooses from. */
export async function viewWithdrawable(ctx: Ctx, db: Queryable, order: OrderRow): Promise<WithdrawableOrder> {
  const { until, lines } = await withdrawableOf(ctx, db, order)
  return {
    orderId: order.id,
    number: order.number,
    placedAt: order.placed_at.toISOString(),
    days: ctx.config.returnDays,
    until: until?.toISOString() ?? null,
    lines: lines.map(({ line, withdrawable, refusal }) => ({
      lineId: line.id,
      name: line.name,
      variantLabel: line.variant_label,
      sku: line.sku,
      imageUrl: line.image_url,
      quantity: line.quantity,
      withdrawable,
      exception: line.withdrawal_exception ?? null,
      refusal,
    })),
  }
}
