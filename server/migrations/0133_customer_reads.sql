-- Up Migration

-- Who read the data of whom: one row for each reader, customer and quarter of an hour, with the screens it was read on. Of
-- customers who are one each has its row, so that each knows when a merge is taken back.
create table customers.customer_read (
  party_id uuid not null,
  quarter_at timestamptz not null,
  -- Account of the member of staff, or API key.
  reader_id text not null,
  reader_kind text not null check (reader_kind in ('staff', 'api_key')),
  reader_name text not null,
  -- As whom they were shown.
  read_as uuid not null,
  screens text[] not null check (cardinality(screens) > 0),
  primary key (party_id, quarter_at, reader_id)
);
create index customer_read_latest on customers.customer_read (quarter_at desc, party_id desc, reader_id desc);

-- Down Migration
drop table customers.customer_read;
