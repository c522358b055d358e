-- Up Migration

-- What each party allowed, refused or wished, by medium and purpose, as a chain: each entry is sealed by a hash over its content
-- and the entry before it, and by a signature with a key of the server. Rows are only added.
create table customers.consent (
  party_id uuid not null,
  sequence integer not null check (sequence > 0),
  id uuid not null,
  act text not null check (act in ('asked', 'granted', 'withdrawn', 'preferred')),
  -- Null: of all.
  medium text,
  purpose text,
  at timestamptz not null,
  -- Canonical JSON, as it was hashed. Whom it concerns is in it as a keyed fingerprint.
  content text not null,
  previous bytea,
  hash bytea not null,
  signature bytea not null,
  key_id text not null,
  -- Where to send what confirms it, until then.
  address text,
  primary key (party_id, sequence)
);

-- Who wants nothing sent, without saying who: a keyed fingerprint of an address, which stays when everything else is erased.
create table customers.opposition (
  fingerprint bytea not null,
  medium text not null,
  purpose text not null,
  at timestamptz not null,
  source text not null,
  lifted_at timestamptz,
  primary key (fingerprint, medium, purpose)
);

-- What a message is for: all that is not service passes the gate of consents before it leaves.
alter table engagement.message add column purpose text not null default 'service', add column party_id uuid;

-- Down Migration
alter table engagement.message drop column purpose, drop column party_id;
drop table customers.opposition;
drop table customers.consent;
