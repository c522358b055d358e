-- Up Migration

-- What those who were asked said of their orders: how many answered, and how many of them were satisfied.
alter table insights.sales_day
  add column ratings bigint not null default 0,
  add column ratings_good bigint not null default 0;

-- The same sums of the customers who are in a segment when they are counted; who is in several counts in each.
create table insights.segment_day (
  like insights.sales_day,
  segment_id uuid not null,
  primary key (segment_id, day, channel_code, site_id)
);
create index segment_day_day on insights.segment_day (day);

-- Customers who ordered in the twelve months before the twelve that end with a month, and those of them who ordered in these again, in
-- whatever channel; under no channel, of all.
create table insights.retention_month (
  month date not null,
  channel_code text not null,
  customers bigint not null,
  retained bigint not null,
  primary key (month, channel_code)
);

-- Articles of the assortment that a shop or depot had before, and those it had none of when the day ended.
create table insights.stock_day (
  day date not null,
  site_id uuid not null,
  articles bigint not null,
  missing bigint not null,
  primary key (day, site_id)
);

-- Where what was ordered in a channel went to its customer.
create table insights.handover_month (
  month date not null,
  channel_code text not null,
  carried_out bigint not null,
  fetched bigint not null,
  brought_home bigint not null,
  downloaded bigint not null,
  primary key (month, channel_code)
);

-- Everything is to be counted with them.
update insights.follower set followed_to = null, paths_at = null;

-- Down Migration
drop table insights.handover_month;
drop table insights.stock_day;
drop table insights.retention_month;
drop table insights.segment_day;
alter table insights.sales_day drop column ratings_good, drop column ratings;
