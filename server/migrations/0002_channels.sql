-- Up Migration
create schema channels;

create table channels.site (
  id uuid primary key,
  code text not null unique,
  kind text not null check (kind in ('shop', 'warehouse', 'office')),
  name text not null,
  street text not null,
  postal_code text not null,
  locality text not null,
  country text not null default 'FR',
  latitude double precision,
  longitude double precision,
  phone text,
  time_zone text not null default 'Europe/Paris',
  offers_pickup boolean not null default false,
  pickup_ready_minutes integer not null default 120 check (pickup_ready_minutes >= 0),
  created_at timestamptz not null
);

create table channels.opening_hour (
  site_id uuid not null references channels.site on delete cascade,
  weekday integer not null check (weekday between 1 and 7),
  opens text not null check (opens ~ '^\d{2}:\d{2}$'),
  closes text not null check (closes ~ '^\d{2}:\d{2}$' and closes > opens),
  primary key (site_id, weekday, opens)
);

create table channels.channel (
  id uuid primary key,
  code text not null unique,
  medium text not null,
  name_fr text not null,
  name_en text not null,
  circuit text not null check (circuit in ('direct', 'short', 'long')),
  sells boolean not null,
  active boolean not null default true,
  fixed_per_month_minor bigint not null default 0,
  per_contact_minor bigint not null default 0,
  per_order_minor bigint not null default 0,
  commission_basis_points integer not null default 0 check (commission_basis_points between 0 and 10000),
  currency text not null default 'EUR',
  position integer not null default 0,
  created_at timestamptz not null
);

create table channels.channel_site (
  channel_id uuid not null references channels.channel on delete cascade,
  site_id uuid not null references channels.site on delete cascade,
  primary key (channel_id, site_id)
);

create table channels.hand_off (
  channel_id uuid not null references channels.channel on delete cascade,
  to_channel_id uuid not null references channels.channel on delete cascade,
  primary key (channel_id, to_channel_id),
  check (channel_id <> to_channel_id)
);

-- Down Migration
drop schema channels cascade;
