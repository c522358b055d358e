-- Up Migration

create schema if not exists strategy;

-- What a distribution might do. Its versions never change; what is written is always the next one.
create table strategy.scenario (
  id uuid primary key,
  name text not null,
  latest_version integer not null check (latest_version > 0),
  created_at timestamptz not null,
  created_by text,
  archived_at timestamptz
);

-- What was read of the firm to start from: its figures by month and channel, and each number computed from them with its source.
-- Kept as it was read, under the hash of its bytes.
create table strategy.snapshot (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  content text not null,
  read_at timestamptz not null
);

create table strategy.scenario_version (
  scenario_id uuid not null references strategy.scenario (id),
  version integer not null check (version > 0),
  snapshot_hash text not null references strategy.snapshot (hash),
  -- Question, dated moves, uncertain figures, judgements and assumptions.
  content jsonb not null,
  created_at timestamptz not null,
  created_by text,
  primary key (scenario_id, version)
);

-- What somebody holds against an assumption, or answers to that; never changed.
create table strategy.challenge (
  id uuid primary key,
  scenario_id uuid not null references strategy.scenario (id),
  assumption text not null,
  note text not null,
  at timestamptz not null,
  created_by text
);
create index challenge_scenario on strategy.challenge (scenario_id, id);

-- One simulation: of which version, by which engine, from which seed and bytes, and what came out.
create table strategy.scenario_run (
  id uuid primary key,
  scenario_id uuid not null,
  version integer not null,
  -- The run whose input this one was computed from again.
  replays_id uuid references strategy.scenario_run (id),
  engine_version text not null,
  seed integer not null,
  draws integer not null check (draws between 1 and 100000),
  -- What the engine was given, to the byte.
  input text not null,
  input_hash text not null check (input_hash ~ '^[0-9a-f]{64}$'),
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  cancel_requested boolean not null default false,
  progress real not null default 0 check (progress between 0 and 1),
  -- Who works on it, and when it last said something; how many took it up.
  runner uuid,
  said_at timestamptz,
  attempts integer not null default 0,
  problem jsonb,
  results jsonb,
  -- Of what the draws came to, to the byte: the same input gives the same.
  results_hash text,
  -- Present values of the gain, draw by draw, little-endian doubles: what is common to two runs falls away when they are compared.
  gains bytea,
  created_at timestamptz not null,
  created_by text,
  started_at timestamptz,
  finished_at timestamptz,
  foreign key (scenario_id, version) references strategy.scenario_version (scenario_id, version),
  check ((state = 'done') = (results is not null)),
  check ((results is null) = (gains is null))
);
create index scenario_run_scenario on strategy.scenario_run (scenario_id, id desc);
create index scenario_run_open on strategy.scenario_run (said_at) where state in ('waiting', 'running');

-- Down Migration
drop table strategy.scenario_run;
drop table strategy.challenge;
drop table strategy.scenario_version;
drop table strategy.snapshot;
drop table strategy.scenario;
