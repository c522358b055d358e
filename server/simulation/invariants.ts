import sql, { join } from 'sql-template-tag'
import { asJson, inTransaction, query, type Db } from '../src/kernel/db.ts'
import { verifyStock } from '../src/modules/inventory/public.ts'
import { unbalancedTransfers } from '../src/modules/payments/public.ts'

/** What orders on account still cost their companies: less what was transferred, and what was credited. */
const owed = sql`
  select d.order_id, d.amount_minor
    - coalesce((select sum(c.amount_minor) from payments.payment c where c.order_id = d.order_id and c.state = 'captured'
        and c.method = 'bank_transfer'), 0)
    - coalesce((select sum(r.amount_minor) from payments.refund r
        where r.order_id = d.order_id and r.payment_id = d.id and r.state = 'credited'), 0) as owed
  from payments.payment d where d.state = 'due'`

/** A rule that holds after every step, as a question whose answer must be empty. */
const rules: Readonly<Record<string, ReturnType<typeof sql>>> = {
  'nothing is over-promised': sql`
    select id from promises.pool where held + committed > capacity + overbooking + advance + shortage or held < 0 or committed < 0 or capacity < 0`,
  'a confirmed order has all its promises committed or fulfilled': sql`
    select l.order_id from orders.order_line l join orders.sales_order o on o.id = l.order_id
    join promises.promise p on p.pool_id = l.pool_id and p.id = l.promise_id
    where o.document_state = 'confirmed' and l.exception is null and p.state not in ('committed', 'fulfilled')`,
  'a line nobody serves is promised nowhere': sql`
    select l.order_id from orders.order_line l
    join promises.promise p on p.pool_id = l.pool_id and p.id = l.promise_id
    where l.exception is not null and p.state in ('held', 'committed', 'fulfilled')`,
  'a waiting order holds all its stock': sql`
    select l.order_id from orders.order_line l join orders.sales_order o on o.id = l.order_id
    join promises.promise p on p.pool_id = l.pool_id and p.id = l.promise_id
    where o.document_state = 'awaiting_payment' and p.state <> 'held'`,
  'an order that ended holds nothing': sql`
    select l.order_id from orders.order_line l join orders.sales_order o on o.id = l.order_id
    join promises.promise p on p.pool_id = l.pool_id and p.id = l.promise_id
    where o.document_state in ('cancelled', 'expired') and p.state not in ('released', 'expired')`,
  'every promise belongs to a line, an order or a cart': sql`
    select p.id from promises.promise p
    where p.state in ('held', 'committed', 'fulfilled')
      and not exists (select from orders.order_line l where l.pool_id = p.pool_id and l.promise_id = p.id)
      and not exists (select from fulfillment.parcel_line k where k.promise_id = p.id)
      and not exists (select from fulfillment.drive_visit d where d.bay_promise_id = p.id)
      and not exists (select from orders.order_promise o where o.pool_id = p.pool_id and o.promise_id = p.id)
      and not exists (select from orders.return_wish w where w.pool_id = p.pool_id and w.promise_id = p.id and w.state = 'held')
      and not exists (select from orders.order_change g where g.state = 'waiting' and g.plan::text like '%' || p.id || '%')
      and not exists (select from service.appointment_promise a where a.pool_id = p.pool_id and a.promise_id = p.id)
      and not exists (select from orders.kept_hour h where p.id = any(h.promise_ids) and p.pool_id = any(h.pool_ids))
      and not exists (select from orders.cart_line c where c.hold_pool_id = p.pool_id and c.hold_promise_id = p.id)`,
  'an hour that is kept for a document is held for it': sql`
    select h.cart_id from orders.kept_hour h
    where cardinality(h.promise_ids) <> (
      select count(*) from promises.promise p
      where p.id = any(h.promise_ids) and p.pool_id = any(h.pool_ids) and p.state = 'held' and p.reference_id = h.cart_id)`,
  'what a cart has put aside is held for it': sql`
    select c.cart_id from orders.cart_line c
    left join promises.promise p on p.pool_id = c.hold_pool_id and p.id = c.hold_promise_id
    where c.hold_promise_id is not null and (p.state is distinct from 'held' or p.quantity <> c.quantity)`,
  'what is reserved is held in its shop while it is open': sql`
    select r.id from orders.reservation r join orders.cart_line c on c.cart_id = r.id
    left join inventory.place l on l.id = c.hold_place_id
    where r.ended_at is null and l.site_id is distinct from r.site_id
      and not exists (select from orders.cart k where k.id = r.id and k.order_id is not null)`,
  'an appointment that stands has every quarter of its time, and one given up has none': sql`
    select a.id from service.appointment a where (
      select count(*) from service.appointment_promise ap join promises.promise p on p.pool_id = ap.pool_id and p.id = ap.promise_id
      where ap.appointment_id = a.id and p.quantity = a.seats
        and (p.state in ('committed', 'fulfilled') or a.state = 'offered' and p.state = 'held'))
      <> case a.state when 'cancelled' then 0 else
        extract(epoch from a.blocked_until - a.starts_at) / 900 * case when a.also_resource_id is null then 1 else 2 end end
      -- What was bought with an order that has just ended is about to.
      and not exists (select from orders.sales_order o where o.id = a.order_id and o.document_state <> 'confirmed')`,
  'no hour is given to more people than it takes': sql`
    select a.id from service.appointment a join service.resource r on r.id = a.resource_id
    where a.state <> 'cancelled' and r.capacity + r.overbooking < (
      select sum(b.seats) from service.appointment b where a.resource_id in (b.resource_id, b.also_resource_id) and b.state <> 'cancelled'
        and b.starts_at <= a.starts_at and b.blocked_until > a.starts_at
        -- What was bought with an order that has just ended is given up, and somebody else may have it already.
        and not exists (select from orders.sales_order o where o.id = b.order_id and o.document_state in ('cancelled', 'expired')))`,
  'an hour that is offered is held for whoever it is offered to': sql`
    select w.id from service.waiting w left join service.appointment a on a.id = w.appointment_id
    where w.state = 'offered' and a.state is distinct from 'offered'`,
  'no more is packed than is prepared': sql`
    select c.order_id, c.line_id from fulfillment.parcel_line c
    join fulfillment.parcel k on k.order_id = c.order_id and k.id = c.parcel_id
    group by c.order_id, c.line_id, k.fulfillment_id having sum(c.quantity) > coalesce((
      select sum(fl.quantity) from fulfillment.fulfillment_line fl
      where fl.order_id = c.order_id and fl.fulfillment_id = k.fulfillment_id and fl.line_id = c.line_id), 0)`,
  'what left in parcels is noted as gone': sql`
    select l.order_id, l.id from orders.order_line l
    join fulfillment.parcel_line c on c.order_id = l.order_id and c.line_id = l.id
    join fulfillment.parcel k on k.order_id = c.order_id and k.id = c.parcel_id
    where k.state <> 'packed' and k.resolution is distinct from 'reshipped'
    group by l.order_id, l.id having sum(c.quantity) > l.fulfilled_quantity`,
  'one bay is given to one car': sql`
    select site_id, bay from fulfillment.drive_visit where served_at is null and bay is not null
    group by site_id, bay having count(*) > 1`,
  // Whoever owes more than a limit that was lowered since may: nothing more was bought on it.
  'a company buys on account within the limit of that time, but for what was granted beside': sql`
    select c.company_id, sum(d.owed)::text as owed from orders.company_order c join (${owed}) d on d.order_id = c.order_id
    join payments.credit_account a on a.party_id = c.company_id
    where not exists (select from orders.approval_step s where s.request_id = c.request_id and s.by_staff)
    group by c.company_id, a.limit_minor, a.updated_at
    having sum(d.owed) > a.limit_minor and max(c.placed_at) > a.updated_at`,
  'nobody orders beyond their limits without being asked': sql`
    select c.member_id from orders.company_order c join orders.sales_order o on o.id = c.order_id
    join customers.company_member m on m.id = c.member_id
    where c.request_id is null and o.document_state in ('confirmed', 'awaiting_payment')
    group by c.member_id, m.month_limit_minor, m.order_limit_minor, date_trunc('month', o.placed_at at time zone 'Europe/Paris')
    having sum(o.total_minor) > m.month_limit_minor or max(o.total_minor) > m.order_limit_minor`,
  'a request becomes one order, and keeps its goods until it is decided': sql`
    select r.id from orders.purchase_request r
    where (select count(*) from orders.company_order c join orders.sales_order o on o.id = c.order_id
           where c.request_id = r.id and o.document_state in ('confirmed', 'awaiting_payment')) > 1`,
  'what an order is promised beside goods goes with it': sql`
    select o.id from orders.order_promise op join orders.sales_order o on o.id = op.order_id
    join promises.promise p on p.pool_id = op.pool_id and p.id = op.promise_id
    where p.state <> all(case o.document_state when 'confirmed' then array['committed', 'fulfilled']
      when 'awaiting_payment' then array['held'] else array['released', 'expired'] end)`,
  'a quote becomes one order': sql`
    select e.aggregate_id from kernel.outbox e join orders.sales_order o on o.id = (e.payload ->> 'orderId')::uuid
    where e.type = 'orders.quote_ordered' and o.document_state in ('confirmed', 'awaiting_payment')
    group by e.aggregate_id having count(*) > 1`,
  'a revision sent stays as it was': sql`
    select r.quote_id from orders.quote_revision r
    group by r.quote_id having count(distinct r.revision) <> max(r.revision) or count(distinct r.hash) <> count(*)`,
  'what was handed over has left the stock, and came back if it was returned to it': sql`
    select l.order_id, l.variant_id from (
      select l.order_id, l.variant_id, sum(l.fulfilled_quantity) + coalesce(sum(c.again), 0) as gone
      from orders.order_line l
      left join (select c.order_id, c.line_id, sum(c.quantity) as again from fulfillment.parcel_line c
        join fulfillment.parcel k on k.order_id = c.order_id and k.id = c.parcel_id and k.resolution = 'reshipped'
        group by c.order_id, c.line_id) c on c.order_id = l.order_id and c.line_id = l.id
      where l.download_from is null group by l.order_id, l.variant_id) l
    where l.gone <> coalesce((select -sum(m.quantity) from inventory.stock_movement m
      where m.order_id = l.order_id and m.variant_id = l.variant_id and m.kind = 'sale'), 0)`,
  'files are given once, to whoever may fetch them': sql`
    select l.order_id, l.id from orders.order_line l
    where l.download_from is not null and (l.fulfilled_quantity > 0) <> exists (
      select from orders.download_grant g where g.order_id = l.order_id and g.line_id = l.id)`,
  'events of an aggregate are numbered without a gap': sql`
    select aggregate_id from kernel.outbox group by aggregate_id having max(sequence) <> count(*) or min(sequence) <> 1`,
  'no more is refunded than was captured': sql`
    select p.order_id from payments.payment p join payments.refund r on r.order_id = p.order_id and r.payment_id = p.id
    where r.state <> 'failed' group by p.order_id, p.id, p.amount_minor having sum(r.amount_minor) > p.amount_minor`,
  'no more carriage is given back than was paid': sql`
    select id, null::int as no from orders.sales_order where carriage_back_minor > delivery_fee_minor
    union all select order_id, no from orders.order_group where carriage_back_minor > fee_minor`,
  'the carriage of an order is that of its parts': sql`
    select o.id from orders.sales_order o join orders.order_group g on g.order_id = o.id where o.document_state = 'confirmed'
    group by o.id having o.delivery_fee_minor > sum(g.fee_minor)
      or o.delivery_fee_minor < sum(g.fee_minor) - sum(coalesce(g.carriage_back_minor, 0))`,
  'the totals of an order are those of its lines': sql`
    select o.id from orders.sales_order o join orders.order_line l on l.order_id = o.id
    group by o.id having sum(l.line_total_minor) <> o.subtotal_minor
      or o.total_minor <> o.subtotal_minor + o.delivery_fee_minor - coalesce(o.credited_minor, 0)
      or coalesce(o.credited_minor, 0) <> coalesce(sum(l.credited_minor), 0)
      or o.item_count <> sum(case when l.exception = 'cancelled' then l.fulfilled_quantity else l.quantity end)
      or o.total_minor < 0`,
  'a confirmed order is paid for, and no more than what is bought of it is kept': sql`
    select o.id, o.total_minor::text, o.paid::text, o.given::text, o.lost::text from (
      select o.id, o.total_minor,
        (select coalesce(sum(p.amount_minor), 0) from payments.payment p where p.order_id = o.id and p.method <> 'bank_transfer'
           and p.state in ('authorised', 'captured', 'due') and not exists (
             select from orders.order_change c where c.order_id = o.id and c.payment_id = p.id and c.state <> 'made')) as paid,
        -- What came back, and is not exchanged, was bought all the same.
        (select coalesce(sum(r.amount_minor), 0) from payments.refund r where r.order_id = o.id and r.state <> 'failed'
           and (r.return_id is null or exists (
             select from orders.order_line l where l.order_id = o.id and l.given_for = r.return_id))) as given,
        (select coalesce(sum((e.payload ->> 'refundMinor')::bigint), 0) from kernel.outbox e
         where e.aggregate_id = o.id and e.type = 'orders.units_refunded') as lost
      from orders.sales_order o where o.document_state = 'confirmed') o
    where o.paid - o.given + o.lost <> o.total_minor`,
}

