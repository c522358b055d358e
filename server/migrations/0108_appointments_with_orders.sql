-- Up Migration
-- A service may need a person and a place at once, and be offered with the purchase of some products.
alter table service.offering add column together boolean not null default false;
create table service.offering_product (
  offering_code text not null references service.offering,
  product_id uuid not null,
  primary key (offering_code, product_id)
);
alter table service.appointment
  -- The place, when a person is booked with it.
  add column also_resource_id uuid references service.resource,
  -- The order it was bought with: its time is promised with the order.
  add column order_id uuid;
create index appointment_order on service.appointment (order_id) where order_id is not null;

-- The appointment an order was placed with; its quarters are promises of the order.
create table orders.order_appointment (
  order_id uuid primary key references orders.sales_order,
  -- That of the appointment in the agenda of its shop.
  appointment_id uuid not null,
  service text not null,
  -- As its buyer read it.
  name text not null,
  site_id uuid not null references channels.site,
  resource_id uuid not null,
  also_resource_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  blocked_until timestamptz not null,
  -- Set when it was given up without the order.
  ended_at timestamptz
);

-- Down Migration
drop table orders.order_appointment;
alter table service.appointment drop column order_id, drop column also_resource_id;
drop table service.offering_product;
alter table service.offering drop column together;
