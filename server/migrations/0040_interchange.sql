-- Up Migration
create schema interchange;

-- One import of a file, from the moment it was asked for.
create table interchange.import_run (
  id uuid primary key,
  kind text not null check (kind in ('shopify-products', 'stock', 'customers')),
  file_name text not null,
  settings jsonb not null,
  dry_run boolean not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  cancel_requested boolean not null default false,
  -- Who runs it, and when they last said so: a run whose runner fell silent is taken up again from the start.
  runner uuid,
  heartbeat_at timestamptz,
  bytes_read bigint not null default 0,
  bytes_total bigint not null,
  created bigint not null default 0,
  updated bigint not null default 0,
  unchanged bigint not null default 0,
  refused bigint not null default 0,
  warnings bigint not null default 0,
  -- What the lines of the file came to, by name.
  counts jsonb not null default '{}',
  -- Why it failed: a code and its values.
  error jsonb,
  created_by text,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create index import_run_unfinished on interchange.import_run (heartbeat_at) where state in ('waiting', 'running');

create table interchange.import_issue (
  import_id uuid not null references interchange.import_run on delete cascade,
  position integer not null,
  line bigint not null,
  severity text not null check (severity in ('refused', 'warning')),
  key text,
  field text,
  code text not null,
  details jsonb not null,
  primary key (import_id, position)
);

-- Down Migration
drop schema interchange cascade;
