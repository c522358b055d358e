import { timingSafeEqual } from 'node:crypto'
import type { Order, OrderSummary } from '@ecluse/contracts/orders.ts'
import { may, sitesOf, type Actor, type Ctx } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { toMoney, vatIncludedIn } from '../../kernel/money.ts'
import { eventsOf, type StoredEvent } from '../../kernel/outbox.ts'
import { receivedAt, returnUntil } from './domain/return-window.ts'
import { fulfillmentStateOf, lostUnits, paymentStateOf } from './domain/states.ts'
import {
  selectAftermath,
  selectOrderHead,
  selectPlacedLines,
  type Aftermath,
  type GivenBackRow,
  type OrderHeadRow,
  type PaidRow,
  type PlacedLineRow,
  type WaitingChangeRow,
} from './queries/document.ts'
import { viewGroup } from './groups/view-group.ts'
import type { ListedOrder } from './queries/list.ts'
import { selectOrderGroups } from './queries/order-groups.ts'

/**
 * One order for whoever may see it: staff with `orders:read` in its shops, the customer it belongs to, or the holder of
 * its access token. To anyone else it does not exist.
 * @throws orders.not_found
 */
export async function readOrder(
  { actor, config }: Pick<Ctx, 'actor' | 'config'>,
  db: Queryable,
  orderId: string,
  token: string | undefined,
): Promise<Order> {
  const order = await selectOrderHead(db, orderId)
  if (!order) throw refuse('orders.not_found')
  const lines = await selectPlacedLines(db, orderId)
  const owner = actor.kind === 'account' && actor.accountId === order.account_id
  if (!owner && !holdsToken(order, token) && !staffMaySee(actor, order, lines)) throw refuse('orders.not_found')
  return documentOf(db, order, lines, config.returnDays)
}

/** The order as documents and e-mails show it, for the system itself. */
export async function orderForDocument(
  { config }: Pick<Ctx, 'config'>,
  db: Queryable,
  orderId: string,
): Promise<Order> {
  const order = await selectOrderHead(db, orderId)
  if (!order) throw refuse('orders.not_found')
  return documentOf(db, order, await selectPlacedLines(db, orderId), config.returnDays)
}

/** Compares an access token in constant time. */
export function holdsToken(order: { access_token: string }, token: string | undefined): boolean {
  const given = Buffer.from(token ?? '')
  const right = Buffer.from(order.access_token)
  return given.length === right.length && timingSafeEqual(given, right)
}

function staffMaySee(actor: Actor, order: OrderHeadRow, lines: readonly PlacedLineRow[]): boolean {
  if (!may(actor, 'orders:read')) return false
  const siteIds = sitesOf(actor)
  if (siteIds === null || (order.site_id !== null && siteIds.includes(order.site_id))) return true
  // What was bought elsewhere can be handed back here: whoever takes returns sees the order.
  if (may(actor, 'returns:write') && lines.some((line) => line.fulfilled_quantity > 0)) return true
  return lines.some((line) => siteIds.includes(line.place_site_id))
}

async function documentOf(
  db: Queryable,
  order: OrderHeadRow,
  lines: readonly PlacedLineRow[],
  returnDays: number,
): Promise<Order> {
  // One after the other: inside a transaction there is one connection.
  const { payments, refunds, returns, openReturns, waitingChange, mediums } = await selectAftermath(db, order.id)
  const events = await eventsOf(db, order.id)
  // An order that goes one way has none: nothing is asked.
  const mixed = lines.some((line) => typeof line.group_no === 'number')
  const groups = mixed ? await selectOrderGroups(db, [order.id]) : []
  const money = (minor: bigint) => toMoney(minor, order.currency)
  const sums = sumsOf(order, payments, refunds)
  const received = receivedAt(receptionOf(order), events)
  return {
    id: order.id,
    number: order.number,
    channelCode: order.channel_code,
    documentState: order.document_state,
    paymentState: paymentStateOf(sums),
    fulfillmentState: fulfillmentStateOf({
      documentState: order.document_state,
      preparedAt: order.prepared_at,
      lines: lines.map((line) => ({
        quantity: line.exception === 'cancelled' ? line.fulfilled_quantity : line.quantity,
        fulfilledQuantity: line.fulfilled_quantity,
        returnedQuantity: line.returned_quantity,
      })),
      lostQuantity: lostUnits(events),
    }),
    placedAt: order.placed_at.toISOString(),
    locale: order.locale,
    contact: contactOf(order),
    partyId: order.party_id,
    company: order.company,
    delivery: deliveryOf(order, money),
    substitutions: order.substitutions ?? null,
    gift: order.gift,
    appointment: appointmentOf(order.appointment),
    groups: groups.map((group) => viewGroup(group, lines, money)),
    lines: lines.map((line) => lineOf(line, money)),
    subtotal: money(order.subtotal_minor),
    credited: money(order.credited_minor ?? 0n),
    total: money(order.total_minor),
    vatByRate: vatByRate(order, lines, money),
    paid: money(sums.capturedMinor),
    refunded: money(sums.refundedMinor),
    payments: payments.map((payment) => paymentOf(payment, refunds, money)),
    returnDays,
    returnUntil: received && returnUntil(received, returnDays).toISOString(),
    timeline: events.map((event) => timelineEntry(event, mediums)),
    returns: returnsOf(returns, refunds, money),
    openReturns,
    waitingChange: waitingChange && waitingOf(waitingChange, money),
  }
}

