-- Up Migration
-- Reserve and try: what each shop allows. A shop without a row allows nothing.
create table orders.reservation_policy (
  site_id uuid primary key references channels.site,
  active boolean not null,
  -- Kept until closing, so many opening days after today.
  open_days integer not null check (open_days between 0 and 14),
  -- Most units one person has reserved at a time, and most reservations.
  most_units integer not null check (most_units between 1 and 50),
  most_open integer not null check (most_open between 1 and 20)
);

-- A reservation and its cart are one document: they have the same id, so that what was put aside goes over to the sale.
create table orders.reservation (
  id uuid primary key references orders.cart,
  site_id uuid not null references channels.site,
  -- Where it was made.
  channel_id uuid not null references channels.channel,
  code text not null,
  access_token text not null,
  state text not null check (state in ('to_put_aside', 'ready', 'trying', 'bought', 'released', 'cancelled', 'no_show')),
  locale text not null check (locale in ('fr', 'en')),
  contact_name text not null,
  -- As they are compared: e-mail in lower case, telephone as E.164.
  contact_email text,
  contact_phone text,
  shelf text,
  ready_by timestamptz,
  expires_at timestamptz not null,
  -- When its customer is told that it ends; null when they have been, or when it is too short for that.
  remind_at timestamptz,
  created_at timestamptz not null,
  ready_at timestamptz,
  came_at timestamptz,
  ended_at timestamptz,
  order_id uuid,
  actor text,
  check (contact_email is not null or contact_phone is not null),
  check ((state in ('to_put_aside', 'ready', 'trying')) = (ended_at is null))
);
create index reservation_made on orders.reservation (created_at desc, id desc);
create index reservation_due on orders.reservation (expires_at) where ended_at is null;
create index reservation_email on orders.reservation (contact_email) where ended_at is null;
create index reservation_phone on orders.reservation (contact_phone) where ended_at is null;

create table orders.reservation_line (
  reservation_id uuid not null references orders.reservation,
  variant_id uuid not null,
  position integer not null,
  sku text not null,
  name text not null,
  variant_label text not null,
  image_url text,
  place_id uuid not null,
  quantity integer not null check (quantity > 0),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  -- Null while it is open.
  bought_quantity integer check (bought_quantity between 0 and quantity),
  primary key (reservation_id, variant_id)
);

-- Down Migration
drop table orders.reservation_line;
drop table orders.reservation;
drop table orders.reservation_policy;
