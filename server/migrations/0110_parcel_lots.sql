-- Up Migration
-- Which lots, or units with serial numbers, lie in a parcel: while it is packed those put aside for it, afterwards those that left.
create table fulfillment.parcel_lot (
  order_id uuid not null,
  parcel_id uuid not null,
  line_id uuid not null,
  lot_id uuid not null,
  -- As on the label: a slip that was printed says the same for ever.
  number text not null check (number <> ''),
  expires_on date,
  units integer not null check (units > 0),
  primary key (order_id, parcel_id, line_id, lot_id),
  foreign key (order_id, parcel_id, line_id) references fulfillment.parcel_line (order_id, parcel_id, line_id) on delete cascade
);

-- Down Migration
drop table fulfillment.parcel_lot;
