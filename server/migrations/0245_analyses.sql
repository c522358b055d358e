-- Up Migration

-- A question asked of the firm's figures: what was read to answer it, by which engine, from which seed, and what came out, to the byte.
create table strategy.analysis (
  id uuid primary key,
  kind text not null,
  question jsonb not null,
  -- The one whose input this one was computed from again.
  replays_id uuid references strategy.analysis (id),
  engine_version text not null,
  seed integer not null,
  -- What the engine was given; read once, by who works on it first.
  input text,
  input_hash text check (input_hash ~ '^[0-9a-f]{64}$'),
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  cancel_requested boolean not null default false,
  progress real not null default 0 check (progress between 0 and 1),
  -- Who works on it, and when it last said something; how many took it up.
  runner uuid,
  said_at timestamptz,
  attempts integer not null default 0,
  problem jsonb,
  -- JSON, kept as it was written.
  results text,
  results_hash text check (results_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null,
  created_by text,
  started_at timestamptz,
  finished_at timestamptz,
  check ((input is null) = (input_hash is null)),
  check ((state = 'done') = (results is not null)),
  check ((results is null) = (results_hash is null))
);
create index analysis_kind on strategy.analysis (kind, id desc);
create index analysis_open on strategy.analysis (said_at) where state in ('waiting', 'running');

-- Down Migration
drop table strategy.analysis;
