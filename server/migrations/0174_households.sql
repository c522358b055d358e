-- Up Migration

-- Who lives with whom, as somebody said: of the party it was said of, so that a merge that is taken back takes it along.
create table customers.household_event (
  party_id uuid not null,
  id uuid not null,
  household_id uuid not null,
  act text not null check (act in ('joined', 'left')),
  source text not null check (source in ('proposal', 'staff')),
  actor text,
  at timestamptz not null,
  primary key (party_id, id)
);

-- What follows from it, of whoever stands by themselves: nobody lives in two households.
create table customers.household_member (
  party_id uuid primary key,
  household_id uuid not null,
  since timestamptz not null
);
create index household_member_together on customers.household_member (household_id);

-- Two who may live together: somebody says.
create table customers.household_proposal (
  party_id uuid not null,
  other_id uuid not null,
  score double precision not null check (score between 0 and 1),
  -- What speaks for it, and how much of the doubt each leaves.
  reasons jsonb not null,
  state text not null check (state in ('open', 'later', 'confirmed', 'apart')),
  actor text,
  found_at timestamptz not null,
  decided_at timestamptz,
  -- What was noted when it was confirmed, so that it can be taken back.
  event_ids uuid[] not null default '{}',
  primary key (party_id, other_id),
  check (party_id < other_id)
);
create index household_proposal_waiting on customers.household_proposal (state, score desc, party_id, other_id);

-- Down Migration
drop table customers.household_proposal;
drop table customers.household_member;
drop table customers.household_event;
