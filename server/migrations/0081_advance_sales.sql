-- Up Migration
-- Units of a pool that may be promised before they are there: never more than are to come, or than was allowed.
alter table promises.pool add column advance bigint not null default 0 check (advance >= 0);
alter table promises.pool
  drop constraint never_over_promised,
  add constraint never_over_promised check (held + committed <= capacity + overbooking + advance + shortage);

-- That a channel sells an article before its release (pre_order) or when nothing is left (back_order): against what suppliers owe to
-- a place (inbound), or with a date or a delay that somebody states.
create table inventory.advance_sale (
  variant_id uuid not null references catalog.variant,
  channel_id uuid not null references channels.channel,
  kind text not null check (kind in ('pre_order', 'back_order')),
  place_id uuid not null references inventory.place,
  basis text not null check (basis in ('inbound', 'stated')),
  -- Most units promised beyond what is there, over all channels, at which this one still sells.
  limit_units integer check (limit_units > 0),
  -- The day of release.
  ships_on date,
  delay_days integer check (delay_days between 1 and 365),
  primary key (variant_id, channel_id, kind),
  check (basis = 'inbound' or limit_units is not null),
  check ((kind = 'pre_order') = (ships_on is not null)),
  check ((kind = 'back_order' and basis = 'stated') = (delay_days is not null))
);

-- A line sold before its goods were there: the day its buyer was told, and when the goods had come for it.
alter table orders.order_line
  add column ahead text check (ahead in ('pre_order', 'back_order')),
  add column ships_on date,
  add column allocated_at timestamptz;
create index order_line_ahead on orders.order_line (variant_id) where ahead is not null and allocated_at is null;

-- Down Migration
drop index orders.order_line_ahead;
alter table orders.order_line drop column ahead, drop column ships_on, drop column allocated_at;
drop table inventory.advance_sale;
alter table promises.pool
  drop constraint never_over_promised,
  add constraint never_over_promised check (held + committed <= capacity + overbooking + shortage);
alter table promises.pool drop column advance;