/** Rules that hold once everything that waits was delivered and settled. */
const rulesAtRest: Readonly<Record<string, ReturnType<typeof sql>>> = {
  'nobody owes anything but on account': sql`
    select e.order_id from payments.ledger_entry e left join (${owed}) d on d.order_id = e.order_id
        -- What came back in exchange for something dearer is owed to its buyer until they have paid the difference, or not.
        left join (select c.order_id, (c.plan -> 'exchange' ->> 'creditMinor')::bigint as minor from orders.order_change c
          where c.state = 'waiting' and c.plan ? 'exchange') x on x.order_id = e.order_id
        where e.account = 'receivable' group by e.order_id, d.owed, x.minor
        having sum(e.amount_minor) <> coalesce(d.owed, 0) - coalesce(x.minor, 0)`,
  'a voucher is worth what the ledger owes its holder': sql`
    select v.id, v.balance_minor::text as worth, coalesce(-sum(e.amount_minor), 0)::text as owed from payments.voucher v
        left join payments.ledger_entry e on e.account = 'voucher' and e.holder = v.id
        group by v.id having v.balance_minor <> coalesce(-sum(e.amount_minor), 0)`,
  'every order has a preparation': sql`
    select o.id from orders.sales_order o where o.document_state = 'confirmed' and o.delivery_method not in ('carry_out', 'download')
          and not exists (select from fulfillment.fulfillment f where f.order_id = o.id)
          and exists (select from orders.order_line l where l.order_id = o.id and l.download_from is null
            and l.exception is distinct from 'cancelled' and (l.ahead is null or l.allocated_at is not null))`,
  'every line is prepared once, where it is promised': sql`
    select l.order_id, l.id from orders.order_line l join orders.sales_order o on o.id = l.order_id
        where o.document_state = 'confirmed' and o.delivery_method <> 'carry_out' and l.download_from is null
          and (coalesce((select sum(fl.quantity) from fulfillment.fulfillment_line fl
               join fulfillment.fulfillment f on f.order_id = fl.order_id and f.id = fl.fulfillment_id
               where fl.order_id = l.order_id and fl.line_id = l.id and f.state <> 'cancelled'), 0)
            -- What is given in exchange is taken along at once, unless it was asked for from afar: then it is sent.
            <> case when l.ahead is not null and l.allocated_at is null or l.given_for is not null and not exists (
                   select from orders.return_wish w
                   where w.order_id = l.order_id and w.request_id = l.given_for and w.state = 'given') then 0
                 when l.exception is null then l.quantity else l.fulfilled_quantity end
               + coalesce((select sum(c.quantity) from fulfillment.parcel_line c
                   join fulfillment.parcel k on k.order_id = c.order_id and k.id = c.parcel_id and k.resolution = 'reshipped'
                   where c.order_id = l.order_id and c.line_id = l.id), 0)
            or exists (select from fulfillment.fulfillment_line fl
               join fulfillment.fulfillment f on f.order_id = fl.order_id and f.id = fl.fulfillment_id
               where fl.order_id = l.order_id and fl.line_id = l.id and f.state in ('to_prepare', 'ready')
                 and f.place_id <> l.place_id))`,
  'an hour that was bought is in the agenda while its order stands': sql`
    select b.order_id from orders.order_appointment b join orders.sales_order o on o.id = b.order_id
        where b.ended_at is null and o.document_state = 'confirmed'
          and not exists (select from service.appointment a where a.id = b.appointment_id and a.order_id = b.order_id)
        union all select a.order_id from service.appointment a join orders.sales_order o on o.id = a.order_id
        where a.state = 'booked' and o.document_state in ('cancelled', 'expired')`,
  'nobody waits in a car for nothing': sql`
    select v.order_id from fulfillment.drive_visit v join orders.sales_order o on o.id = v.order_id
        where v.served_at is null and (o.document_state <> 'confirmed' or not exists (select from orders.order_line l
          where l.order_id = o.id and l.exception is distinct from 'cancelled' and l.fulfilled_quantity < l.quantity))`,
  'every event was delivered': sql`
    select aggregate_id, sequence, null as subscriber, null as last_error from kernel.event_waiting
    union all select aggregate_id, sequence, subscriber, last_error from kernel.parked_event`,
}

