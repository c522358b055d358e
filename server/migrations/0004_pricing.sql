-- Up Migration
create schema pricing;

create table pricing.price_list (
  id uuid primary key,
  code text not null unique,
  name_fr text not null,
  name_en text not null,
  currency text not null default 'EUR',
  -- Consumer prices include VAT (arrêté of 3 December 1987, art. 1).
  includes_vat boolean not null default true
);

-- The lists a channel consults, in order; the first that has a price wins.
create table pricing.channel_price_list (
  channel_id uuid not null references channels.channel on delete cascade,
  price_list_id uuid not null references pricing.price_list on delete cascade,
  position integer not null,
  primary key (channel_id, price_list_id)
);

create table pricing.price (
  price_list_id uuid not null references pricing.price_list on delete cascade,
  variant_id uuid not null references catalog.variant on delete cascade,
  amount_minor bigint not null check (amount_minor >= 0),
  compare_at_minor bigint check (compare_at_minor >= 0),
  valid_from timestamptz,
  valid_until timestamptz,
  primary key (price_list_id, variant_id)
);
create index price_variant on pricing.price (variant_id);

-- What each delivery method costs in a channel; free from an amount of goods on.
create table pricing.delivery_fee (
  channel_id uuid not null references channels.channel on delete cascade,
  method text not null check (method in ('delivery', 'pickup', 'carry_out')),
  fee_minor bigint not null check (fee_minor >= 0),
  free_from_minor bigint,
  currency text not null default 'EUR',
  lead_days_min integer not null default 0,
  lead_days_max integer not null default 0,
  primary key (channel_id, method)
);

-- Down Migration
drop schema pricing cascade;
