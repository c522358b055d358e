-- Up Migration
-- A buyer's declaration that they withdraw from a contract: written once, never changed. What became of it is read from its lines.
create table orders.withdrawal (
  order_id uuid not null references orders.sales_order,
  id uuid not null,
  number text not null,
  access_token text not null,
  declared_at timestamptz not null,
  locale text not null check (locale in ('fr', 'en')),
  name text not null,
  email text not null,
  refund_minor bigint not null check (refund_minor >= 0),
  -- Word for word what the receipt told.
  receipt text not null,
  primary key (order_id, id)
);
create index withdrawal_declared on orders.withdrawal (declared_at desc, id desc);
create index withdrawal_id on orders.withdrawal (id);

create table orders.withdrawal_line (
  order_id uuid not null,
  withdrawal_id uuid not null,
  line_id uuid not null,
  quantity integer not null check (quantity > 0),
  -- Cancelled at once; has left and is awaited back; or has to be stopped by hand.
  outcome text not null check (outcome in ('cancelled', 'to_return', 'to_stop')),
  -- How many units of the line have come back once these have; null when nothing is awaited.
  closing_count integer check ((closing_count is null) = (outcome = 'cancelled')),
  primary key (order_id, withdrawal_id, line_id),
  foreign key (order_id, withdrawal_id) references orders.withdrawal
);
create index withdrawal_line_of on orders.withdrawal_line (order_id, line_id);

-- Down Migration
drop table orders.withdrawal_line;
drop table orders.withdrawal;
