-- Up Migration
-- The floor every module stands on: events waiting to be relayed, answers already given, and facts about this installation.

create schema if not exists kernel;
create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- One row per event, written in the transaction of the change it tells. The sequence counts within one aggregate; two
-- transactions that take the same one cannot both commit, so whoever reads in sequence reads in the order of commits.
create table kernel.outbox (
  aggregate_id uuid not null,
  sequence integer not null check (sequence > 0),
  id uuid not null,
  type text not null,
  version integer not null,
  payload jsonb not null,
  channel_code text,
  actor text,
  trace_id text,
  occurred_at timestamptz not null,
  relayed_at timestamptz,
  primary key (aggregate_id, sequence)
);
create index outbox_waiting on kernel.outbox (id) where relayed_at is null;
create index outbox_log on kernel.outbox (id);

-- An event one subscriber could not take. Later events of the same aggregate wait behind it, for that subscriber only.
create table kernel.parked_event (
  subscriber text not null,
  aggregate_id uuid not null,
  sequence integer not null,
  attempts integer not null,
  next_attempt_at timestamptz not null,
  last_error text not null,
  primary key (subscriber, aggregate_id, sequence)
);
create index parked_event_due on kernel.parked_event (next_attempt_at);

-- Answers to requests that carried an Idempotency-Key, stored in the transaction of their effect.
create table kernel.idempotency_key (
  scope text not null,
  key text not null,
  request_hash bytea not null,
  status integer not null,
  response jsonb not null,
  created_at timestamptz not null,
  primary key (scope, key)
);
create index idempotency_key_age on kernel.idempotency_key (created_at);

create table kernel.setting (
  name text primary key,
  value jsonb not null
);

-- Down Migration
drop schema kernel cascade;
