-- Up Migration

-- A voucher may also be given for points: what it is worth is then a cost of the programme.
alter table payments.voucher drop constraint voucher_kind_check;
alter table payments.voucher add constraint voucher_kind_check check (kind in ('store_credit', 'reward'));
alter table payments.ledger_entry drop constraint ledger_entry_account_check;
alter table payments.ledger_entry add constraint ledger_entry_account_check check (
  account in ('receivable', 'sales', 'vat', 'cash', 'card_terminal', 'provider', 'bank', 'voucher', 'loyalty'));

-- Down Migration
delete from payments.ledger_entry e using payments.voucher v where e.order_id = v.id and v.kind = 'reward';
delete from payments.voucher where kind = 'reward';
alter table payments.voucher drop constraint voucher_kind_check;
alter table payments.voucher add constraint voucher_kind_check check (kind in ('store_credit'));
alter table payments.ledger_entry drop constraint ledger_entry_account_check;
alter table payments.ledger_entry add constraint ledger_entry_account_check check (
  account in ('receivable', 'sales', 'vat', 'cash', 'card_terminal', 'provider', 'bank', 'voucher'));