/** What came back, and how its refund stands. */
function returnsOf(returns: Aftermath['returns'], refunds: readonly GivenBackRow[], money: MoneyOf): Order['returns'] {
  return returns.map((row) => ({
    id: row.id,
    number: row.number,
    siteName: row.site_name,
    createdAt: row.created_at.toISOString(),
    refund: money(row.refund_minor),
    carriage: money(row.carriage_minor ?? 0n),
    refundState: refunds.some((refund) => refund.return_id === row.id && refund.state !== 'refunded')
      ? 'pending'
      : 'refunded',
    lines: row.lines.map(({ deductionMinor, ...line }) => ({
      ...line,
      deduction: deductionMinor === null ? null : money(BigInt(deductionMinor)),
    })),
  }))
}

function appointmentOf(found: OrderHeadRow['appointment']): Order['appointment'] {
  return (
    found && {
      ...found,
      startsAt: new Date(found.startsAt).toISOString(),
      endsAt: new Date(found.endsAt).toISOString(),
    }
  )
}

/** Who bought it; null for a sale at a till to whoever came. */
function contactOf({ contact_name: name, contact_email: email, contact_phone: phone }: OrderHeadRow): Order['contact'] {
  return name === null ? null : { name, email, phone }
}

/** Where and when it goes, and what that costs. */
function deliveryOf(order: OrderHeadRow, money: MoneyOf): Order['delivery'] {
  return {
    method: order.delivery_method,
    siteId: order.site_id,
    siteName: order.site_name,
    address: order.address,
    promisedAt: order.promised_at?.toISOString() ?? null,
    latestAt: order.latest_at?.toISOString() ?? null,
    inWindow: order.in_window,
    pickupCode: order.pickup_code,
    fee: money(order.delivery_fee_minor),
    surcharge: money(order.surcharge_minor ?? 0n),
    feeBack: money(order.carriage_back_minor ?? 0n),
    feeVatRateBasisPoints: order.delivery_vat_basis_points,
    favour: order.delivery_favour?.sparedMinor
      ? {
          source: order.delivery_favour.source,
          name: order.delivery_favour.name,
          spared: money(BigInt(order.delivery_favour.sparedMinor)),
        }
      : null,
  }
}

const receptionOf = (order: OrderHeadRow) => ({
  placedAt: order.placed_at,
  method: order.delivery_method,
  latestAt: order.latest_at,
})

function sumsOf(order: OrderHeadRow, payments: readonly PaidRow[], refunds: readonly GivenBackRow[]) {
  const sum = (state: string): bigint =>
    payments.filter((payment) => payment.state === state).reduce((total, payment) => total + payment.amount_minor, 0n)
  return {
    totalMinor: order.total_minor,
    authorisedMinor: sum('authorised'),
    capturedMinor: sum('captured'),
    refundedMinor: refunds
      .filter((refund) => refund.state === 'refunded')
      .reduce((total, refund) => total + refund.amount_minor, 0n),
    dueMinor: sum('due'),
    transferredMinor: payments
      .filter(({ state, method }) => state === 'captured' && method === 'bank_transfer')
      .reduce((total, payment) => total + payment.amount_minor, 0n),
    creditedMinor: refunds
      .filter((refund) => refund.state === 'credited')
      .reduce((total, refund) => total + refund.amount_minor, 0n),
    voided: payments.some((payment) => payment.state === 'voided'),
  }
}

function waitingOf({ id, askedBy, dueMinor, expiresAt }: WaitingChangeRow, money: MoneyOf): Order['waitingChange'] {
  return { id, askedBy, due: money(BigInt(dueMinor)), expiresAt: new Date(expiresAt).toISOString() }
}

type MoneyOf = (minor: bigint) => ReturnType<typeof toMoney>

