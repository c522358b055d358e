-- Up Migration
-- What was asked of a supplier for a place. A unit of a line is still expected while the order is in state 'ordered'.
create table inventory.supplier_order (
  supplier_order_id uuid primary key,
  -- Derived from the id, for people to read aloud.
  number text not null unique,
  supplier_name text not null check (supplier_name <> ''),
  place_id uuid not null references inventory.place,
  state text not null check (state in ('draft', 'ordered', 'received', 'cancelled')),
  ordered_at timestamptz,
  -- When nothing more was expected.
  received_at timestamptz,
  note text,
  created_at timestamptz not null,
  created_by text,
  check (state not in ('ordered', 'received') or ordered_at is not null),
  check ((state = 'received') = (received_at is not null))
);
create index supplier_order_place on inventory.supplier_order (place_id, state);

create table inventory.supplier_order_line (
  supplier_order_id uuid not null references inventory.supplier_order,
  variant_id uuid not null references catalog.variant,
  ordered_units integer not null check (ordered_units > 0),
  -- More than was ordered may come.
  received_units integer not null default 0 check (received_units >= 0),
  expected_on date,
  unit_cost_minor bigint check (unit_cost_minor >= 0),
  primary key (supplier_order_id, variant_id)
);
create index supplier_order_line_variant on inventory.supplier_order_line (variant_id);

-- What came in one delivery of a supplier order. An undone receipt keeps its lines; counter-movements took its units out again.
create table inventory.receipt (
  receipt_id uuid primary key,
  number text not null unique,
  supplier_order_id uuid not null references inventory.supplier_order,
  place_id uuid not null references inventory.place,
  note text,
  received_at timestamptz not null,
  received_by text,
  undone_at timestamptz,
  undone_by text
);
create index receipt_of on inventory.receipt (supplier_order_id);

create table inventory.receipt_line (
  receipt_id uuid not null references inventory.receipt,
  variant_id uuid not null references catalog.variant,
  -- 0 notes that units were missing.
  units integer not null check (units >= 0),
  -- Why the units differ from those that were expected.
  reason_code text,
  primary key (receipt_id, variant_id)
);

-- Why a quantity on hand was changed by hand, of one closed list (packages/contracts/src/reason-codes.ts).
alter table inventory.stock_movement add column reason_code text;
create index stock_movement_reason on inventory.stock_movement (reason_code, id desc) where reason_code is not null;

-- Down Migration
drop index inventory.stock_movement_reason;
alter table inventory.stock_movement drop column reason_code;
drop table inventory.receipt_line;
drop table inventory.receipt;
drop table inventory.supplier_order_line;
drop table inventory.supplier_order;
