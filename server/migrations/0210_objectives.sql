-- Up Migration

create schema if not exists strategy;

-- What the firm wants to reach: a figure of the desk, of all or of a channel or shop, over whole months.
create table strategy.objective (
  id uuid primary key,
  -- Grows with each change: a change made on an older one is refused.
  revision integer not null default 1 check (revision > 0),
  name text not null,
  owner text not null,
  kpi text not null,
  channel_code text,
  site_id uuid references channels.site (id),
  measure text not null check (measure in ('sum', 'mean', 'last')),
  wanted text not null check (wanted in ('at_least', 'at_most')),
  -- First days of the first and the last month that count.
  from_month date not null,
  until_month date not null,
  target double precision not null,
  -- The same measure over as many months before it began.
  start_value double precision,
  alert_below double precision not null check (alert_below between 0 and 1),
  created_at timestamptz not null,
  created_by text,
  closed_at timestamptz,
  closed_by text,
  reached double precision,
  met boolean,
  check (from_month <= until_month),
  check ((closed_at is null) = (met is null))
);

-- How likely it was on a day, and what that was computed from.
create table strategy.objective_reading (
  objective_id uuid not null references strategy.objective (id),
  day date not null,
  engine_version text not null,
  seed integer not null,
  snapshot_hash text not null check (snapshot_hash ~ '^[0-9a-f]{64}$'),
  probability double precision check (probability between 0 and 1),
  result jsonb not null,
  primary key (objective_id, day)
);

-- What was said of it at a review, and each change with what it was before; never changed.
create table strategy.objective_note (
  id uuid primary key,
  objective_id uuid not null references strategy.objective (id),
  kind text not null check (kind in ('note', 'change', 'close', 'reopen')),
  note text not null,
  changes jsonb not null,
  at timestamptz not null,
  created_by text
);
create index objective_note_objective on strategy.objective_note (objective_id, id desc);

-- Down Migration
drop table strategy.objective_note;
drop table strategy.objective_reading;
drop table strategy.objective;
