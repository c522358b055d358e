-- Up Migration

-- Members of staff who look after customers: the languages they speak, the categories of goods they know, how many they take.
create table service.adviser (
  account_id uuid primary key,
  languages text[] not null check (cardinality(languages) > 0),
  category_codes text[] not null,
  most_customers integer not null check (most_customers between 1 and 10000),
  active boolean not null,
  updated_at timestamptz not null
);

-- Who looks after whom, and why they were chosen. Without an account: somebody decided that nobody does.
create table service.advised (
  party_id uuid primary key,
  account_id uuid,
  reason jsonb,
  actor text,
  at timestamptz not null
);
create index advised_by on service.advised (account_id, party_id) where account_id is not null;

-- Those an adviser can be found for, without reading everybody.
create index party_with_account on customers.party (id) where account_id is not null and survivor_id is null;

-- Down Migration
drop index customers.party_with_account;
drop table service.advised;
drop table service.adviser;
