-- Up Migration

-- Sales of before, as the systems that made them tell them: facts that the figures count, and nothing else. They have no stock, no payment and
-- no document here; those stay where the sales were made. One line of a sale; units below zero came back.
create table insights.past_sale (
  -- The system it comes from, and its number and line there: imported twice it is one.
  source text not null check (source <> ''),
  number text not null check (number <> ''),
  position int not null check (position > 0),
  day date not null,
  channel_code text not null,
  site_id uuid references channels.site,
  -- Null where the article is none of today's.
  variant_id uuid references catalog.variant,
  units int not null check (units <> 0),
  -- Of the whole line, without VAT, never below zero: what was paid, or given back.
  net_minor bigint not null check (net_minor >= 0),
  -- What one unit was bought for; null where nobody knows any more.
  unit_cost_minor bigint check (unit_cost_minor >= 0),
  -- Whether its buyer had never bought before; null where nobody knows.
  first_purchase boolean,
  parcels int not null default 0 check (parcels >= 0),
  primary key (source, number, position)
);
create index past_sale_day on insights.past_sale (day);

-- Visits of before, and what was spent to be heard, by day and channel.
create table insights.past_contact (
  source text not null check (source <> ''),
  day date not null,
  channel_code text not null,
  visits bigint not null check (visits >= 0),
  views bigint not null check (views >= 0),
  -- Visits that ended in an order.
  converted bigint not null check (converted >= 0 and converted <= visits),
  outreach_micro bigint not null check (outreach_micro >= 0),
  primary key (source, day, channel_code)
);
create index past_contact_day on insights.past_contact (day);

-- Down Migration
drop table insights.past_contact;
drop table insights.past_sale;
