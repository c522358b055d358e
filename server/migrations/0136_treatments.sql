-- Up Migration

-- How each customer is dealt with: as somebody one knows, or purchase by purchase; and why. Nobody without a row is relational.
create table customers.treatment (
  party_id uuid primary key,
  treatment text not null check (treatment in ('relational', 'transactional')),
  -- A rule decides anew each night; what somebody decided stays until it is released.
  decided_by text not null check (decided_by in ('rule', 'staff')),
  reason text not null check (reason in ('potential', 'below', 'value_fell', 'activity_fell', 'nothing_bought', 'staff')),
  note text,
  actor text,
  since timestamptz not null,
  expected_value_minor bigint,
  active double precision
);

-- Every change of it: rows are only added. With the figures it was decided by, and the limits they were held against.
create table customers.treatment_change (
  party_id uuid not null,
  id uuid not null,
  treatment text not null check (treatment in ('relational', 'transactional')),
  decided_by text not null check (decided_by in ('rule', 'staff')),
  reason text not null,
  note text,
  actor text,
  at timestamptz not null,
  expected_value_minor bigint,
  active double precision,
  limit_value_minor bigint,
  limit_active double precision,
  primary key (party_id, id)
);

-- Down Migration
drop table customers.treatment_change;
drop table customers.treatment;
