-- Up Migration
-- What is wanted for articles that are sent back: put aside when the return is asked for, sent when it was looked at.
create table orders.return_wish (
  order_id uuid not null,
  request_id uuid not null,
  position integer not null,
  variant_id uuid not null,
  sku text not null,
  name text not null,
  variant_label text not null,
  image_url text,
  quantity integer not null check (quantity > 0),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  vat_basis_points integer not null,
  price_rule text not null,
  place_id uuid not null,
  pool_id uuid not null,
  promise_id uuid not null,
  state text not null check (state in ('held', 'given', 'released')),
  primary key (order_id, request_id, position),
  foreign key (order_id, request_id) references orders.return_request (order_id, id)
);

-- Down Migration
drop table orders.return_wish;
