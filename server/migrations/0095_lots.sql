-- Up Migration
-- Articles of which each lot or each unit is followed from receipt to customer. An article that is not here is not followed.
create table inventory.tracked_variant (
  variant_id uuid primary key references catalog.variant,
  mode text not null check (mode in ('lot', 'serial')),
  -- Its lots have a date until which they are good.
  with_expiry boolean not null,
  -- A lot is sold while it stays good for at least so many days.
  min_days_left integer not null default 0 check (min_days_left between 0 and 3650),
  check (with_expiry or min_days_left = 0),
  since timestamptz not null
);

-- A lot (GS1 AI 10), or one unit with its serial number (AI 21). The one without a number stands for what lay there before.
create table inventory.lot (
  lot_id uuid primary key,
  variant_id uuid not null references catalog.variant,
  number text check (number <> ''),
  serial boolean not null,
  -- The last day on which it is good (AI 17).
  expires_on date,
  -- A unit with a serial number is in one state: this is where two people who take it meet.
  state text check (state in ('away', 'in_stock', 'kept_back', 'in_transit', 'sold')),
  -- The line of an order it was put aside for.
  aside_for uuid,
  blocked_at timestamptz,
  blocked_by text,
  block_reason text check (block_reason in ('recall', 'quality', 'investigation', 'other')),
  block_note text,
  created_at timestamptz not null,
  unique (variant_id, number),
  check (serial = (state is not null)),
  check (aside_for is null or state = 'in_stock'),
  check ((blocked_at is null) = (block_reason is null)),
  check (number is not null or not serial)
);
create unique index lot_without_number on inventory.lot (variant_id) where number is null;
create index lot_number on inventory.lot (upper(number));
create index lot_expiry on inventory.lot (expires_on) where expires_on is not null;

-- How much of each lot lies at a place. Of a followed article, the units add up to what is on hand there.
create table inventory.lot_balance (
  pool_id uuid not null,
  lot_id uuid not null references inventory.lot,
  units integer not null check (units >= 0),
  -- Out of sale: blocked, or no longer good. They have left the quantity on hand by a movement.
  kept_back integer not null default 0 check (kept_back >= 0),
  primary key (pool_id, lot_id)
);
create index lot_balance_lot on inventory.lot_balance (lot_id);

-- Which lots a movement moved; their sum is the movement's quantity.
create table inventory.lot_movement (
  pool_id uuid not null,
  movement_id uuid not null,
  lot_id uuid not null references inventory.lot,
  quantity integer not null check (quantity <> 0),
  -- The line of the order it left by, or came back from.
  line_id uuid,
  primary key (pool_id, movement_id, lot_id)
);
create index lot_movement_lot on inventory.lot_movement (lot_id, movement_id desc);

-- What was taken from the shelf for a line of an order and has not left yet.
create table inventory.lot_pick (
  order_id uuid not null,
  line_id uuid not null,
  pool_id uuid not null,
  lot_id uuid not null references inventory.lot,
  units integer not null check (units > 0),
  picked_at timestamptz not null,
  picked_by text,
  primary key (order_id, line_id, lot_id)
);
create index lot_pick_pool on inventory.lot_pick (pool_id);

alter table inventory.stock_movement drop constraint stock_movement_kind_check;
alter table inventory.stock_movement add constraint stock_movement_kind_check
  check (kind in ('receipt', 'sale', 'return', 'count', 'transfer_out', 'transfer_in', 'loss', 'quarantine'));

-- Down Migration
alter table inventory.stock_movement drop constraint stock_movement_kind_check;
alter table inventory.stock_movement add constraint stock_movement_kind_check
  check (kind in ('receipt', 'sale', 'return', 'count', 'transfer_out', 'transfer_in', 'loss'));
drop table inventory.lot_pick;
drop table inventory.lot_movement;
drop table inventory.lot_balance;
drop table inventory.lot;
drop table inventory.tracked_variant;
