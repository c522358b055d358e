-- Up Migration
-- Shops that hand orders into cars: numbered bays, and slots of the opening hours that take so many customers each.
create table fulfillment.drive_site (
  site_id uuid primary key references channels.site,
  bays integer not null check (bays > 0),
  slot_minutes integer not null check (slot_minutes > 0),
  capacity integer not null check (capacity >= 0),
  active boolean not null
);

-- A slot is a pool of promises with the same id; its capacity is there.
create table fulfillment.drive_slot (
  id uuid primary key,
  site_id uuid not null references channels.site,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  closed boolean not null default false,
  unique (site_id, starts_at)
);

-- A customer who is there. The bay is a promise too: of a pool of one.
create table fulfillment.drive_visit (
  order_id uuid primary key,
  site_id uuid not null references channels.site,
  arrived_at timestamptz not null,
  vehicle text not null default '',
  bay integer,
  bay_promise_id uuid,
  served_at timestamptz,
  check ((bay is null) = (bay_promise_id is null) or served_at is not null)
);
create index drive_visit_waiting on fulfillment.drive_visit (site_id, arrived_at) where served_at is null;

-- Down Migration
drop table fulfillment.drive_visit;
drop table fulfillment.drive_slot;
drop table fulfillment.drive_site;
