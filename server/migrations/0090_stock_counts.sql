-- Up Migration
-- A count of what lies at a place. Selling goes on meanwhile: a line is compared with what the journal says of its own moment.
create table inventory.stock_count (
  count_id uuid primary key,
  -- Derived from the id, for people to read aloud.
  number text not null unique,
  place_id uuid not null references inventory.place,
  scope text not null check (scope in ('place', 'category', 'articles')),
  category_id uuid references catalog.category check ((category_id is null) = (scope <> 'category')),
  -- Whoever counts does not see what is expected.
  blind boolean not null,
  state text not null check (state in ('open', 'review', 'posted', 'cancelled')),
  note text,
  opened_at timestamptz not null,
  opened_by text,
  finished_at timestamptz,
  posted_at timestamptz,
  posted_by text,
  check ((state = 'posted') = (posted_at is not null))
);
create index stock_count_place on inventory.stock_count (place_id, state);

create table inventory.stock_count_line (
  count_id uuid not null references inventory.stock_count,
  variant_id uuid not null references catalog.variant,
  counted_units integer check (counted_units >= 0),
  -- The moment at which that many lay there.
  counted_at timestamptz check ((counted_at is null) = (counted_units is null)),
  counted_by text,
  -- What was posted: what the journal said of the moment, and by how much it was put right.
  expected_units integer,
  difference_units integer,
  unit_cost_minor bigint,
  reason_code text,
  primary key (count_id, variant_id)
);

-- What lay at a place at a moment is read from its journal.
create index stock_movement_moment on inventory.stock_movement (pool_id, moved_at);

-- Down Migration
drop index inventory.stock_movement_moment;
drop table inventory.stock_count_line;
drop table inventory.stock_count;
