-- Up Migration

-- Whose data may only be kept (GDPR, article 18): nothing else is done with them until it is lifted, of which they are told first.
create table customers.restriction (
  party_id uuid not null,
  id uuid not null,
  reason text not null check (reason in ('accuracy', 'unlawful', 'claims', 'objection')),
  note text not null,
  since timestamptz not null,
  actor text,
  -- They were told that it ends then, and how.
  ends_at timestamptz,
  told text,
  lifted_at timestamptz,
  primary key (party_id, id)
);
create unique index restriction_open on customers.restriction (party_id) where lifted_at is null;

-- Customers whose data may only be kept: of those merged into one, the strictest holds.
create view customers.restricted as
  select coalesce(p.survivor_id, p.id) as root_id from customers.restriction r join customers.party p on p.id = r.party_id
  where r.lifted_at is null;

-- What only the firm can say of its processing (GDPR, article 30): rows are only added.
create table rights.register (
  version integer primary key check (version > 0),
  content jsonb not null,
  since timestamptz not null,
  actor text
);

-- Down Migration
drop table rights.register;
drop view customers.restricted;
drop table customers.restriction;
