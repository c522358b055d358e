-- Up Migration

-- What was fitted each night on everything customers bought: parameters, dates, numbers, or why nothing could be. Of nobody in particular.
create table customers.value_fit (
  id uuid primary key,
  fitted_at timestamptz not null,
  result jsonb not null
);
create index value_fit_latest on customers.value_fit (fitted_at desc, id desc);

-- What is computed of each customer who bought something, as of a day. Whoever was merged counts as the one they were merged into.
create table customers.customer_value (
  party_id uuid primary key,
  -- What it was computed by; null before the first night.
  fit_id uuid,
  computed_at timestamptz not null,
  as_of date not null,
  purchases integer not null check (purchases > 0),
  first_on date not null,
  last_on date not null,
  spent_minor bigint not null,
  recency smallint check (recency between 1 and 5),
  frequency smallint check (frequency between 1 and 5),
  monetary smallint check (monetary between 1 and 5),
  active double precision check (active between 0 and 1),
  expected_purchases double precision check (expected_purchases >= 0 and expected_purchases < 'Infinity'),
  expected_value_minor bigint check (expected_value_minor >= 0)
);

-- Down Migration
drop table customers.customer_value;
drop table customers.value_fit;
