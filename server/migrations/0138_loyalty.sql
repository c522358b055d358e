-- Up Migration

-- Accounts of the ledger of what is owed to holders: each in one unit, an owner's (a member, later a gift card, a seller, a partner) or
-- the house's.
create table payments.account_kind (
  code text primary key,
  unit text not null,
  side text not null check (side in ('owner', 'house')),
  unique (code, unit)
);
insert into payments.account_kind (code, unit, side) values
  ('points', 'point', 'owner'),
  ('points_pending', 'point', 'owner'),
  ('points_given', 'point', 'house'),
  ('points_spent', 'point', 'house'),
  ('points_expired', 'point', 'house'),
  ('points_adjusted', 'point', 'house');

-- One row moves an amount from an account to another, both in its unit: whatever is written sums to zero. Rows are only added.
create table payments.transfer (
  owner_id uuid not null,
  id uuid not null,
  from_account text not null,
  to_account text not null,
  unit text not null,
  amount bigint not null check (amount > 0),
  cause text not null,
  -- What it is about: an order, a voucher.
  subject_id uuid,
  -- What was given at one time and ends at one time; null takes from whatever ends first.
  lot_id uuid,
  expires_at timestamptz,
  note text,
  actor text,
  booked_at timestamptz not null,
  primary key (owner_id, id),
  foreign key (from_account, unit) references payments.account_kind (code, unit),
  foreign key (to_account, unit) references payments.account_kind (code, unit),
  check (from_account <> to_account)
);
create index transfer_ending on payments.transfer (expires_at) where expires_at is not null;

create schema loyalty;

create table loyalty.programme (
  version integer primary key check (version > 0),
  rule jsonb not null,
  since timestamptz not null,
  actor text
);

create table loyalty.membership (
  party_id uuid primary key,
  card_number text not null,
  joined_at timestamptz not null,
  channel_code text,
  actor text,
  -- As last looked at; what counts is computed from the purchases.
  tier text
);
create index membership_joined on loyalty.membership (joined_at desc, party_id);

-- What an order earns, as last counted; the ledger holds the points.
create table loyalty.earning (
  order_id uuid primary key,
  party_id uuid not null,
  version integer not null references loyalty.programme (version),
  tier_percent integer not null check (tier_percent >= 100),
  placed_at timestamptz not null,
  kept_minor bigint not null default 0 check (kept_minor >= 0),
  points bigint not null default 0 check (points >= 0),
  -- When the points become active; null while that is not known.
  matures_at timestamptz,
  active boolean not null default false
);
create index earning_party on loyalty.earning (party_id, placed_at);
create index earning_due on loyalty.earning (matures_at) where not active and matures_at is not null;

-- Down Migration
drop schema loyalty cascade;
drop table payments.transfer;
drop table payments.account_kind;
