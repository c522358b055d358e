-- Up Migration
-- What is sold on account is owed until it is paid by transfer: the order's receivable in the ledger.
alter table payments.payment drop constraint payment_method_check;
alter table payments.payment add constraint payment_method_check
  check (method in ('online_card', 'cash', 'terminal_card', 'on_account', 'bank_transfer'));
alter table payments.payment drop constraint payment_state_check;
alter table payments.payment add constraint payment_state_check
  check (state in ('pending', 'challenge', 'authorised', 'captured', 'declined', 'voided', 'failed', 'due'));
alter table payments.ledger_entry drop constraint ledger_entry_account_check;
alter table payments.ledger_entry add constraint ledger_entry_account_check
  check (account in ('receivable', 'sales', 'vat', 'cash', 'card_terminal', 'provider', 'bank'));

-- What comes back of an order on account that is not paid yet is credited: no money moves.
alter table payments.refund drop constraint refund_state_check;
alter table payments.refund add constraint refund_state_check check (state in ('pending', 'refunded', 'failed', 'credited'));

-- Who may buy on account, until when it is to be paid, and up to how much in all.
create table payments.credit_account (
  -- A company.
  party_id uuid primary key,
  terms text not null check (terms in ('net_30', 'net_45', 'net_60', 'end_of_month', 'net_30_end_of_month', 'net_45_end_of_month')),
  -- Null: no limit.
  limit_minor bigint check (limit_minor >= 0),
  -- What becomes of an order that goes over it: refused, or put before our staff.
  over_limit text not null check (over_limit in ('refuse', 'ask')),
  -- Days late from which nothing more is sold on account; null: never.
  block_after_days integer check (block_after_days >= 0),
  -- By hand.
  blocked boolean not null default false,
  updated_at timestamptz not null
);

-- When an order on account is to be paid. Set from the day it was placed, until an invoice says another.
alter table orders.company_order add column due_on date;
create index company_order_due on orders.company_order (due_on) where due_on is not null;

-- A step may be ours: credit over the limit is for our staff to grant.
alter table orders.approval_step add column by_staff boolean not null default false;

-- Down Migration
alter table orders.approval_step drop column by_staff;
drop index orders.company_order_due;
alter table orders.company_order drop column due_on;
drop table payments.credit_account;
alter table payments.refund drop constraint refund_state_check;
alter table payments.refund add constraint refund_state_check check (state in ('pending', 'refunded', 'failed'));
alter table payments.ledger_entry drop constraint ledger_entry_account_check;
alter table payments.ledger_entry add constraint ledger_entry_account_check
  check (account in ('receivable', 'sales', 'vat', 'cash', 'card_terminal', 'provider'));
alter table payments.payment drop constraint payment_state_check;
alter table payments.payment add constraint payment_state_check
  check (state in ('pending', 'challenge', 'authorised', 'captured', 'declined', 'voided', 'failed'));
alter table payments.payment drop constraint payment_method_check;
alter table payments.payment add constraint payment_method_check
  check (method in ('online_card', 'cash', 'terminal_card'));
