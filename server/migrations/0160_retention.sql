-- Up Migration

-- How long people who are not heard of any more are kept, as the firm decided it: rows are only added.
create table rights.retention_rule (
  version integer primary key check (version > 0),
  rule jsonb not null,
  since timestamptz not null,
  actor text
);

-- Each night's look at everybody, a page at a time: what it found so far and where it goes on after it was cut short. When the rule
-- is not switched on, nothing is done of what it finds.
create table rights.retention_run (
  id uuid primary key,
  live boolean not null,
  version integer not null,
  -- The last customer that was looked at.
  last_party_id uuid,
  counts jsonb not null default '{}',
  started_at timestamptz not null,
  done_at timestamptz
);
create index retention_run_started on rights.retention_run (started_at desc);
create unique index retention_run_open on rights.retention_run ((done_at is null)) where done_at is null;

-- Who is about to be erased because they were not heard of: why, when, and whether they were told.
create table rights.retention_case (
  party_id uuid primary key,
  id uuid not null unique,
  category text not null check (category in ('prospect', 'customer')),
  -- planned: the rule is not switched on; kept: they said they want to stay.
  state text not null check (state in ('planned', 'announced', 'waiting', 'held', 'erasing', 'kept')),
  last_act_kind text,
  last_act_on date not null,
  erase_on date not null,
  announced_on date,
  obstacles text[] not null default '{}',
  request_id uuid,
  run_id uuid not null,
  locale text not null check (locale in ('fr', 'en')),
  kept_at timestamptz,
  updated_at timestamptz not null
);
create index retention_case_when on rights.retention_case (erase_on, party_id);

-- Who must not be erased, as somebody of the team decided: a dispute, what is unpaid elsewhere, a claim at law.
create table rights.hold (
  id uuid primary key,
  party_id uuid not null,
  reason text not null check (reason in ('dispute', 'unpaid', 'claim')),
  note text not null,
  since timestamptz not null,
  actor text,
  released_at timestamptz,
  released_by text
);
create index hold_party on rights.hold (party_id);

-- Down Migration
drop table rights.hold;
drop table rights.retention_case;
drop table rights.retention_run;
drop table rights.retention_rule;
