-- Up Migration

-- The state of the distribution on a day, with the figures behind; once done it never changes.
create table strategy.audit (
  id uuid primary key,
  from_day date not null,
  until_day date not null check (until_day >= from_day),
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  progress real not null default 0 check (progress between 0 and 1),
  report jsonb,
  -- SHA-256 of the report.
  report_hash text check (report_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null,
  created_by text,
  finished_at timestamptz,
  check ((state = 'done') = (report is not null)),
  check ((report is null) = (report_hash is null))
);

-- What a competitor asked for an article on a day, as it was entered or imported.
create table strategy.competitor_price (
  competitor text not null,
  sku text not null,
  seen_on date not null,
  price_minor bigint not null check (price_minor >= 0),
  offer text not null,
  created_at timestamptz not null,
  created_by text,
  primary key (competitor, sku, seen_on)
);

-- Down Migration
drop table strategy.competitor_price;
drop table strategy.audit;
