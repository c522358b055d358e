-- Up Migration
-- Where deliveries in windows of two hours are offered, and from which place of stock they leave.
create table fulfillment.delivery_zone (
  id uuid primary key,
  code text not null unique,
  name text not null,
  place_id uuid not null references inventory.place,
  -- Where an address without coordinates is taken to be, unless its postal code says better.
  latitude double precision not null,
  longitude double precision not null,
  service_minutes integer not null check (service_minutes between 1 and 60),
  active boolean not null default true,
  created_at timestamptz not null
);

-- A postal code or its first digits belong to one zone; the longest that fits wins.
create table fulfillment.zone_area (
  prefix text primary key check (prefix ~ '^\d{2,5}$'),
  zone_id uuid not null references fulfillment.delivery_zone on delete cascade,
  latitude double precision,
  longitude double precision,
  check ((latitude is null) = (longitude is null))
);
create index zone_area_zone on fulfillment.zone_area (zone_id);

-- The week of a zone. Each window lasts two hours.
create table fulfillment.window_template (
  zone_id uuid not null references fulfillment.delivery_zone on delete cascade,
  weekday integer not null check (weekday between 1 and 7),
  starts text not null check (starts ~ '^\d{2}:\d{2}$'),
  capacity integer not null check (capacity >= 0),
  cut_off_hours integer not null check (cut_off_hours >= 0),
  fee_minor bigint check (fee_minor >= 0),
  primary key (zone_id, weekday, starts)
);

-- Dates that differ from the week: closed, or open although public holidays.
create table fulfillment.zone_day (
  zone_id uuid not null references fulfillment.delivery_zone on delete cascade,
  date date not null,
  open boolean not null,
  reason text not null default '',
  primary key (zone_id, date)
);

-- A window of a date. Its id is that of its pool: how many it takes, and how many are taken, is the pool's.
create table fulfillment.delivery_window (
  id uuid primary key,
  zone_id uuid not null references fulfillment.delivery_zone,
  place_id uuid not null references inventory.place,
  date date not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  cut_off_at timestamptz not null,
  fee_minor bigint check (fee_minor >= 0),
  closed boolean not null default false,
  reason text,
  -- Changed by hand: the week no longer decides on it.
  by_hand boolean not null default false,
  unique (zone_id, starts_at)
);
create index delivery_window_date on fulfillment.delivery_window (date);

create table fulfillment.delivery_vehicle (
  id uuid primary key,
  place_id uuid not null references inventory.place,
  name text not null,
  capacity_kg integer not null check (capacity_kg > 0),
  shift_from text not null check (shift_from ~ '^\d{2}:\d{2}$'),
  shift_until text not null check (shift_until ~ '^\d{2}:\d{2}$' and shift_until > shift_from),
  active boolean not null default true
);
create index delivery_vehicle_place on fulfillment.delivery_vehicle (place_id);

-- The routes of a depot's day, as they stand: for each vehicle its stops in order, and when it left.
create table fulfillment.route_day (
  place_id uuid not null references inventory.place,
  date date not null,
  routes jsonb not null default '[]',
  revision integer not null default 0,
  planned_at timestamptz,
  -- Percent of the drawing under way; null when none is asked for.
  progress integer check (progress between 0 and 100),
  primary key (place_id, date)
);

-- One delivery promised in a window. Its id is that of the promise of the order's place in the window.
create table fulfillment.route_stop (
  place_id uuid not null,
  id uuid not null,
  date date not null,
  window_id uuid not null references fulfillment.delivery_window,
  -- Null while the order is being written.
  order_id uuid,
  state text not null check (state in ('reserved', 'booked', 'on_the_road', 'delivered', 'failed')),
  latitude double precision not null,
  longitude double precision not null,
  address jsonb not null,
  weight_grams integer not null check (weight_grams >= 0),
  pieces integer not null check (pieces > 0),
  service_seconds integer not null check (service_seconds > 0),
  done_at timestamptz,
  failure text,
  created_at timestamptz not null,
  primary key (place_id, id),
  foreign key (place_id, date) references fulfillment.route_day (place_id, date),
  check ((state in ('delivered', 'failed')) = (done_at is not null))
);
create index route_stop_day on fulfillment.route_stop (place_id, date);
create index route_stop_order on fulfillment.route_stop (order_id) where order_id is not null;
create index route_stop_waiting on fulfillment.route_stop (created_at) where state = 'reserved';

-- Down Migration
drop table fulfillment.route_stop;
drop table fulfillment.route_day;
drop table fulfillment.delivery_vehicle;
drop table fulfillment.delivery_window;
drop table fulfillment.zone_day;
drop table fulfillment.window_template;
drop table fulfillment.zone_area;
drop table fulfillment.delivery_zone;
