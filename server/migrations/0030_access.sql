-- Up Migration
create schema access;

-- Everyone who can sign in: customers and staff.
create table access.account (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  email_verified boolean not null default false,
  image text,
  locale text not null default 'fr' check (locale in ('fr', 'en')),
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- How an account proves who it is. Only passwords today (`credential`); the provider's name keeps the place of others.
create table access.credential (
  id uuid primary key,
  account_id uuid not null references access.account on delete cascade,
  provider text not null,
  provider_account_id text not null,
  password_hash text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider, provider_account_id)
);
create index credential_account on access.credential (account_id);

create table access.session (
  id uuid primary key,
  token text not null unique,
  account_id uuid not null references access.account on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index session_account on access.session (account_id);
create index session_expiry on access.session (expires_at);

create table access.staff (
  account_id uuid primary key references access.account on delete cascade,
  role text not null check (role in ('administrator', 'shop_manager', 'clerk')),
  active boolean not null default true,
  -- False: only the shops in staff_site. An administrator is never kept to some shops.
  every_site boolean not null,
  created_at timestamptz not null,
  last_seen_at timestamptz,
  check (role <> 'administrator' or every_site)
);

create table access.staff_site (
  account_id uuid not null references access.staff on delete cascade,
  site_id uuid not null references channels.site,
  primary key (account_id, site_id)
);

-- The secret itself is shown once and never stored. It has 256 random bits, so one round of SHA-256 is enough.
create table access.api_key (
  id uuid primary key,
  name text not null,
  prefix text not null,
  secret_hash bytea not null unique,
  scopes text[] not null check (cardinality(scopes) > 0),
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);

-- Attempts counted against guessing. A bucket is a keyed hash: it names neither the address nor the person.
create table access.attempt (
  bucket bytea primary key,
  count integer not null,
  window_started_at timestamptz not null
);

-- Down Migration
drop schema access cascade;
