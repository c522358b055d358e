-- Up Migration
create schema inventory;

create table inventory.place (
  id uuid primary key,
  code text not null unique,
  name text not null,
  site_id uuid not null references channels.site,
  ships_parcels boolean not null default false,
  offers_pickup boolean not null default false,
  -- Where a parcel is taken from first: lower comes first.
  priority integer not null default 100
);

-- One article at one place. Its pool's id is derived from the two (inventory/domain/pool-id.ts), so it need not be looked up.
create table inventory.stock_item (
  pool_id uuid primary key,
  variant_id uuid not null references catalog.variant,
  place_id uuid not null references inventory.place
);
create index stock_item_variant on inventory.stock_item (variant_id);
create index stock_item_place on inventory.stock_item (place_id);

-- The journal of what came in and went out. The quantity on hand is its sum, and nothing else writes it.
create table inventory.stock_movement (
  pool_id uuid not null,
  id uuid not null,
  variant_id uuid not null,
  place_id uuid not null,
  kind text not null check (kind in ('receipt', 'sale', 'return', 'count', 'transfer_out', 'transfer_in', 'loss')),
  quantity bigint not null check (quantity <> 0),
  reason text,
  reference text,
  order_id uuid,
  actor text,
  moved_at timestamptz not null,
  primary key (pool_id, id)
);
create index stock_movement_log on inventory.stock_movement (id desc);
create index stock_movement_order on inventory.stock_movement (order_id) where order_id is not null;

-- Down Migration
drop schema inventory cascade;
