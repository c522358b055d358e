-- Up Migration

-- Visits a representative is to make: why, what to ask, when; and what came of each.
create table engagement.sales_visit (
  party_id uuid not null,
  id uuid not null,
  about text not null,
  questions text not null default '',
  visit_on date not null,
  state text not null check (state in ('open', 'done', 'given_up')),
  created_at timestamptz not null,
  created_by text,
  closed_at timestamptz,
  closed_by text,
  outcome text check (outcome in ('ordered', 'interested', 'not_now', 'absent', 'refused', 'wrong_address')),
  note text not null default '',
  primary key (party_id, id),
  check ((state = 'open') = (closed_at is null)),
  check ((state = 'open') = (outcome is null))
);
create index sales_visit_due on engagement.sales_visit (visit_on, id) where state = 'open';

-- Down Migration
drop table engagement.sales_visit;
