-- Up Migration

-- What a unit would have been asked for without what was taken off its price; null where nothing was.
alter table orders.order_line add column regular_minor bigint check (regular_minor >= 0);

-- What was taken off prices, without VAT: revenue is counted after it.
alter table insights.sales_day add column markdown_minor bigint not null default 0;

-- Visits after which the same person ordered in that channel within a day; what messages and calls that no order caused cost,
-- in millionths of a euro.
alter table insights.contact_day
  add column converted bigint not null default 0,
  add column outreach_micro bigint not null default 0;

-- Messages that cost something, by when they left.
create index message_cost on engagement.message (sent_at) where sent_at is not null;

-- Everything is counted anew.
update insights.follower set followed_to = null;

-- Down Migration
drop index engagement.message_cost;
alter table insights.contact_day drop column converted, drop column outreach_micro;
alter table insights.sales_day drop column markdown_minor;
alter table orders.order_line drop column regular_minor;
