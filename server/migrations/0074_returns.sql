-- Up Migration
-- A return that was asked for: its goods are awaited, then in the house, then decided. The decision writes an `order_return` of the
-- same id, which is what moved money and stock.
create table orders.return_request (
  order_id uuid not null references orders.sales_order,
  id uuid not null,
  number text not null,
  state text not null check (state in ('asked', 'received', 'closed', 'cancelled')),
  asked_by text not null check (asked_by in ('customer', 'staff')),
  asked_at timestamptz not null,
  -- Until when it is waited for.
  expires_at timestamptz not null,
  -- The last moment money may be given back, when the buyer changed their mind.
  refund_due_at timestamptz,
  site_id uuid references channels.site,
  received_at timestamptz,
  closed_at timestamptz,
  end_reason text,
  actor text,
  primary key (order_id, id),
  check ((state in ('asked', 'received')) = (closed_at is null)),
  check (state <> 'received' or received_at is not null)
);
create index return_request_id on orders.return_request (id);
create index return_request_asked on orders.return_request (asked_at desc, id desc);
create index return_request_number on orders.return_request (number);
create index return_request_waiting on orders.return_request (expires_at) where state = 'asked';

-- What comes back, as asked for; an inspection writes its lines anew, each with what was found.
create table orders.return_request_line (
  order_id uuid not null,
  request_id uuid not null,
  position integer not null,
  line_id uuid not null,
  quantity integer not null check (quantity > 0),
  reason text not null,
  comment text,
  condition text check (condition in ('as_new', 'opened', 'damaged', 'incomplete', 'wrong_article')),
  disposition text check (disposition in ('restock', 'refurbish', 'supplier', 'scrap', 'send_back')),
  deduction_minor bigint check (deduction_minor > 0),
  deduction_reason text,
  note text,
  primary key (order_id, request_id, position),
  foreign key (order_id, request_id) references orders.return_request (order_id, id),
  foreign key (order_id, line_id) references orders.order_line (order_id, id),
  check ((deduction_minor is null) = (deduction_reason is null))
);

alter table orders.return_line
  drop constraint return_line_disposition_check,
  add constraint return_line_disposition_check
    check (disposition in ('restock', 'inspect', 'refurbish', 'supplier', 'scrap')),
  add column condition text check (condition in ('as_new', 'opened', 'damaged', 'incomplete', 'wrong_article')),
  add column deduction_minor bigint check (deduction_minor > 0),
  add column deduction_reason text,
  add constraint return_line_deduction check ((deduction_minor is null) = (deduction_reason is null));

-- Down Migration
alter table orders.return_line
  drop constraint return_line_deduction,
  drop column deduction_reason,
  drop column deduction_minor,
  drop column condition,
  drop constraint return_line_disposition_check,
  add constraint return_line_disposition_check check (disposition in ('restock', 'inspect', 'scrap'));
drop table orders.return_request_line;
drop table orders.return_request;
