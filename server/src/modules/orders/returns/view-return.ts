import type { ReturnableOrder, ReturnRequest, ReturnSlip } from '@ecluse/contracts/returns.ts'
import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import { listSites } from '../../channels/public.ts'
import type { ReadModel } from '../../offers/public.ts'
import { selectOrder } from '../queries/orders.ts'
import { requestById, type ReadRequest } from '../queries/returns.ts'
import { channelCodeOf } from '../queries/list.ts'
import { wishesOf, type WishRow } from '../queries/wishes.ts'
import { askerOf, returnableOf } from './ask-return.ts'
import { changeOfMindUntil } from './return-articles.ts'

/** Who has labels made that the shop pays; given by the wiring. */
export type ReturnLabels = {
  /** The label of a return; null when its buyer chooses the carrier and pays (Code de la consommation, L221-23). */
  labelOf(ctx: Ctx, returnId: string): Promise<ReturnSlip['label']>
}

/** A return for a list. */
export function viewRequest(row: ReadRequest): ReturnRequest {
  const money = (minor: bigint) => toMoney(minor, row.currency)
  return {
    id: row.id,
    number: row.number,
    orderId: row.order_id,
    orderNumber: row.order_number,
    customerName: row.customer_name,
    state: row.state,
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    refundDueAt: row.refund_due_at?.toISOString() ?? null,
    receivedAt: row.received_at?.toISOString() ?? null,
    siteId: row.site_id,
    siteName: row.site_name,
    closedAt: row.closed_at?.toISOString() ?? null,
    endReason: row.end_reason,
    refund: row.state === 'closed' ? money(row.refund_minor ?? 0n) : null,
    lines: row.lines.map((line) => ({
      lineId: line.line_id,
      variantId: line.variant_id,
      sku: line.sku,
      name: line.name,
      variantLabel: line.variant_label,
      imageUrl: line.image_url,
      unitPrice: money(BigInt(line.unit_price_minor)),
      quantity: line.quantity,
      reason: line.reason,
      comment: line.comment,
      condition: line.condition,
      disposition: line.disposition,
      deduction: line.deduction_minor === null ? null : money(BigInt(line.deduction_minor)),
      deductionReason: line.deduction_reason,
      note: line.note,
    })),
  }
}

/**
 * A return with where it goes, for staff who take articles back, its buyer, or the holder of the order's token.
 * @throws orders.return_not_found
 */
export async function viewReturn(
  ctx: Ctx,
  db: Queryable,
  labels: ReturnLabels,
  returnId: string,
  token: string | undefined,
): Promise<ReturnSlip> {
  const { row } = await findReturn(ctx, db, returnId, token)
  const label = row.state === 'asked' ? await labels.labelOf(ctx, returnId) : null
  const wishes = await wishesOf(db, row)
  return {
    ...viewRequest(row),
    exchange: viewWishes(wishes, row.currency),
    sendTo: await returnAddress(db),
    label,
    canCancel: row.state === 'asked',
  }
}

/** What is wanted for it; null for most. */
function viewWishes(wishes: readonly WishRow[], currency: string): ReturnSlip['exchange'] {
  const [first] = wishes
  if (!first) return null
  const money = (minor: bigint) => toMoney(minor, currency)
  return {
    state: first.state,
    total: money(wishes.reduce((sum, row) => sum + row.unit_price_minor * BigInt(row.quantity), 0n)),
    lines: wishes.map((row) => ({
      variantId: row.variant_id,
      name: row.name,
      variantLabel: row.variant_label,
      imageUrl: row.image_url,
      quantity: row.quantity,
      unitPrice: money(row.unit_price_minor),
    })),
  }
}

/** @throws orders.return_not_found */
export async function findReturn(
  ctx: Ctx,
  db: Queryable,
  returnId: string,
  token: string | undefined,
): Promise<{ row: ReadRequest; asker: 'customer' | 'staff' }> {
  const row = await requestById(db, returnId)
  const order = row && (await selectOrder(db, row.order_id))
  const asker = order && askerOf(ctx, order, token)
  if (!row || !asker) throw refuse('orders.return_not_found')
  return { row, asker }
}

/** Where parcels come back to: the warehouse, or else a shop. */
async function returnAddress(db: Queryable): Promise<PostalAddress> {
  const sites = (await listSites(db)).filter(({ kind }) => kind !== 'office' && kind !== 'supplier')
  const site = sites.find(({ kind }) => kind === 'warehouse') ?? sites[0]
  if (!site) throw refuse('channels.site_not_found')
  const { name, street, postalCode, locality, country } = site
  return { name, street, postalCode, locality, country }
}

/**
 * What of an order can be sent back.
 * @throws orders.not_found
 */
export async function viewReturnable(
  ctx: Ctx,
  model: ReadModel,
  orderId: string,
  token: string | undefined,
): Promise<ReturnableOrder> {
  const order = await selectOrder(ctx.db, orderId)
  if (!order || !askerOf(ctx, order, token)) throw refuse('orders.not_found')
  const until = await changeOfMindUntil(ctx, ctx.db, order)
  const channelCode = await channelCodeOf(ctx.db, order.channel_id)
  return {
    orderId,
    number: order.number,
    until: until?.toISOString() ?? null,
    late: until !== null && ctx.clock.now() > until,
    canExchange: order.delivery_method === 'delivery' || order.delivery_method === 'pickup',
    channelCode,
    lines: (await returnableOf(ctx.db, order)).map((line) => ({
      lineId: line.id,
      variantId: line.variant_id,
      handle: model.sellable(channelCode, line.variant_id, ctx.clock.now())?.handle ?? null,
      name: line.name,
      variantLabel: line.variant_label,
      imageUrl: line.image_url,
      unitPrice: toMoney(line.unit_price_minor, order.currency),
      returnable: line.returnable,
      exception: line.withdrawal_exception ?? null,
    })),
  }
}
