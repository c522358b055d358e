-- Up Migration
-- Goods that go from one place to another. While it is sent, its units are at neither: they are in transit, and still ours.
create table inventory.transfer (
  transfer_id uuid primary key,
  -- Derived from the id, for people to read aloud.
  number text not null unique,
  from_place_id uuid not null references inventory.place,
  to_place_id uuid not null references inventory.place check (to_place_id <> from_place_id),
  state text not null check (state in ('requested', 'sent', 'received', 'cancelled')),
  note text,
  requested_at timestamptz not null,
  requested_by text,
  sent_at timestamptz,
  sent_by text,
  received_at timestamptz,
  received_by text,
  check ((state in ('sent', 'received')) = (sent_at is not null)),
  check ((state = 'received') = (received_at is not null))
);
create index transfer_from on inventory.transfer (from_place_id, state);
create index transfer_to on inventory.transfer (to_place_id, state);

create table inventory.transfer_line (
  transfer_id uuid not null references inventory.transfer,
  variant_id uuid not null references catalog.variant,
  requested_units integer not null check (requested_units > 0),
  sent_units integer check (sent_units >= 0),
  received_units integer check (received_units >= 0),
  -- Why what arrived is not what left.
  reason_code text,
  primary key (transfer_id, variant_id),
  check (received_units is null or sent_units is not null),
  check (received_units is not distinct from sent_units or received_units is null or reason_code is not null)
);
create index transfer_line_variant on inventory.transfer_line (variant_id);

-- Down Migration
drop table inventory.transfer_line;
drop table inventory.transfer;
