-- Up Migration

-- How customers went from channel to channel, by the month they came to the second: the same person did something in one channel and,
-- within thirty days, something in another (or the same) as the next thing.
create table insights.passage_month (
  month date not null,
  from_code text not null,
  to_code text not null,
  passages bigint not null,
  -- Those that came to order.
  orders bigint not null,
  -- Carts and quotes begun in one channel that became an order in the other, by their pass or by staff.
  carried bigint not null,
  primary key (month, from_code, to_code)
);

-- Where people are lost, by month and channel. Visitors, viewers and buyers are people, of those alone whose visits are noted; the rest
-- are carts and orders of everybody.
create table insights.funnel_month (
  month date not null,
  channel_code text not null,
  visitors bigint not null,
  viewers bigint not null,
  buyers bigint not null,
  carts bigint not null,
  cart_orders bigint not null,
  placed bigint not null,
  paid bigint not null,
  delivered bigint not null,
  primary key (month, channel_code)
);

-- Customers by the month and channel of their first order: how many of them ordered in each month since, how often, and for how much
-- with VAT.
create table insights.cohort_month (
  cohort date not null,
  channel_code text not null,
  month date not null,
  customers bigint not null,
  orders bigint not null,
  value_minor bigint not null,
  primary key (cohort, channel_code, month)
);

alter table insights.follower add column paths_at timestamptz;

-- Down Migration
alter table insights.follower drop column paths_at;
drop table insights.cohort_month;
drop table insights.funnel_month;
drop table insights.passage_month;
