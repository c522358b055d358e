import type { DomainEvent } from '../../kernel/outbox.ts'
import type { DraftOrder } from './draft-order.ts'
import type { OrderLineRow, OrderRow } from './queries/orders.ts'

/** What others learn of an order that was placed: enough not to ask back. */
export function orderPlaced(
  order: OrderRow,
  lines: readonly OrderLineRow[],
  channelCode: string,
  vatMinor: bigint,
  withAppointment = false,
): DomainEvent {
  return {
    type: 'orders.order_placed',
    version: 1,
    aggregateId: order.id,
    channelCode,
    patient: true,
    payload: {
      orderId: order.id,
      number: order.number,
      channelCode,
      deliveryMethod: order.delivery_method,
      siteId: order.site_id,
      totalMinor: Number(order.total_minor),
      vatMinor: Number(vatMinor),
      currency: order.currency,
      locale: order.locale,
      contact:
        order.contact_name === null
          ? null
          : { name: order.contact_name, email: order.contact_email, phone: order.contact_phone },
      accountId: order.account_id,
      promisedAt: order.promised_at?.toISOString() ?? null,
      ...(withAppointment ? { appointment: true } : {}),
      lines: lines.map((line) => ({
        lineId: line.id,
        variantId: line.variant_id,
        sku: line.sku,
        name: line.name,
        quantity: line.quantity,
        unitPriceMinor: Number(line.unit_price_minor),
        lineTotalMinor: Number(line.line_total_minor),
        vatBasisPoints: line.vat_basis_points,
        placeId: line.place_id,
        ...(line.ahead ? { ahead: line.ahead, shipsOn: line.ships_on } : {}),
        ...(typeof line.group_no === 'number' ? { groupNo: line.group_no } : {}),
        ...(line.download_from ? { downloadFrom: line.download_from.toISOString() } : {}),
      })),
    },
  }
}

/** Stock is kept, the payment is not certain yet. */
export function orderReserved({ order, lines, channelCode }: DraftOrder): DomainEvent {
  return {
    type: 'orders.order_reserved',
    version: 1,
    aggregateId: order.id,
    channelCode,
    payload: {
      orderId: order.id,
      number: order.number,
      totalMinor: Number(order.total_minor),
      currency: order.currency,
      expiresAt: order.expires_at?.toISOString() ?? null,
      lines: lines.map((line) => ({ variantId: line.variant_id, placeId: line.place_id, quantity: line.quantity })),
    },
  }
}

/** An order ended without being delivered: cancelled by somebody, refused by the bank, or out of time. */
export function orderEnded(
  type: 'orders.order_cancelled' | 'orders.order_expired',
  order: OrderRow,
  lines: readonly OrderLineRow[],
  channelCode: string,
  details: { reason: string; vatMinor: bigint; refundState: string | null },
): DomainEvent {
  return {
    type,
    version: 1,
    aggregateId: order.id,
    channelCode,
    payload: {
      orderId: order.id,
      number: order.number,
      reason: details.reason,
      wasConfirmed: order.document_state === 'confirmed',
      totalMinor: Number(order.total_minor),
      vatMinor: Number(details.vatMinor),
      refundState: details.refundState,
      currency: order.currency,
      lines: lines.map((line) => ({ variantId: line.variant_id, placeId: line.place_id, quantity: line.quantity })),
    },
  }
}
