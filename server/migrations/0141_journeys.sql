-- Up Migration

create table engagement.journey (
  id uuid primary key,
  name text not null check (char_length(name) between 1 and 100),
  description text not null default '',
  kind text not null check (kind in ('campaign', 'journey')),
  state text not null check (state in ('draft', 'running', 'paused', 'stopped')),
  state_reason text,
  state_at timestamptz not null,
  state_by text,
  -- The draft; what runs is a version.
  graph jsonb not null,
  settings jsonb not null,
  -- Grows with each change of the draft.
  revision integer not null default 1 check (revision > 0),
  published_version integer,
  published_revision integer,
  published_at timestamptz,
  -- Of the version that takes people in.
  priority integer not null default 50,
  budget_micro bigint check (budget_micro >= 0),
  spent_micro bigint not null default 0 check (spent_micro >= 0),
  -- When a segment is next taken in, and after whom that goes on.
  intake_at timestamptz,
  intake_after uuid,
  entered_count integer not null default 0,
  inside_count integer not null default 0 check (inside_count >= 0),
  goal_count integer not null default 0,
  created_at timestamptz not null,
  created_by text,
  updated_at timestamptz not null,
  check ((state = 'draft') = (published_version is null)),
  constraint journey_budget check (budget_micro is null or spent_micro <= budget_micro)
);
create index journey_intake on engagement.journey (intake_at) where intake_at is not null;

-- Never changed: people stay in the version they entered, unless they are moved into a corrected one.
create table engagement.journey_version (
  journey_id uuid not null references engagement.journey (id),
  version integer not null check (version > 0),
  graph jsonb not null,
  settings jsonb not null,
  published_at timestamptz not null,
  published_by text,
  primary key (journey_id, version)
);

-- One person on one way through a journey: where they are, since when, and when they are next looked at.
create table engagement.journey_participant (
  party_id uuid not null,
  id uuid not null,
  journey_id uuid not null references engagement.journey (id),
  -- What brought them: the same brings them once.
  occasion text not null,
  version integer not null,
  node_id text not null,
  -- How many nodes they have left.
  visit integer not null default 0 check (visit >= 0),
  state text not null check (state in ('inside', 'done', 'goal', 'stopped', 'merged')),
  reason text not null,
  -- What they were drawn into when they entered: never contacted, so that the others can be compared with them.
  held_out boolean not null,
  entered_at timestamptz not null,
  since timestamptz not null,
  next_at timestamptz,
  -- Kinds of interactions that make them be looked at before.
  hears text[] not null default '{}',
  -- The cell of each test they came by.
  cells jsonb not null default '{}',
  -- Until when what they do counts for the goal; when they reached it, and what it was worth.
  goal_until timestamptz,
  goal_at timestamptz,
  value_minor bigint not null default 0,
  contacts integer not null default 0,
  cost_micro bigint not null default 0 check (cost_micro >= 0),
  primary key (party_id, id),
  constraint journey_once unique (party_id, journey_id, occasion),
  check ((state = 'inside') = (next_at is not null))
);
create index journey_due on engagement.journey_participant (journey_id, next_at) where state = 'inside';
create index journey_people on engagement.journey_participant (journey_id, id desc);
create index journey_goals on engagement.journey_participant (party_id, goal_until) where goal_until is not null;

-- Every node somebody left: once for each visit, whatever dies when.
create table engagement.journey_step (
  party_id uuid not null,
  participant_id uuid not null,
  visit integer not null,
  journey_id uuid not null references engagement.journey (id),
  version integer not null,
  node_id text not null,
  port text not null,
  at timestamptz not null,
  primary key (party_id, participant_id, visit)
);

-- What happened at each node, counted as it happens.
create table engagement.journey_count (
  journey_id uuid not null references engagement.journey (id),
  node_id text not null,
  what text not null,
  key text not null,
  n bigint not null,
  primary key (journey_id, node_id, what, key)
);

-- Down Migration
drop table engagement.journey_count;
drop table engagement.journey_step;
drop table engagement.journey_participant;
drop table engagement.journey_version;
drop table engagement.journey;
