-- Up Migration

-- What happened between a party and the firm, in any channel: rows are only added. Segments, values and figures are read from it.
-- The key serves both what is asked of one party and an event that comes twice.
create table customers.interaction (
  party_id uuid not null,
  kind text not null,
  at timestamptz not null,
  -- Of the event it tells of, or of a line of it.
  id uuid not null,
  channel_code text,
  -- The order, the reservation, the conversation it belongs to.
  subject_id uuid,
  product_id uuid,
  quantity integer,
  value_minor bigint,
  primary key (party_id, kind, at, id)
);
-- Who did it lately, without reading the rows themselves.
create index interaction_lately on customers.interaction (kind, at) include (party_id, value_minor, channel_code);
-- How often each did it ever, in the order of who they are: a million of them are counted in one pass, without sorting.
create index interaction_each on customers.interaction (kind, party_id, at) include (value_minor, channel_code);
create index interaction_product on customers.interaction (product_id, kind, at) include (party_id, value_minor, channel_code)
  where product_id is not null;

-- Everybody who is one customer with somebody else: each of them with the one they count as.
create view customers.party_family as
  select id as member_id, survivor_id as root_id from customers.party where survivor_id is not null
  union
  select survivor_id, survivor_id from customers.party where survivor_id is not null;

insert into customers.interaction (party_id, kind, at, id, channel_code, subject_id, product_id, quantity, value_minor)
select o.party_id, 'order', o.placed_at, o.id, c.code, o.id, null::uuid, o.item_count, o.total_minor
from orders.sales_order o join channels.channel c on c.id = o.channel_id
where o.party_id is not null and o.document_state in ('confirmed', 'cancelled')
union all
select o.party_id, 'purchase', o.placed_at, l.id, c.code, o.id, v.product_id, l.quantity, l.line_total_minor
from orders.sales_order o join channels.channel c on c.id = o.channel_id
join orders.order_line l on l.order_id = o.id join catalog.variant v on v.id = l.variant_id
where o.party_id is not null and o.document_state in ('confirmed', 'cancelled')
union all
select o.party_id, 'return', r.created_at, r.id, c.code, o.id, null, null, r.refund_minor
from orders.order_return r join orders.sales_order o on o.id = r.order_id join channels.channel c on c.id = o.channel_id
where o.party_id is not null;

-- Down Migration
drop view customers.party_family;
drop table customers.interaction;
