-- Up Migration

-- How far a mailbox was read: nobody's flags are touched, so that people may read it too.
create table engagement.mailbox (
  name text primary key,
  uid_validity text not null,
  last_uid bigint not null
);

-- Addresses that do not exist, as those who carry mail told: nothing is sent to them until somebody lifts it.
create table engagement.dead_address (
  address text primary key check (address = lower(address)),
  since timestamptz not null,
  reason text not null,
  message_id uuid,
  lifted_at timestamptz,
  lifted_by text
);
create index dead_address_log on engagement.dead_address (since desc, address desc) where lifted_at is null;

-- Calls to make: somebody asked to be called back, or is in a segment that is called; each try and what came of it.
create table engagement.call (
  party_id uuid not null,
  id uuid not null,
  -- Who asked for it: the person, provably, or the firm.
  asked boolean not null,
  purpose text not null check (purpose in ('service', 'marketing', 'survey')),
  about text not null,
  script text not null default '',
  segment_id uuid,
  -- `claimed`: somebody is on it, until then.
  state text not null check (state in ('open', 'done', 'given_up')),
  not_before timestamptz not null,
  claimed_by text,
  claimed_until timestamptz,
  created_at timestamptz not null,
  created_by text,
  closed_at timestamptz,
  outcome text,
  primary key (party_id, id),
  constraint call_of_segment unique (party_id, segment_id)
);
create index call_due on engagement.call (not_before, id) where state = 'open';

create table engagement.call_attempt (
  party_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('reached', 'no_answer', 'call_back', 'appointment', 'refused', 'wrong_number')),
  note text not null default '',
  actor text,
  primary key (party_id, id)
);

-- Down Migration
drop table engagement.call_attempt;
drop table engagement.call;
drop table engagement.dead_address;
drop table engagement.mailbox;
