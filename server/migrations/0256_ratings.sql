-- Up Migration

-- How satisfied somebody was with an order, as they said when they had it: from 1 (not at all) to 5 (very), and in their words.
create table service.rating (
  order_id uuid primary key references orders.sales_order,
  score smallint not null check (score between 1 and 5),
  comment text not null default '' check (char_length(comment) <= 1000),
  rated_at timestamptz not null,
  changed_at timestamptz not null check (changed_at >= rated_at)
);
create index rating_latest on service.rating (changed_at desc, order_id desc);

-- Down Migration
drop table service.rating;
