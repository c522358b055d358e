-- Up Migration

-- What is computed each night of whoever stands by themselves: what interests them (key: a category), their sizes (key: the category, with the
-- value), where they buy (key: a shop's code). What they said themselves is marked, and counts instead of what was computed of its kind.
create table customers.trait (
  party_id uuid not null,
  kind text not null check (kind in ('interest', 'size', 'shop')),
  key text not null,
  value text not null default '',
  -- Of all that speaks for something of its kind (of a size: for any of the category), the later the heavier; null when only said.
  share real,
  bought integer not null default 0,
  returned integer not null default 0,
  seen integer not null default 0,
  declared boolean not null,
  -- Whether segments, advisers and offers go by it.
  counts boolean not null,
  primary key (party_id, kind, key, value)
);
create index trait_that_counts on customers.trait (kind, key, value, party_id) where counts;

-- Where somebody lives and buys: how far, and how well that is known.
create table customers.location (
  party_id uuid primary key,
  -- As they said, or where their last order went that was no gift.
  country text,
  postal_code text,
  locality text,
  usual_site_id uuid,
  usual_km real,
  nearest_site_id uuid,
  nearest_km real,
  -- Known by the postal code itself, or only by the chief town of its département.
  known_by text check (known_by in ('postal_code', 'department'))
);

-- What people said of themselves, each time they said it: the latest counts, whoever of those who are one customer said it.
create table customers.declaration (
  party_id uuid not null,
  id uuid not null,
  said jsonb not null,
  source text not null,
  actor text,
  at timestamptz not null,
  primary key (party_id, id)
);

-- Where postal codes lie, as the firm imported them. Without it, only the chief town of a département is known.
create table inventory.postal_place (
  country text not null,
  postal_code text not null,
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180),
  primary key (country, postal_code)
);

-- Down Migration
drop table inventory.postal_place;
drop table customers.declaration;
drop table customers.location;
drop table customers.trait;
