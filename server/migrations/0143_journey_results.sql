-- Up Migration

-- Sums over the people of an arm, or of a cell of a test (arm and cell are empty then and there): what is needed for means, their
-- spread and that of margins less costs, whatever the margin is. Each is kept as its people change, never counted again.
create table engagement.journey_outcome (
  journey_id uuid not null references engagement.journey (id),
  arm text not null check (arm in ('contacted', 'held_out')),
  node_id text not null,
  cell text not null,
  people bigint not null default 0,
  goal bigint not null default 0,
  contacts bigint not null default 0,
  value bigint not null default 0,
  value_squares numeric not null default 0,
  -- In millionths of a euro.
  cost bigint not null default 0,
  cost_squares numeric not null default 0,
  value_by_cost numeric not null default 0,
  primary key (journey_id, arm, node_id, cell)
);

-- Contacts made on each day, for the calendar.
create table engagement.contact_day (
  date date not null,
  journey_id uuid not null references engagement.journey (id),
  medium text not null,
  contacts integer not null,
  primary key (date, journey_id, medium)
);

-- Down Migration
drop table engagement.contact_day;
drop table engagement.journey_outcome;
