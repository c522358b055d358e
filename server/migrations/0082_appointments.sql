-- Up Migration
create schema service;

-- What appointments are booked on: an adviser, a stand in the workshop, a fitting room, a room with seats. Its time is promised by
-- quarters of an hour, each a pool of the promise engine, so that appointments of any length never use it twice.
create table service.resource (
  id uuid primary key,
  site_id uuid not null references channels.site,
  kind text not null check (kind in ('adviser', 'workshop', 'fitting_room', 'room')),
  name text not null,
  capacity integer not null check (capacity between 1 and 500),
  overbooking integer not null check (overbooking between 0 and 50),
  -- Its own weekly hours; those of its shop when null.
  hours jsonb,
  active boolean not null,
  created_at timestamptz not null
);

create table service.offering (
  code text primary key,
  name jsonb not null,
  description jsonb not null,
  duration_minutes integer not null check (duration_minutes between 5 and 480),
  buffer_minutes integer not null check (buffer_minutes between 0 and 240),
  step_minutes integer not null check (step_minutes % 15 = 0 and step_minutes > 0),
  -- Times a class begins; null where it begins at every step.
  starts jsonb,
  lead_minutes integer not null check (lead_minutes >= 0),
  horizon_days integer not null check (horizon_days between 1 and 180),
  most_seats integer not null check (most_seats between 1 and 50),
  active boolean not null,
  created_at timestamptz not null
);

create table service.offering_resource (
  offering_code text not null references service.offering,
  resource_id uuid not null references service.resource,
  primary key (offering_code, resource_id)
);

create table service.closure (
  id uuid primary key,
  site_id uuid not null references channels.site,
  -- The whole shop when null.
  resource_id uuid references service.resource,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text not null,
  actor text,
  check (ends_at > starts_at)
);
create index closure_time on service.closure (site_id, ends_at);

create table service.appointment (
  id uuid primary key,
  code text not null,
  access_token text not null,
  offering_code text not null references service.offering,
  site_id uuid not null references channels.site,
  resource_id uuid not null references service.resource,
  state text not null check (state in ('booked', 'arrived', 'done', 'no_show', 'cancelled')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- With the time kept free after it.
  blocked_until timestamptz not null,
  seats integer not null check (seats > 0),
  locale text not null check (locale in ('fr', 'en')),
  contact_name text not null,
  contact_email text,
  contact_phone text,
  note text not null,
  reservation_id uuid,
  -- How often it was moved; calendars follow by it (RFC 5545, 3.8.7.4).
  sequence integer not null default 0,
  remind_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  actor text,
  check (ends_at > starts_at and blocked_until >= ends_at)
);
create index appointment_day on service.appointment (site_id, starts_at);
create index appointment_reminder on service.appointment (remind_at) where remind_at is not null;
create index appointment_email on service.appointment (contact_email, starts_at) where state = 'booked';
create index appointment_phone on service.appointment (contact_phone, starts_at) where state = 'booked';
create index appointment_reservation on service.appointment (reservation_id) where reservation_id is not null;

create table service.appointment_promise (
  appointment_id uuid not null references service.appointment,
  promise_id uuid not null,
  pool_id uuid not null,
  primary key (appointment_id, promise_id)
);

-- Down Migration
drop schema service cascade;
