import type { ChangeableOrder, ChangeRefusal } from '@ecluse/contracts/order-changes.ts'
import { may, requireSite, type Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import type { ReadModel } from '../../offers/public.ts'
import { paymentsOf } from '../../payments/public.ts'
import { channelCodeOf } from '../queries/list.ts'
import { waitingChangeOf } from '../queries/order-changes.ts'
import { selectOrder, selectOrderLines, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import { promiseKindsOf, revisionsOf } from '../queries/revisions.ts'
import { holdsToken } from '../read-order.ts'
import type { ChangeDesk } from './change-desk.ts'
import { viewDelivery } from './view-delivery.ts'
import { viewWaiting } from './view-waiting.ts'

/** What of an order can be changed, and why the rest cannot. */
export type Changeable = {
  readonly lines: readonly OrderLineRow[]
  readonly address: ChangeRefusal | null
  /** Whether it can go another way, or at another time. */
  readonly delivery: ChangeRefusal | null
  /** Whether articles can be added. */
  readonly add: ChangeRefusal | null
  /** What it was promised beside its goods. */
  readonly kinds: ReadonlySet<string>
  lineRefusal(line: OrderLineRow): ChangeRefusal | null
}

/** Says that a change is not possible, and why. */
export const notChangeable = (reason: ChangeRefusal) => refuse('orders.not_changeable', { reason })

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
  const whole: ChangeRefusal | null = ended
    ? 'ended'
    : ['delivery', 'pickup'].includes(order.delivery_method)
      ? null
      : 'in_shop'
  const company = (kinds.has('credit') || kinds.has('spending')) && 'company'
  const bound = [...kinds].some((kind) => !['window', 'credit', 'spending'].includes(kind)) && 'drive'
  const awaited = lines.some(
    (line) => (line.exception !== null && line.exception !== 'cancelled') || (line.ahead && !line.allocated_at),
  )
  const add = of(whole, left && 'left', started.size > 0 && 'started', mixed && 'mixed', company, underway && 'payment')
  return {
    lines,
    kinds,
    add,
    delivery: add ?? of(bound, awaited && 'waiting'),
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
        company,
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
  { desk, model }: { desk: ChangeDesk; model: ReadModel },
  orderId: string,
  token: string | undefined,
): Promise<ChangeableOrder> {
  const found = await selectOrder(ctx.db, orderId)
  const changer = changerOf(ctx, found, token)
  const order = found as OrderRow
  const { lines, address, delivery, add, kinds, lineRefusal } = await changeableOf(ctx.db, desk, order)
  const channel = model.channel(await channelCodeOf(ctx.db, order.channel_id))
  const waiting = await waitingChangeOf(ctx.db, orderId)
  const revisions = await revisionsOf(ctx.db, orderId)
  return {
    orderId,
    number: order.number,
    revision: revisions[0]?.revision ?? 1,
    address: order.address,
    addressRefusal: address,
    delivery: {
      ...viewDelivery(model, order, kinds),
      siteId: order.site_id,
      fee: toMoney(order.delivery_fee_minor, order.currency),
    },
    deliveryRefusal: delivery,
    ways: {
      delivery: channel?.deliveryTerms.has('delivery') ?? false,
      pickups: [...(channel?.deliveryTerms.has('pickup') ? channel.pickupSiteIds : [])].map((siteId) => ({
        siteId,
        siteName: model.site(siteId)?.name ?? '',
      })),
    },
    addRefusal: add,
    total: toMoney(order.total_minor, order.currency),
    waiting: waiting ? await viewWaiting(ctx.db, waiting, order.currency) : null,
    lines: lines.map((line) => ({
      lineId: line.id,
      variantId: line.variant_id,
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
      charge: toMoney(row.charge_minor, order.currency),
    })),
  }
}
