-- Up Migration
-- How a place is replenished; places without a row follow what is usual (domain/replenishment/rules.ts).
create table inventory.replenishment_rule (
  place_id uuid primary key references inventory.place,
  source text not null check (source in ('transfer', 'supplier')),
  from_place_id uuid references inventory.place check ((from_place_id is null) = (source = 'supplier')),
  lead_days numeric not null check (lead_days > 0),
  lead_deviation_days numeric not null check (lead_deviation_days >= 0),
  review_days numeric not null check (review_days >= 0),
  service_basis_points integer not null check (service_basis_points between 5000 and 9999),
  cover_days numeric not null check (cover_days > 0),
  changed_at timestamptz not null,
  changed_by text
);

-- The least and the most of an article a place is to have, and in which packs it comes.
create table inventory.replenishment_limit (
  variant_id uuid not null references catalog.variant,
  place_id uuid not null references inventory.place,
  min_units integer check (min_units >= 0),
  max_units integer check (max_units >= coalesce(min_units, 0)),
  pack_units integer not null default 1 check (pack_units > 0),
  primary key (variant_id, place_id)
);

-- What was proposed last, with every figure it was made from.
create table inventory.replenishment_proposal (
  variant_id uuid not null references catalog.variant,
  place_id uuid not null references inventory.place,
  source text not null check (source in ('transfer', 'supplier')),
  from_place_id uuid references inventory.place,
  supplier_name text,
  units integer not null check (units > 0),
  figures jsonb not null,
  computed_at timestamptz not null,
  primary key (variant_id, place_id)
);
create index replenishment_proposal_place on inventory.replenishment_proposal (place_id);

-- The computation under way, or the last one.
create table inventory.replenishment_run (
  one boolean primary key default true check (one),
  started_at timestamptz not null,
  finished_at timestamptz,
  done integer not null,
  total integer not null
);

-- Down Migration
drop table inventory.replenishment_run;
drop table inventory.replenishment_proposal;
drop table inventory.replenishment_limit;
drop table inventory.replenishment_rule;
