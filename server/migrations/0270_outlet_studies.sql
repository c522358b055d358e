-- Up Migration

-- Which outlets to have: the areas, candidates and criteria a study was made with. Answers are computed again when it is opened.
create table strategy.outlet_study (
  id uuid primary key,
  -- Grows with each change: a change made on an older one is refused.
  revision integer not null default 1 check (revision > 0),
  name text not null,
  question jsonb not null,
  saved_at timestamptz not null,
  saved_by text
);

-- Down Migration
drop table strategy.outlet_study;
