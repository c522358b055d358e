-- Up Migration

-- A question put to customers or shops by chance: its arms, its figure, and what was planned before it began.
create table strategy.experiment (
  id uuid primary key,
  -- Grows with each change: a change made on an older one is refused.
  revision integer not null default 1 check (revision > 0),
  name text not null,
  hypothesis text not null,
  unit text not null check (unit in ('customer', 'site')),
  kpi text not null check (kpi in ('conversion', 'orders', 'revenue', 'margin', 'basket')),
  window_days integer not null check (window_days between 1 and 180),
  -- Key, name and share in per cent of each, the control first.
  arms jsonb not null,
  -- With the id, what arms are drawn from.
  seed integer not null,
  -- The smallest effect worth seeing, how sure to be, whether spending of before is taken out; what the firm’s data said, and the plan.
  design jsonb not null,
  state text not null default 'draft' check (state in ('draft', 'running', 'ended')),
  started_at timestamptz,
  started_by text,
  ended_at timestamptz,
  ended_by text,
  decided_arm text,
  decision text,
  created_at timestamptz not null,
  created_by text,
  check ((state = 'draft') = (started_at is null)),
  check ((state = 'ended') = (ended_at is not null)),
  check ((state = 'ended') = (decision is not null))
);

-- When a customer first met an experiment, and in which arm: never changed, whoever they are merged with.
create table strategy.experiment_exposure (
  party_id uuid not null,
  experiment_id uuid not null references strategy.experiment (id),
  arm text not null,
  exposed_at timestamptz not null,
  primary key (party_id, experiment_id)
);
create index experiment_exposure_of on strategy.experiment_exposure (experiment_id, exposed_at);

-- The arm of each shop, drawn when the experiment began, and how many customers were then its own.
create table strategy.experiment_site (
  experiment_id uuid not null references strategy.experiment (id),
  site_id uuid not null references channels.site (id),
  arm text not null,
  customers integer not null check (customers >= 0),
  primary key (experiment_id, site_id)
);

-- Down Migration
drop table strategy.experiment_site;
drop table strategy.experiment_exposure;
drop table strategy.experiment;
