-- Up Migration
-- What is wanted for articles that are sent back: put aside when the return is asked for, sent when it was looked at.
create table orders.return_wish (
  order_id uuid not null,
  request_id uuid not null,
  position integer not null,
  variant_id uuid not null,
  sku text not null,
  name text not null,
  variant_label text not null,
  image_url text,
  quantity integer not null check (quantity > 0),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  vat_basis_points integer not null,
  price_rule text not null,
  place_id uuid not null,
  pool_id uuid not null,
  promise_id uuid not null,
  state text not null check (state in ('held', 'given', 'released')),
  primary key (order_id, request_id, position),
  foreign key (order_id, request_id) references orders.return_request (order_id, id)
);

-- A voucher: money owed to whoever holds its code. What it is worth is the sum of the ledger's entries on its account; the balance
-- is kept beside it so that it is spent by one guarded update.
create table payments.voucher (
  id uuid primary key,
  -- Crockford's base 32, the last of them a check; written without hyphens.
  code text not null unique,
  -- Gift cards, which are bought, may come beside what is given for a return.
  kind text not null check (kind in ('store_credit')),
  issued_minor bigint not null check (issued_minor >= 0),
  balance_minor bigint not null check (balance_minor >= 0),
  currency text not null,
  -- The order and the return it was given for.
  order_id uuid,
  return_id uuid,
  return_number text,
  issued_at timestamptz not null,
  expires_at timestamptz not null
);
create index voucher_order on payments.voucher (order_id) where order_id is not null;

-- What was taken off a voucher for a purchase under way: given back when the purchase never came to be.
create table payments.voucher_hold (
  payment_id uuid primary key,
  voucher_id uuid not null references payments.voucher,
  amount_minor bigint not null check (amount_minor > 0),
  held_at timestamptz not null
);
create index voucher_hold_age on payments.voucher_hold (held_at);

alter table payments.payment drop constraint payment_method_check;
alter table payments.payment add constraint payment_method_check
  check (method in ('online_card', 'cash', 'terminal_card', 'on_account', 'bank_transfer', 'voucher'));
alter table payments.ledger_entry drop constraint ledger_entry_account_check;
alter table payments.ledger_entry add constraint ledger_entry_account_check
  check (account in ('receivable', 'sales', 'vat', 'cash', 'card_terminal', 'provider', 'bank', 'voucher'));
-- Whose account it is, where an account is one of many of its kind: the voucher.
alter table payments.ledger_entry add column holder uuid;

-- Down Migration
alter table payments.ledger_entry drop column holder;
alter table payments.ledger_entry drop constraint ledger_entry_account_check;
alter table payments.ledger_entry add constraint ledger_entry_account_check
  check (account in ('receivable', 'sales', 'vat', 'cash', 'card_terminal', 'provider', 'bank'));
alter table payments.payment drop constraint payment_method_check;
alter table payments.payment add constraint payment_method_check
  check (method in ('online_card', 'cash', 'terminal_card', 'on_account', 'bank_transfer'));
drop table payments.voucher_hold;
drop table payments.voucher;
drop table orders.return_wish;