/** Rules as one statement: they are asked after each step. @returns each rule with the first rows that break it, or with null */
function askAll(asked: Readonly<Record<string, ReturnType<typeof sql>>>) {
  return join(
    Object.entries(asked).map(
      ([rule, question]) => sql`select ${rule}::text as rule, json_agg(r) as rows from (${question} limit 3) r`,
    ),
    ' union all ',
  )
}

const allRules = askAll(rules)
const allRulesAtRest = askAll(rulesAtRest)

type Answer = { readonly rule: string; readonly rows: object[] | null }
const brokenOf = (answers: readonly Answer[]): string[] =>
  answers.flatMap(({ rule, rows }) => (rows === null ? [] : [`${rule}: ${JSON.stringify(rows)}`]))

/** What must hold at any moment. @returns the rules broken, with the first rows that break them */
export async function brokenInvariants(db: Db): Promise<string[]> {
  // They travel together: what takes time is less the asking than the going to and fro.
  const [answers, { differences }] = await inTransaction(db, (tx) =>
    Promise.all([query<Answer>(tx, allRules), verifyStock(tx)]),
  )
  const broken = brokenOf(answers)
  if (differences.length > 0)
    broken.push(`movements and promises recompute the stock: ${asJson(differences.slice(0, 3))}`)
  return broken
}

