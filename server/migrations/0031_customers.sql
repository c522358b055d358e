-- Up Migration
create schema customers;

-- What was learned about a person or a company, when and from where. Rows are only added: a profile is what the latest of
-- each kind say, so it can be computed again, and a merge undone.
create table customers.identification (
  party_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('account', 'email', 'phone', 'reference', 'name', 'locale', 'address')),
  -- E-mail in lower case, telephone as E.164, address as JSON text.
  value text not null,
  source text not null,
  recorded_at timestamptz not null,
  primary key (party_id, id)
);
create index identification_latest on customers.identification (party_id, kind, recorded_at desc, id desc);

-- The profile: a projection of the above.
create table customers.party (
  id uuid primary key,
  kind text not null check (kind in ('person', 'company')),
  name text not null,
  email text,
  phone text,
  address jsonb,
  locale text not null check (locale in ('fr', 'en')),
  account_id text,
  reference text,
  -- The name without accents or capitals, for sorting; and with e-mail and telephone, for searching.
  sort_name text not null,
  search text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index party_by_name on customers.party (sort_name, id);
create index party_search on customers.party using gin (search gin_trgm_ops);

-- Which party an identifier leads to: at most one, whoever came first. Without `party_id` it was looked at and nobody
-- took it. `phone_name` is a telephone together with a name, for people who gave nothing better.
create table customers.party_key (
  kind text not null check (kind in ('account', 'email', 'reference', 'phone_name')),
  value text not null,
  party_id uuid,
  primary key (kind, value)
);

-- Down Migration
drop schema customers cascade;
