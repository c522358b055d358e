-- Up Migration

create schema insights;

-- What was sold each day of the firm's time zone, by channel and shop, in minor units without VAT. Counted from the orders
-- themselves, a whole day at a time; orders and their costs lie on the day they were placed, returns on the day they came.
create table insights.sales_day (
  day date not null,
  channel_code text not null,
  -- Nil where no shop is concerned: what is brought home.
  site_id uuid not null,
  orders bigint not null,
  cancelled bigint not null,
  units bigint not null,
  revenue_minor bigint not null,
  carriage_minor bigint not null,
  discount_minor bigint not null,
  goods_minor bigint not null,
  -- The part of `goods_minor` that is assumed, for want of a purchase price.
  assumed_minor bigint not null,
  payment_minor bigint not null,
  picking_minor bigint not null,
  parcel_minor bigint not null,
  commission_minor bigint not null,
  contact_minor bigint not null,
  returns bigint not null,
  returned_units bigint not null,
  returned_minor bigint not null,
  goods_back_minor bigint not null,
  new_customers bigint not null,
  known_customers bigint not null,
  -- Orders that were handed over or shipped whole and had been promised by a time; those in time; lines a shop did not find.
  promises bigint not null,
  promises_kept bigint not null,
  not_found bigint not null,
  primary key (day, channel_code, site_id)
);

-- The same of each product; by day for the ends of a period, by month for what is between.
create table insights.product_day (
  day date not null,
  channel_code text not null,
  site_id uuid not null,
  product_id uuid not null,
  units bigint not null,
  revenue_minor bigint not null,
  cost_minor bigint not null,
  returned_units bigint not null,
  returned_minor bigint not null,
  goods_back_minor bigint not null,
  primary key (day, channel_code, site_id, product_id)
);
create index product_day_product on insights.product_day (product_id, day);

create table insights.product_month (
  month date not null,
  channel_code text not null,
  site_id uuid not null,
  product_id uuid not null,
  units bigint not null,
  revenue_minor bigint not null,
  cost_minor bigint not null,
  returned_units bigint not null,
  returned_minor bigint not null,
  goods_back_minor bigint not null,
  primary key (month, channel_code, site_id, product_id)
);

-- What the log of interactions tells of each day: visits, articles looked at, and how soon who asked to be called was.
create table insights.contact_day (
  day date not null,
  -- Empty where the log names none.
  channel_code text not null,
  visits bigint not null,
  views bigint not null,
  asked bigint not null,
  answered bigint not null,
  answer_seconds bigint not null,
  primary key (day, channel_code)
);

-- Days to be counted again.
create table insights.stale_day (
  day date primary key
);

-- How far the outbox was followed (nothing yet: everything is to be counted), until when counting rests so that it never takes more
-- than a small share of the machine, and what the last recount of everything found.
create table insights.follower (
  only_row boolean primary key default true check (only_row),
  followed_to uuid,
  looked_at timestamptz,
  rests_until timestamptz,
  recounted_at timestamptz,
  recounted_days integer,
  different_days integer
);
insert into insights.follower (only_row) values (true);

-- Returns of a day, of all shops.
create index order_return_moment on orders.order_return (created_at);

-- Down Migration
drop index orders.order_return_moment;
drop schema insights cascade;