/** What must hold once everything that waits was delivered and settled. */
export async function brokenAtRest(db: Db): Promise<string[]> {
  const broken = [...(await brokenInvariants(db)), ...brokenOf(await query<Answer>(db, allRulesAtRest))]
  const unbalanced = await unbalancedTransfers(db)
  if (unbalanced.length > 0) broken.push(`each transfer sums to zero: ${unbalanced.length}`)
  return broken
}

/** What must hold once everything that has an end is over: nothing outlives its time. */
export async function brokenAtTheEnd(db: Db, now: Date): Promise<string[]> {
  const broken = await brokenAtRest(db)
  const outlived = await query(
    db,
    sql`select 'promise' as what, id from promises.promise where state = 'held' and expires_at < ${now}
        union all select 'cart', cart_id from orders.cart_line where hold_until < ${now}
        union all select 'reservation', id from orders.reservation where ended_at is null and expires_at < ${now}
        union all select 'offered hour', id from service.waiting where state = 'offered' and expires_at < ${now}
        union all select 'part of a voucher', payment_id from payments.voucher_hold h
          where held_at < ${now}::timestamptz - interval '1 day' and not exists (select from payments.payment p where p.id = h.payment_id)
        union all select 'change', id from orders.order_change where state = 'waiting'
        union all select 'order', id from orders.sales_order where document_state = 'awaiting_payment' limit 3`,
  )
  if (outlived.length > 0) broken.push(`nothing outlives its time: ${asJson(outlived)}`)
  const misjudged = await query(
    db,
    sql`select r.id, r.state, o.document_state from orders.reservation r left join orders.sales_order o on o.id = r.order_id
        where r.state = 'bought' and (o.document_state is null or o.document_state = 'expired') limit 3`,
  )
  if (misjudged.length > 0) broken.push(`what was bought of reservations is sold: ${asJson(misjudged)}`)
  return broken
}
