-- Up Migration
-- By which rules places are chosen: every change is a new version, none is ever overwritten.
create table inventory.sourcing_policy (
  version integer primary key check (version > 0),
  rules jsonb not null,
  settings jsonb not null,
  note text,
  actor text,
  changed_at timestamptz not null
);

-- What was known of places when decisions were taken, kept once for all that were taken by it; the id is made of the content.
create table inventory.sourcing_snapshot (
  id text primary key,
  version integer not null,
  terms jsonb not null,
  first_used_at timestamptz not null
);

-- A place said it can prepare nothing more for now.
create table inventory.place_closure (
  place_id uuid primary key references inventory.place,
  until timestamptz not null,
  reason text not null check (reason in ('too_busy', 'closed')),
  actor text
);

-- What the choice of places was made from, to be explained later: the snapshot, and what each place had of each line.
alter table orders.sales_order add column sourcing json;

-- A line nobody can serve any more, until somebody decides; or that was cancelled alone.
alter table orders.order_line add column exception text check (exception in ('unsourced', 'waiting', 'cancelled'));
create index order_line_unsourced on orders.order_line (variant_id) where exception in ('unsourced', 'waiting');

-- A shop said no to a line, and where it went instead.
create table fulfillment.refusal (
  order_id uuid not null,
  id uuid not null,
  fulfillment_id uuid not null,
  line_id uuid not null,
  variant_id uuid not null,
  place_id uuid not null references inventory.place,
  reason text not null check (reason in ('not_found', 'damaged', 'display_only', 'too_busy', 'closed')),
  quantity integer not null check (quantity > 0),
  to_place_id uuid references inventory.place,
  sourcing json,
  actor text,
  refused_at timestamptz not null,
  primary key (order_id, id)
);

-- Down Migration
drop table fulfillment.refusal;
drop index orders.order_line_unsourced;
alter table orders.order_line drop column exception;
alter table orders.sales_order drop column sourcing;
drop table inventory.place_closure;
drop table inventory.sourcing_snapshot;
drop table inventory.sourcing_policy;
