-- Up Migration
-- Who took a pick-up away, when it was not its buyer; and when its buyer was reminded of it.
alter table fulfillment.fulfillment
  add column collected_by text,
  add column reminded_at timestamptz;
create index fulfillment_uncollected on fulfillment.fulfillment (ready_at) where state = 'ready' and method = 'pickup';

-- Whom the buyer named to fetch an order in their place.
create table fulfillment.collector (
  order_id uuid primary key,
  name text not null,
  named_at timestamptz not null
);

-- Down Migration
drop table fulfillment.collector;
drop index fulfillment.fulfillment_uncollected;
alter table fulfillment.fulfillment drop column collected_by, drop column reminded_at;
