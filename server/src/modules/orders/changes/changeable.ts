import type { ChangeableOrder, ChangeRefusal } from '@ecluse/contracts/order-changes.ts'
import { may, requireSite, type Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import { paymentsOf } from '../../payments/public.ts'
import { selectOrder, selectOrderLines, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import { promiseKindsOf, revisionsOf } from '../queries/revisions.ts'
import { holdsToken } from '../read-order.ts'
import type { ChangeDesk } from './change-desk.ts'

/** What of an order can be changed, and why the rest cannot. */
export type Changeable = {
  readonly lines: readonly OrderLineRow[]
  readonly address: ChangeRefusal | null
  lineRefusal(line: OrderLineRow): ChangeRefusal | null
}

/**
 * Who changes an order: its customer, or staff who may.
 * @throws orders.not_found, access.wrong_site
 */
export function changerOf(ctx: Ctx, order: OrderRow | undefined, token: string | undefined): 'customer' | 'staff' {
  const { actor } = ctx
  if (order && actor.kind === 'account' && actor.accountId === order.account_id) return 'customer'
  if (order && holdsToken(order, token)) return 'customer'
  if (!order || !may(actor, 'orders:write')) throw refuse('orders.not_found')
  if (order.site_id) requireSite(actor, order.site_id)
  return 'staff'
}

/** Until its preparation has begun, an order is its buyer's to change; afterwards it says why not. */
export async function changeableOf(db: Queryable, desk: ChangeDesk, order: OrderRow): Promise<Changeable> {
  const lines = await selectOrderLines(db, [order.id])
  const started = await desk.started(db, order.id)
  const kinds = await promiseKindsOf(db, order.id)
  const underway = (await paymentsOf(db, [order.id])).some(({ state }) => state === 'authorised')
  const ended = order.document_state !== 'confirmed'
  const mixed = lines.some((line) => line.group_no !== null && line.group_no !== undefined)
  const left = lines.some((line) => line.fulfilled_quantity > 0)
  const of = (...reasons: (ChangeRefusal | false | null)[]): ChangeRefusal | null =>
    reasons.find((reason) => reason !== false && reason !== null) || null
  const whole: ChangeRefusal | null = ended ? 'ended' : order.delivery_method === 'carry_out' ? 'in_shop' : null
  return {
    lines,
    address: of(
      whole,
      order.delivery_method !== 'delivery' && 'in_shop',
      left && 'left',
      started.size > 0 && 'started',
      kinds.has('window') && 'window',
      mixed && 'mixed',
    ),
    lineRefusal: (line) =>
      of(
        whole,
        line.exception !== null && 'ended',
        line.fulfilled_quantity > 0 && 'left',
        started.has(line.id) && 'started',
        (kinds.has('credit') || kinds.has('spending')) && 'company',
        underway && 'payment',
      ),
  }
}

/**
 * What can be changed, for whoever may change it.
 * @throws orders.not_found, access.wrong_site
 */
export async function viewChangeable(
  ctx: Ctx,
  desk: ChangeDesk,
  orderId: string,
  token: string | undefined,
): Promise<ChangeableOrder> {
  const found = await selectOrder(ctx.db, orderId)
  const changer = changerOf(ctx, found, token)
  const order = found as OrderRow
  const { lines, address, lineRefusal } = await changeableOf(ctx.db, desk, order)
  const revisions = await revisionsOf(ctx.db, orderId)
  return {
    orderId,
    number: order.number,
    revision: revisions[0]?.revision ?? 1,
    address: order.address,
    addressRefusal: address,
    lines: lines.map((line) => ({
      lineId: line.id,
      name: line.name,
      variantLabel: line.variant_label,
      imageUrl: line.image_url,
      unitPrice: toMoney(line.unit_price_minor, order.currency),
      quantity: line.quantity,
      refusal: lineRefusal(line),
    })),
    revisions: revisions.map((row) => ({
      revision: row.revision,
      changedAt: row.changed_at.toISOString(),
      changedBy: row.changed_by,
      // Who of the staff it was concerns nobody outside.
      actor: changer === 'staff' ? row.actor : null,
      changes: row.changes,
      refund: toMoney(row.refund_minor, order.currency),
    })),
  }
}
