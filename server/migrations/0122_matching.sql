-- Up Migration

-- Two customers that may be one, why it is thought so, and what was decided. The smaller id comes first, so that a pair is one row.
create table customers.match (
  party_id uuid not null,
  other_id uuid not null,
  probability double precision not null check (probability between 0 and 1),
  -- Each comparison, its level, and how much it speaks for one person or against, in bits.
  reasons jsonb not null,
  state text not null check (state in ('open', 'later', 'merged', 'not_same')),
  actor text,
  found_at timestamptz not null,
  decided_at timestamptz,
  primary key (party_id, other_id),
  check (party_id < other_id)
);
create index match_waiting on customers.match (state, probability desc, party_id, other_id);

-- Down Migration
drop table customers.match;
