-- Up Migration
create schema payments;

create table payments.payment (
  order_id uuid not null,
  id uuid not null,
  method text not null check (method in ('online_card', 'cash', 'terminal_card')),
  provider text not null,
  -- The provider's own name for it, and the key we call it with: the same key twice is the same payment.
  provider_reference text,
  state text not null check (state in ('pending', 'challenge', 'authorised', 'captured', 'declined', 'voided', 'failed')),
  amount_minor bigint not null check (amount_minor >= 0),
  currency text not null,
  attempts integer not null default 0,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (order_id, id)
);
create index payment_unsettled on payments.payment (created_at) where state in ('pending', 'challenge', 'authorised');

create table payments.refund (
  order_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  return_id uuid,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  state text not null check (state in ('pending', 'refunded', 'failed')),
  provider_reference text,
  attempts integer not null default 0,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (order_id, id),
  foreign key (order_id, payment_id) references payments.payment (order_id, id)
);
create index refund_waiting on payments.refund (created_at) where state = 'pending';

-- Double entry (primitive 8): the entries of one transfer sum to zero; a balance is a sum; a correction is a new transfer.
create table payments.ledger_entry (
  order_id uuid not null,
  transfer_id uuid not null,
  position integer not null,
  account text not null check (account in ('receivable', 'sales', 'vat', 'cash', 'card_terminal', 'provider')),
  amount_minor bigint not null,
  currency text not null,
  -- The event that caused it: one event books once.
  cause text not null,
  booked_at timestamptz not null,
  primary key (order_id, transfer_id, position)
);

-- What the local test provider remembers, as a bank would on its side.
create table payments.test_authorisation (
  payment_id uuid primary key,
  amount_minor bigint not null,
  outcome text not null check (outcome in ('authorised', 'declined', 'challenge', 'silent')),
  return_url text not null,
  asked_at timestamptz not null,
  answered_at timestamptz
);

-- Down Migration
drop schema payments cascade;
