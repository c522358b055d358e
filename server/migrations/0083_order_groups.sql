-- Up Migration
-- How each part of an order reaches its buyer, when it does not reach them as a whole: a parcel for some lines, a pick-up for others.
-- An order that reaches its buyer in one way has none of these rows: its head says it all.
create table orders.order_group (
  order_id uuid not null references orders.sales_order,
  no smallint not null check (no >= 0),
  method text not null check (method in ('delivery', 'pickup')),
  site_id uuid references channels.site,
  pickup_code text,
  promised_at timestamptz,
  latest_at timestamptz,
  fee_minor bigint not null check (fee_minor >= 0),
  -- When everything of it was picked.
  ready_at timestamptz,
  primary key (order_id, no),
  check ((method = 'pickup') = (site_id is not null)),
  check ((method = 'pickup') = (pickup_code is not null))
);
create index order_group_pickup on orders.order_group (pickup_code) where pickup_code is not null;

-- The group of a line; null where the order has none.
alter table orders.order_line add column group_no smallint;
alter table fulfillment.fulfillment add column group_no smallint;

-- Down Migration
alter table fulfillment.fulfillment drop column group_no;
alter table orders.order_line drop column group_no;
drop table orders.order_group;
