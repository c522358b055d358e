-- Up Migration
-- What was changed of an order after it was placed: its first revision is the order as it was bought, and has no row.
create table orders.order_revision (
  order_id uuid not null references orders.sales_order,
  revision integer not null check (revision > 1),
  changed_at timestamptz not null,
  changed_by text not null check (changed_by in ('customer', 'staff')),
  actor text,
  -- [{"kind": "line", "name": "…", "from": 3, "to": 2}, {"kind": "address", "from": {…}, "to": {…}}]
  changes jsonb not null,
  refund_minor bigint not null check (refund_minor >= 0),
  primary key (order_id, revision)
);

-- Down Migration
drop table orders.order_revision;
