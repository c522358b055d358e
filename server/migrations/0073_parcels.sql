-- Up Migration
-- A preparation leaves in one parcel or several, today or later. What is in no parcel is still to be packed.
create table fulfillment.parcel (
  order_id uuid not null,
  id uuid not null,
  fulfillment_id uuid not null,
  position integer not null check (position > 0),
  state text not null
    check (state in ('packed', 'handed_to_carrier', 'in_transit', 'delivered', 'returned_to_sender', 'lost')),
  -- When it reached each state: {"packed": "2026-…", …}
  reached jsonb not null,
  carrier text,
  tracking_number text,
  tracking_url text,
  weight_grams integer check (weight_grams > 0),
  -- What became of the articles of a parcel that did not arrive.
  resolution text check (resolution in ('reshipped', 'refunded')),
  note text,
  primary key (order_id, id),
  foreign key (order_id, fulfillment_id) references fulfillment.fulfillment (order_id, id),
  check (state = 'packed' or carrier is not null),
  check (resolution is null or state in ('returned_to_sender', 'lost'))
);

create table fulfillment.parcel_line (
  order_id uuid not null,
  parcel_id uuid not null,
  line_id uuid not null,
  quantity integer not null check (quantity > 0),
  -- The promise these units fulfilled when they left: the line's own, or the part cut from it.
  promise_id uuid,
  primary key (order_id, parcel_id, line_id),
  foreign key (order_id, parcel_id) references fulfillment.parcel (order_id, id)
);
create index parcel_line_promise on fulfillment.parcel_line (promise_id);

-- Down Migration
drop table fulfillment.parcel_line;
drop table fulfillment.parcel;
