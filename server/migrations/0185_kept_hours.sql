-- Up Migration
-- An hour that is kept for a quote, or for a purchase that waits for its approval: it becomes the order's own without a gap.
create table orders.kept_hour (
  cart_id uuid not null references orders.cart on delete cascade,
  kind text not null check (kind in ('window', 'bay', 'appointment')),
  -- What is held: a place in a window or slot, or each quarter of whoever serves an appointment; promises in the order of their pools.
  pool_ids uuid[] not null,
  promise_ids uuid[] not null check (cardinality(promise_ids) = cardinality(pool_ids)),
  -- The depot of a window: its goods leave from there.
  place_id uuid,
  -- The shop of a slot or an appointment.
  site_id uuid,
  -- The service of an appointment, as its buyer reads it, and who serves it.
  service text,
  name text,
  resource_id uuid,
  also_resource_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  blocked_until timestamptz,
  -- Nobody could keep the hour if it were ordered later than this.
  last_at timestamptz not null,
  held_until timestamptz not null,
  primary key (cart_id, kind)
);
create index kept_hour_until on orders.kept_hour (held_until);

-- Down Migration
drop table orders.kept_hour;
