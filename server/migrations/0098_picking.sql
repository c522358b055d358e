-- Up Migration
-- Where an article lies at a place: aisle, shelf, bin; what is picked is walked in its order.
alter table inventory.stock_item
  add column location text check (length(location) between 1 and 40);

-- Several preparations of a shop picked in one walk.
create table fulfillment.picking_round (
  id uuid primary key,
  site_id uuid not null references channels.site,
  actor text,
  created_at timestamptz not null,
  done_at timestamptz
);
create index picking_round_open on fulfillment.picking_round (site_id, created_at) where done_at is null;

alter table fulfillment.fulfillment
  add column round_id uuid,
  -- The box its articles are put into on the way.
  add column tray smallint check (tray > 0);
create index fulfillment_round on fulfillment.fulfillment (round_id) where round_id is not null;

-- Units taken from their shelves in the round.
alter table fulfillment.fulfillment_line
  add column picked integer not null default 0 check (picked >= 0);

-- Down Migration
alter table fulfillment.fulfillment_line drop column picked;
drop index fulfillment.fulfillment_round;
alter table fulfillment.fulfillment drop column tray, drop column round_id;
drop table fulfillment.picking_round;
alter table inventory.stock_item drop column location;
