-- Up Migration
create schema fulfillment;

create table fulfillment.fulfillment (
  order_id uuid not null,
  id uuid not null,
  place_id uuid not null references inventory.place,
  site_id uuid not null references channels.site,
  method text not null check (method in ('delivery', 'pickup', 'carry_out')),
  state text not null check (state in ('to_prepare', 'ready', 'handed_over', 'shipped', 'cancelled')),
  due_at timestamptz,
  created_at timestamptz not null,
  ready_at timestamptz,
  closed_at timestamptz,
  carrier text,
  tracking_number text,
  primary key (order_id, id)
);
create index fulfillment_work on fulfillment.fulfillment (site_id, due_at) where state in ('to_prepare', 'ready');
create index fulfillment_log on fulfillment.fulfillment (id desc);

create table fulfillment.fulfillment_line (
  order_id uuid not null,
  fulfillment_id uuid not null,
  line_id uuid not null,
  quantity integer not null check (quantity > 0),
  primary key (order_id, fulfillment_id, line_id),
  foreign key (order_id, fulfillment_id) references fulfillment.fulfillment (order_id, id)
);

-- Down Migration
drop schema fulfillment cascade;
