import type { ChannelMedium } from '@ecluse/contracts/channels.ts'
import type { Order } from '@ecluse/contracts/orders.ts'
import sql from 'sql-template-tag'
import { maybeOne, one, query, type Queryable } from '../../../kernel/db.ts'
import type { PaymentRow, RefundRow } from '../../payments/public.ts'
import type { OrderLineRow, OrderRow } from './orders.ts'

/** An order with the names its document shows. */
export type OrderHeadRow = OrderRow & {
  channel_code: string
  site_name: string | null
  in_window: boolean
  company: Order['company']
  gift: Order['gift']
  appointment: Order['appointment']
}

export async function selectOrderHead(db: Queryable, orderId: string): Promise<OrderHeadRow | undefined> {
  return maybeOne(
    db,
    sql`select o.*, c.code as channel_code, s.name as site_name,
               exists (select from orders.order_promise p where p.order_id = o.id and p.kind = 'window') as in_window,
               (select json_build_object('id', co.company_id, 'name', cc.name, 'siteName', cs.name,
                  'instructions', coalesce(cs.instructions, ''), 'buyerName', co.buyer_name,
                  'purchaseReference', co.purchase_reference, 'buyerReference', co.buyer_reference,
                  'costCentre', co.cost_centre, 'dueOn', co.due_on)
                from orders.company_order co join customers.company cc on cc.id = co.company_id
                left join customers.company_site cs on cs.id = co.site_id where co.order_id = o.id) as company,
               (select json_build_object('message', g.message) from orders.order_gift g where g.order_id = o.id) as gift,
               (select json_build_object('id', a.appointment_id, 'service', a.service, 'name', a.name, 'siteId', a.site_id,
                  'siteName', ap.name, 'timeZone', ap.time_zone, 'startsAt', a.starts_at, 'endsAt', a.ends_at)
                from orders.order_appointment a join channels.site ap on ap.id = a.site_id
                where a.order_id = o.id and a.ended_at is null and o.document_state in ('awaiting_payment', 'confirmed')) as appointment
        from orders.sales_order o
        join channels.channel c on c.id = o.channel_id
        left join channels.site s on s.id = o.site_id
        where o.id = ${orderId}`,
  )
}

/** A line with the place that serves it. */
export type PlacedLineRow = OrderLineRow & { place_name: string; place_site_id: string }

export async function selectPlacedLines(db: Queryable, orderId: string): Promise<PlacedLineRow[]> {
  return query(
    db,
    sql`select l.*, p.name as place_name, p.site_id as place_site_id
        from orders.order_line l join inventory.place p on p.id = l.place_id
        where l.order_id = ${orderId} order by l.position`,
  )
}

export type PaidRow = Pick<PaymentRow, 'id' | 'method' | 'provider' | 'state' | 'amount_minor' | 'created_at'>
export type GivenBackRow = Pick<RefundRow, 'payment_id' | 'return_id' | 'state' | 'amount_minor'>
export type ReturnRow = {
  id: string
  number: string
  site_name: string
  refund_minor: bigint
  carriage_minor: bigint
  created_at: Date
  lines: {
    lineId: string
    quantity: number
    reason: string
    disposition: string
    condition: string | null
    deductionMinor: number | null
    deductionReason: string | null
  }[]
}
/** A return that was asked for and is not decided. */
export type OpenReturnRow = { id: string; number: string; state: 'asked' | 'received' }

/** A change that waits to be paid. */
export type WaitingChangeRow = { id: string; askedBy: 'customer' | 'staff'; dueMinor: number; expiresAt: string }

/** What became of an order: money taken and given back, articles that came back. */
export type Aftermath = {
  readonly payments: readonly PaidRow[]
  readonly refunds: readonly GivenBackRow[]
  readonly returns: readonly ReturnRow[]
  readonly openReturns: OpenReturnRow[]
  readonly waitingChange: WaitingChangeRow | null
  /** The medium of each channel, by code: what the timeline's events happened in. */
  readonly mediums: Readonly<Record<string, ChannelMedium>>
}

/** As they come in JSON: amounts as text, so that none passes through a float, and instants as text. */
type InJson<Row> = { [K in keyof Row]: Row[K] extends bigint | Date ? string : Row[K] }

/** Everything that is small and of one order, in one round trip. */
export async function selectAftermath(db: Queryable, orderId: string): Promise<Aftermath> {
  const row = await one<{
    payments: InJson<PaidRow>[]
    refunds: InJson<GivenBackRow>[]
    returns: (Omit<InJson<ReturnRow>, 'carriage_minor'> & { carriage_minor: string | null })[]
    open_returns: OpenReturnRow[]
    waiting_change: WaitingChangeRow | null
    mediums: Record<string, ChannelMedium>
  }>(
    db,
    sql`select
          (select coalesce(json_agg(json_build_object('id', p.id, 'method', p.method, 'provider', p.provider, 'state', p.state,
                    'amount_minor', p.amount_minor::text, 'created_at', p.created_at) order by p.created_at, p.id), '[]')
           from payments.payment p where p.order_id = ${orderId}) as payments,
          (select coalesce(json_agg(json_build_object('payment_id', f.payment_id, 'return_id', f.return_id, 'state', f.state,
                    'amount_minor', f.amount_minor::text) order by f.created_at, f.id), '[]')
           from payments.refund f where f.order_id = ${orderId}) as refunds,
          (select coalesce(json_agg(json_build_object('id', r.id, 'number', r.number, 'site_name', s.name,
                    'refund_minor', r.refund_minor::text, 'carriage_minor', r.carriage_minor::text, 'created_at', r.created_at, 'lines',
                    (select json_agg(json_build_object('lineId', l.line_id, 'quantity', l.quantity, 'reason', l.reason,
                       'disposition', l.disposition, 'condition', l.condition, 'deductionMinor', l.deduction_minor,
                       'deductionReason', l.deduction_reason) order by l.position)
                     from orders.return_line l where l.order_id = r.order_id and l.return_id = r.id)) order by r.created_at), '[]')
           from orders.order_return r join channels.site s on s.id = r.site_id where r.order_id = ${orderId}) as returns,
          (select coalesce(json_agg(json_build_object('id', q.id, 'number', q.number, 'state', q.state) order by q.asked_at), '[]')
           from orders.return_request q where q.order_id = ${orderId} and q.state in ('asked', 'received')) as open_returns,
          (select json_build_object('id', w.id, 'askedBy', w.asked_by, 'dueMinor', w.due_minor, 'expiresAt', w.expires_at)
           from orders.order_change w where w.order_id = ${orderId} and w.state = 'waiting') as waiting_change,
          (select coalesce(json_object_agg(c.code, c.medium), '{}') from channels.channel c) as mediums`,
  )
  return {
    payments: row.payments.map((payment) => ({
      ...payment,
      amount_minor: BigInt(payment.amount_minor),
      created_at: new Date(payment.created_at),
    })),
    refunds: row.refunds.map((refund) => ({ ...refund, amount_minor: BigInt(refund.amount_minor) })),
    returns: row.returns.map((back) => ({
      ...back,
      refund_minor: BigInt(back.refund_minor),
      carriage_minor: BigInt(back.carriage_minor ?? '0'),
      created_at: new Date(back.created_at),
    })),
    openReturns: row.open_returns,
    waitingChange: row.waiting_change,
    mediums: row.mediums,
  }
}