function lineOf(line: PlacedLineRow, money: MoneyOf): Order['lines'][number] {
  return {
    id: line.id,
    position: line.position,
    variantId: line.variant_id,
    sku: line.sku,
    name: line.name,
    variantLabel: line.variant_label,
    imageUrl: line.image_url,
    quantity: line.quantity,
    fulfilledQuantity: line.fulfilled_quantity,
    returnedQuantity: line.returned_quantity,
    exchangedQuantity: line.exchanged_quantity ?? 0,
    givenFor: line.given_for ?? null,
    substituteFor: line.substitute_for ?? null,
    unitPrice: money(line.unit_price_minor),
    lineTotal: money(line.line_total_minor),
    vatRateBasisPoints: line.vat_basis_points,
    vatAmount: money(line.vat_minor),
    credited: money(line.credited_minor ?? 0n),
    placeId: line.place_id,
    placeName: line.place_name,
    groupNo: line.group_no ?? null,
    withdrawalException: line.withdrawal_exception ?? null,
    downloadFrom: line.download_from?.toISOString() ?? null,
    ahead: line.ahead
      ? { kind: line.ahead, shipsOn: line.ships_on ?? null, allocatedAt: line.allocated_at?.toISOString() ?? null }
      : null,
    exception: line.exception,
  }
}

function vatByRate(order: OrderHeadRow, lines: readonly PlacedLineRow[], money: MoneyOf): Order['vatByRate'] {
  const rates = new Map<number, { gross: bigint; vat: bigint }>()
  const add = (rate: number, gross: bigint, vat: bigint): void => {
    const sum = rates.get(rate) ?? { gross: 0n, vat: 0n }
    rates.set(rate, { gross: sum.gross + gross, vat: sum.vat + vat })
  }
  for (const line of lines) {
    // What was exchanged is not owed any more.
    const creditedMinor = line.credited_minor ?? 0n
    const creditedVatMinor = vatIncludedIn(creditedMinor, line.vat_basis_points)
    add(line.vat_basis_points, line.line_total_minor - creditedMinor, line.vat_minor - creditedVatMinor)
  }
  if (order.delivery_fee_minor > 0n)
    add(
      order.delivery_vat_basis_points,
      order.delivery_fee_minor,
      vatIncludedIn(order.delivery_fee_minor, order.delivery_vat_basis_points),
    )
  return [...rates]
    .sort(([a], [b]) => b - a)
    .map(([rateBasisPoints, { gross, vat }]) => ({ rateBasisPoints, base: money(gross - vat), vat: money(vat) }))
}

function paymentOf(payment: PaidRow, refunds: readonly GivenBackRow[], money: MoneyOf): Order['payments'][number] {
  const refunded = refunds.filter((refund) => refund.payment_id === payment.id && refund.state === 'refunded')
  return {
    id: payment.id,
    method: payment.method,
    provider: payment.provider,
    state: payment.state,
    amount: money(payment.amount_minor),
    refunded: money(refunded.reduce((sum, refund) => sum + refund.amount_minor, 0n)),
    createdAt: payment.created_at.toISOString(),
  }
}

/** What of an event's payload a timeline shows: plain values only, never a contact. */
export function timelineEntry(event: StoredEvent, mediums: Aftermath['mediums']): Order['timeline'][number] {
  const details = Object.fromEntries(
    Object.entries(event.payload).filter(
      ([, value]) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
    ),
  ) as Order['timeline'][number]['details']
  return {
    id: event.id,
    at: event.occurredAt.toISOString(),
    type: event.type,
    channelCode: event.channelCode,
    medium: mediums[event.channelCode ?? ''] ?? null,
    actor: event.actor,
    details,
  }
}

/** One row of a list of orders. */
export function summaryOf(row: ListedOrder): OrderSummary {
  return {
    id: row.id,
    number: row.number,
    placedAt: row.placed_at.toISOString(),
    channelCode: row.channel_code,
    customerName: row.contact_name,
    documentState: row.document_state,
    paymentState: paymentStateOf({
      totalMinor: row.total_minor,
      authorisedMinor: row.authorised_minor,
      capturedMinor: row.captured_minor,
      refundedMinor: row.refunded_minor,
      dueMinor: row.due_minor,
      transferredMinor: BigInt(row.paid_by.find(({ method }) => method === 'bank_transfer')?.amount_minor ?? 0),
      creditedMinor: row.credited_minor,
      voided: row.voided,
    }),
    fulfillmentState: fulfillmentStateOf({
      documentState: row.document_state,
      preparedAt: row.prepared_at,
      lines: [{ quantity: row.asked, fulfilledQuantity: row.fulfilled, returnedQuantity: row.returned }],
      lostQuantity: row.lost,
    }),
    deliveryMethod: row.delivery_method,
    siteName: row.site_name,
    itemCount: row.item_count,
    total: toMoney(row.total_minor, row.currency),
    paidBy: row.paid_by.map(({ method, amount_minor }) => ({
      method,
      amount: toMoney(BigInt(amount_minor), row.currency),
    })),
  }
}
