-- Up Migration
-- A change of an order that costs more waits until the difference is paid; what it needs is held until then. What costs nothing
-- more is made at once, and has no row here.
create table orders.order_change (
  order_id uuid not null references orders.sales_order,
  id uuid not null,
  -- The revision it was made for: when another change came first, it is not made any more.
  revision integer not null check (revision >= 1),
  state text not null check (state in ('waiting', 'made', 'withdrawn', 'expired', 'overtaken')),
  asked_by text not null check (asked_by in ('customer', 'staff')),
  actor text,
  -- What is to be done to lines, promises and delivery, with the ids of what is held.
  plan jsonb not null,
  due_minor bigint not null check (due_minor > 0),
  payment_id uuid,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (order_id, id),
  check ((state = 'waiting') = (ended_at is null))
);
create unique index order_change_waiting on orders.order_change (order_id) where state = 'waiting';
create index order_change_expiry on orders.order_change (expires_at) where state = 'waiting';

-- What was paid more for a revision.
alter table orders.order_revision add column charge_minor bigint not null default 0 check (charge_minor >= 0);

-- Down Migration
alter table orders.order_revision drop column charge_minor;
drop table orders.order_change;
