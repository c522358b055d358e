-- Up Migration
create schema promises;

-- Anything that can be promised only once: units of a variant at a place, places in a delivery window, seats…
create table promises.pool (
  id uuid primary key,
  kind text not null check (kind in ('stock', 'window', 'bay', 'fitting_room', 'appointment', 'seat', 'booking_class')),
  capacity bigint not null default 0 check (capacity >= 0),
  held bigint not null default 0 check (held >= 0),
  committed bigint not null default 0 check (committed >= 0),
  -- Units kept back from being promised.
  safety bigint not null default 0 check (safety >= 0),
  overbooking bigint not null default 0 check (overbooking >= 0),
  -- How much of what is promised is missing, after a count or a loss found less than was promised. Only those may raise it.
  shortage bigint not null default 0 check (shortage >= 0),
  -- What the last take was granted: lets one set-based statement answer how much each pool gave.
  granted bigint not null default 0,
  constraint never_over_promised check (held + committed <= capacity + overbooking + shortage)
) with (fillfactor = 80);

create table promises.promise (
  pool_id uuid not null,
  id uuid not null,
  quantity bigint not null check (quantity > 0),
  state text not null check (state in ('held', 'committed', 'fulfilled', 'released', 'expired')),
  -- Who asked: an order, a cart, an appointment.
  reference_id uuid not null,
  expires_at timestamptz check (expires_at is null or state <> 'committed'),
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (pool_id, id)
);
create index promise_reference on promises.promise (reference_id);
create index promise_expiry on promises.promise (expires_at) where state = 'held';
create index promise_open on promises.promise (pool_id) where state in ('held', 'committed');

-- Down Migration
drop schema promises cascade;
