-- Up Migration
create schema orders;

create table orders.cart (
  id uuid primary key,
  channel_id uuid not null references channels.channel,
  account_id text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Set when it became an order.
  order_id uuid
);
create index cart_age on orders.cart (updated_at);

create table orders.cart_line (
  cart_id uuid not null references orders.cart on delete cascade,
  variant_id uuid not null references catalog.variant,
  quantity integer not null check (quantity between 1 and 9999),
  added_at timestamptz not null,
  primary key (cart_id, variant_id)
);

create table orders.sales_order (
  id uuid primary key,
  -- Derived from the id, for people to read aloud.
  number text not null,
  channel_id uuid not null references channels.channel,
  party_id uuid,
  account_id text,
  access_token text not null,
  document_state text not null check (document_state in ('awaiting_payment', 'confirmed', 'cancelled', 'expired')),
  locale text not null check (locale in ('fr', 'en')),
  contact_name text,
  contact_email text,
  contact_phone text,
  delivery_method text not null check (delivery_method in ('delivery', 'pickup', 'carry_out')),
  site_id uuid references channels.site,
  address jsonb,
  pickup_code text,
  promised_at timestamptz,
  latest_at timestamptz,
  currency text not null,
  subtotal_minor bigint not null check (subtotal_minor >= 0),
  delivery_fee_minor bigint not null check (delivery_fee_minor >= 0),
  delivery_vat_basis_points integer not null,
  total_minor bigint not null,
  item_count integer not null check (item_count > 0),
  -- Until when unpaid stock is kept.
  expires_at timestamptz,
  -- When everything was ready to be handed over or shipped.
  prepared_at timestamptz,
  cancel_reason text,
  actor text,
  placed_at timestamptz not null,
  constraint total_adds_up check (total_minor = subtotal_minor + delivery_fee_minor),
  check (delivery_method = 'delivery' or site_id is not null),
  check (delivery_method <> 'delivery' or address is not null)
);
create index sales_order_placed on orders.sales_order (placed_at desc, id desc);
create index sales_order_number on orders.sales_order (number);
create index sales_order_account on orders.sales_order (account_id, placed_at desc) where account_id is not null;
create index sales_order_email on orders.sales_order (lower(contact_email)) where contact_email is not null;
create index sales_order_pickup on orders.sales_order (pickup_code) where pickup_code is not null;
create index sales_order_waiting on orders.sales_order (expires_at) where document_state = 'awaiting_payment';

create table orders.order_line (
  order_id uuid not null references orders.sales_order,
  id uuid not null,
  position integer not null,
  variant_id uuid not null,
  sku text not null,
  name text not null,
  variant_label text not null,
  image_url text,
  quantity integer not null check (quantity > 0),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  line_total_minor bigint not null,
  vat_basis_points integer not null,
  vat_minor bigint not null,
  price_rule text not null,
  place_id uuid not null,
  pool_id uuid not null,
  promise_id uuid not null,
  fulfilled_quantity integer not null default 0 check (fulfilled_quantity between 0 and quantity),
  returned_quantity integer not null default 0 check (returned_quantity between 0 and fulfilled_quantity),
  primary key (order_id, id),
  constraint line_adds_up check (line_total_minor = unit_price_minor * quantity)
);
create index order_line_variant on orders.order_line (variant_id);

create table orders.order_return (
  order_id uuid not null references orders.sales_order,
  id uuid not null,
  number text not null,
  site_id uuid not null references channels.site,
  refund_minor bigint not null check (refund_minor >= 0),
  actor text,
  created_at timestamptz not null,
  primary key (order_id, id)
);

create table orders.return_line (
  order_id uuid not null,
  return_id uuid not null,
  position integer not null,
  line_id uuid not null,
  quantity integer not null check (quantity > 0),
  reason text not null,
  disposition text not null check (disposition in ('restock', 'inspect', 'scrap')),
  primary key (order_id, return_id, position),
  foreign key (order_id, return_id) references orders.order_return (order_id, id),
  foreign key (order_id, line_id) references orders.order_line (order_id, id)
);

-- Down Migration
drop schema orders cascade;
