-- Up Migration
-- What companies that buy from a list pay: a fixed price, or less than what the channel asks; of an article, a product, a category
-- or everything; from a quantity on, in a channel, for a time. The nearest entry counts, then that of the largest quantity.
create table pricing.price_rule (
  id uuid primary key,
  price_list_id uuid not null references pricing.price_list on delete cascade,
  variant_id uuid references catalog.variant on delete cascade,
  product_id uuid references catalog.product on delete cascade,
  category_id uuid references catalog.category on delete cascade,
  -- Null: every channel.
  channel_id uuid references channels.channel on delete cascade,
  min_quantity integer not null default 1 check (min_quantity between 1 and 9999),
  amount_minor bigint check (amount_minor >= 0),
  percent_basis_points integer check (percent_basis_points between 1 and 10000),
  -- Days of the company, the last one included.
  valid_from date,
  valid_until date,
  changed_at timestamptz not null,
  changed_by text,
  check (num_nonnulls(variant_id, product_id, category_id) <= 1),
  check (num_nonnulls(amount_minor, percent_basis_points) = 1),
  check (valid_until >= valid_from),
  unique nulls not distinct (price_list_id, variant_id, product_id, category_id, channel_id, min_quantity, valid_from, valid_until)
);
create index price_rule_variant on pricing.price_rule (variant_id) where variant_id is not null;
create index price_rule_product on pricing.price_rule (product_id) where product_id is not null;
create index price_rule_category on pricing.price_rule (category_id) where category_id is not null;

-- Whom the buyer's books charge (EN 16931, BT-19).
alter table orders.company_order add column cost_centre text;

-- Who sells, as documents name them: one row.
create table channels.legal_entity (
  one boolean primary key default true check (one),
  name text not null,
  siren text,
  siret text,
  vat_number text,
  address json,
  email text,
  changed_at timestamptz not null,
  changed_by text
);

-- A supplier as documents name it; orders know it by this name.
create table inventory.supplier (
  name text primary key,
  siren text,
  siret text,
  vat_number text,
  email text,
  changed_at timestamptz not null,
  changed_by text
);

-- An order whose goods the supplier sends to a customer directly: the preparation it serves, and where it goes. Nothing of it comes to us.
alter table inventory.supplier_order
  add column direct_for uuid unique,
  add column direct_order_id uuid,
  add column ship_to json,
  add column supplier_reference text;

-- What suppliers answered to orders: each document once.
create table inventory.supplier_document (
  supplier_order_id uuid not null references inventory.supplier_order,
  kind text not null check (kind in ('order_response', 'despatch_advice')),
  document_id text not null,
  issued_on date,
  -- What it changed, in the words of the document: code, and line by line units and days.
  content json not null,
  received_at timestamptz not null,
  received_by text,
  primary key (supplier_order_id, kind, document_id)
);

-- What goes to customers directly never comes to a place.
create or replace view inventory.inbound as
  select l.variant_id, o.place_id, 'supplier_order' as kind, o.supplier_order_id as document_id, o.number, o.supplier_name as sender,
         (l.ordered_units - l.received_units)::int as units, l.expected_on
  from inventory.supplier_order o join inventory.supplier_order_line l using (supplier_order_id)
  where o.state = 'ordered' and l.ordered_units > l.received_units and o.direct_for is null
  union all
  select l.variant_id, t.to_place_id, 'transfer', t.transfer_id, t.number, f.name, l.sent_units, t.expected_on
  from inventory.transfer t join inventory.transfer_line l using (transfer_id)
  join inventory.place f on f.id = t.from_place_id
  where t.state = 'sent' and l.sent_units > 0;

-- Down Migration
create or replace view inventory.inbound as
  select l.variant_id, o.place_id, 'supplier_order' as kind, o.supplier_order_id as document_id, o.number, o.supplier_name as sender,
         (l.ordered_units - l.received_units)::int as units, l.expected_on
  from inventory.supplier_order o join inventory.supplier_order_line l using (supplier_order_id)
  where o.state = 'ordered' and l.ordered_units > l.received_units
  union all
  select l.variant_id, t.to_place_id, 'transfer', t.transfer_id, t.number, f.name, l.sent_units, t.expected_on
  from inventory.transfer t join inventory.transfer_line l using (transfer_id)
  join inventory.place f on f.id = t.from_place_id
  where t.state = 'sent' and l.sent_units > 0;
drop table inventory.supplier_document;
alter table inventory.supplier_order drop column direct_for, drop column direct_order_id, drop column ship_to, drop column supplier_reference;
drop table inventory.supplier;
drop table channels.legal_entity;
alter table orders.company_order drop column cost_centre;
drop table pricing.price_rule;
