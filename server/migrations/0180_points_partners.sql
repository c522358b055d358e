-- Up Migration

-- Points on their way at a partner's till, points partners gave and took, and the money of it: `partner` is what is owed to a partner,
-- below zero what the partner owes.
insert into payments.account_kind (code, unit, side) values
  ('points_held', 'point', 'owner'),
  ('points_partner_given', 'point', 'house'),
  ('points_partner_spent', 'point', 'house'),
  ('partner', 'EUR', 'owner'),
  ('partner_points_sold', 'EUR', 'house'),
  ('partner_points_bought', 'EUR', 'house'),
  ('partner_settled', 'EUR', 'house')
  on conflict do nothing;

-- Another firm at whose tills members earn and spend points: at what it pays for a hundred points it gives, and is paid for a hundred it
-- takes, and how many at most in a day.
create table loyalty.partner (
  id uuid primary key,
  name text not null,
  contact_name text not null,
  contact_email text,
  contact_phone text,
  sold_minor bigint not null check (sold_minor between 0 and 100000),
  bought_minor bigint not null check (bought_minor between 0 and 100000),
  person_day_earn integer not null check (person_day_earn >= 0),
  person_day_spend integer not null check (person_day_spend >= 0),
  day_earn integer not null check (day_earn >= 0),
  day_spend integer not null check (day_spend >= 0),
  created_at timestamptz not null,
  actor text,
  stopped_at timestamptz
);

-- What was done at a partner's till, once for each of its receipts. Whose points they were is in `partner_part`.
create table loyalty.partner_operation (
  partner_id uuid not null references loyalty.partner (id),
  id uuid not null,
  kind text not null check (kind in ('earn', 'spend', 'earn_reversal', 'spend_reversal')),
  state text not null check (state in ('held', 'done', 'released')),
  points integer not null check (points > 0),
  -- At the rates of its moment, in cents; which way follows from the kind.
  amount_minor bigint not null check (amount_minor >= 0),
  reference text not null,
  shop text,
  -- What a reversal takes back, and how much of an operation was.
  reverses_id uuid,
  reversed_points integer not null default 0,
  reversed_minor bigint not null default 0,
  at timestamptz not null,
  -- Until when points are held.
  until timestamptz,
  done_at timestamptz,
  primary key (partner_id, id),
  unique (partner_id, kind, reference),
  check (reversed_points between 0 and points),
  check (reversed_minor between 0 and amount_minor),
  check ((state = 'done') = (done_at is not null)),
  check (state <> 'held' or (kind = 'spend' and until is not null)),
  check ((reverses_id is not null) = (kind in ('earn_reversal', 'spend_reversal')))
);
create index partner_operation_day on loyalty.partner_operation (partner_id, at);
create index partner_operation_held on loyalty.partner_operation (until) where state = 'held';

-- From whom points came or to whom they went: several are one customer after a merge.
create table loyalty.partner_part (
  partner_id uuid not null,
  operation_id uuid not null,
  party_id uuid not null,
  points integer not null check (points > 0),
  returned integer not null default 0,
  primary key (partner_id, operation_id, party_id),
  foreign key (partner_id, operation_id) references loyalty.partner_operation (partner_id, id),
  check (returned between 0 and points)
);
create index partner_part_party on loyalty.partner_part (party_id);

-- Months that are settled: what they came to, above zero to us.
create table loyalty.partner_settlement (
  partner_id uuid not null references loyalty.partner (id),
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  net_minor bigint not null,
  reference text not null,
  settled_at timestamptz not null,
  actor text,
  primary key (partner_id, month)
);

-- Whose key it is, when it is a partner's.
alter table access.api_key add column partner_id uuid;

-- Down Migration
alter table access.api_key drop column partner_id;
drop table loyalty.partner_settlement;
drop table loyalty.partner_part;
drop table loyalty.partner_operation;
drop table loyalty.partner;
delete from payments.transfer where 'EUR' = unit or from_account in ('points_held', 'points_partner_given', 'points_partner_spent')
  or to_account in ('points_held', 'points_partner_given', 'points_partner_spent');
delete from payments.account_kind where unit = 'EUR' or code in ('points_held', 'points_partner_given', 'points_partner_spent');
