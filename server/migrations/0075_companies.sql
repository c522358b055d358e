-- Up Migration
-- A company is a party that has people, places and rules of its own. Its id is its party's.
create table customers.company (
  id uuid primary key,
  -- How we call it in our books; the party's reference.
  number text not null unique,
  name text not null,
  trade_name text,
  country text not null default 'FR',
  -- Formally right: no register was asked.
  siren text check (siren ~ '^[0-9]{9}$'),
  vat_number text,
  email text,
  phone text,
  locale text not null check (locale in ('fr', 'en')),
  -- Code of the price list it buys from; null: the channel's own prices.
  price_list text,
  -- Whether an order must name the buyer's own purchase order.
  reference_required boolean not null default false,
  active boolean not null default true,
  sort_name text not null,
  search text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index company_by_name on customers.company (sort_name, id);

-- Where a company has goods delivered.
create table customers.company_site (
  id uuid primary key,
  company_id uuid not null references customers.company,
  name text not null,
  siret text check (siret ~ '^[0-9]{14}$'),
  address jsonb not null,
  contact_name text,
  contact_email text,
  contact_phone text,
  instructions text not null default '',
  -- What may be ordered for this site in a month without approval; null: no limit.
  month_limit_minor bigint check (month_limit_minor >= 0),
  active boolean not null default true,
  created_at timestamptz not null
);
create index company_site_of on customers.company_site (company_id, created_at);

-- Who buys for a company. A person may belong to several; an invitation becomes a membership when it is accepted.
create table customers.company_member (
  id uuid primary key,
  company_id uuid not null references customers.company,
  email text not null check (email = lower(email)),
  name text not null,
  locale text not null check (locale in ('fr', 'en')),
  role text not null check (role in ('buyer', 'approver', 'administrator')),
  state text not null check (state in ('invited', 'active', 'removed')),
  account_id text,
  -- The secret of the invitation is in the e-mail; here is its hash.
  token_hash bytea,
  token_expires_at timestamptz,
  -- The sites they order for; none named: all.
  site_ids uuid[] not null default '{}',
  -- What they may order without approval, at once and in a month; null: no limit.
  order_limit_minor bigint check (order_limit_minor >= 0),
  month_limit_minor bigint check (month_limit_minor >= 0),
  created_at timestamptz not null,
  joined_at timestamptz,
  removed_at timestamptz,
  check (state <> 'active' or account_id is not null)
);
create unique index company_member_email on customers.company_member (company_id, email) where state <> 'removed';
create unique index company_member_account on customers.company_member (account_id, company_id) where state = 'active';
create unique index company_member_token on customers.company_member (token_hash) where token_hash is not null;

-- Who approves what goes over a limit, in this order, each from an amount on.
create table customers.approval_rule (
  company_id uuid not null references customers.company,
  position integer not null,
  from_minor bigint not null check (from_minor >= 0),
  member_id uuid not null references customers.company_member,
  primary key (company_id, position)
);

-- An API key may be a company's own: it buys for that company and for nobody else.
alter table access.api_key add column company_id uuid;

-- Which company an order is for. Beside the order: other purchases write nothing more.
create table orders.company_order (
  order_id uuid primary key references orders.sales_order,
  company_id uuid not null references customers.company,
  site_id uuid references customers.company_site,
  -- Null when it was bought by staff or by a key of the company.
  member_id uuid references customers.company_member,
  buyer_name text not null,
  -- EN 16931: BT-13, the buyer's own order; BT-10, what routes the invoice at the buyer's.
  purchase_reference text,
  buyer_reference text,
  request_id uuid,
  placed_at timestamptz not null
);
create index company_order_of on orders.company_order (company_id, placed_at desc, order_id desc);

-- A purchase that waits for approval: a cart whose prices and goods are kept, and what is to be ordered from it. It has the
-- cart's id, so that it becomes one order at the most.
create table orders.purchase_request (
  id uuid primary key references orders.cart,
  number text not null,
  company_id uuid not null references customers.company,
  site_id uuid references customers.company_site,
  member_id uuid references customers.company_member,
  requester_name text not null,
  channel_code text not null,
  state text not null check (state in ('waiting', 'approved', 'refused', 'withdrawn', 'expired')),
  -- Why it needs approval.
  causes text[] not null,
  purchase json not null,
  total_minor bigint not null,
  vat_minor bigint not null,
  reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null
);
create index purchase_request_of on orders.purchase_request (company_id, created_at desc, id desc);
create index purchase_request_open on orders.purchase_request (expires_at) where state in ('waiting', 'approved');

create table orders.approval_step (
  request_id uuid not null references orders.purchase_request,
  position integer not null,
  -- Null: any approver or administrator of the company.
  member_id uuid references customers.company_member,
  state text not null check (state in ('waiting', 'approved', 'refused')),
  decided_by text,
  decided_at timestamptz,
  reason text,
  primary key (request_id, position)
);

-- What may still be spent without approval is promised only once as well: a month of a buyer or of a site, in minor units.
alter table promises.pool drop constraint pool_kind_check;
alter table promises.pool add constraint pool_kind_check
  check (kind in ('stock', 'window', 'bay', 'fitting_room', 'appointment', 'seat', 'booking_class', 'spending', 'credit'));
alter table orders.order_promise drop constraint order_promise_kind_check;
alter table orders.order_promise add constraint order_promise_kind_check
  check (kind in ('window', 'bay', 'fitting_room', 'appointment', 'seat', 'booking_class', 'spending', 'credit'));

-- Down Migration
alter table orders.order_promise drop constraint order_promise_kind_check;
alter table orders.order_promise add constraint order_promise_kind_check
  check (kind in ('window', 'bay', 'fitting_room', 'appointment', 'seat', 'booking_class'));
alter table promises.pool drop constraint pool_kind_check;
alter table promises.pool add constraint pool_kind_check
  check (kind in ('stock', 'window', 'bay', 'fitting_room', 'appointment', 'seat', 'booking_class'));
drop table orders.approval_step;
drop table orders.purchase_request;
drop table orders.company_order;
alter table access.api_key drop column company_id;
drop table customers.approval_rule;
drop table customers.company_member;
drop table customers.company_site;
drop table customers.company;
