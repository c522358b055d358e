-- Up Migration

-- What a channel costs, from a day on until the next row's: each price of the cost to serve beside the driver it is counted by.
-- The day 2000-01-01 stands for "always": what was kept on the channel itself until now.
create table channels.channel_cost (
  channel_id uuid not null references channels.channel(id) on delete cascade,
  valid_from date not null,
  fixed_per_month_minor bigint not null default 0 check (fixed_per_month_minor >= 0),
  per_order_minor bigint not null default 0 check (per_order_minor >= 0),
  per_line_minor bigint not null default 0 check (per_line_minor >= 0),
  per_unit_minor bigint not null default 0 check (per_unit_minor >= 0),
  per_parcel_minor bigint not null default 0 check (per_parcel_minor >= 0),
  per_contact_minor bigint not null default 0 check (per_contact_minor >= 0),
  per_card_payment_minor bigint not null default 0 check (per_card_payment_minor >= 0),
  card_basis_points integer not null default 0 check (card_basis_points between 0 and 10000),
  commission_basis_points integer not null default 0 check (commission_basis_points between 0 and 10000),
  -- Goods whose purchase price nobody entered are taken to cost this share of their price without VAT.
  goods_basis_points integer not null default 6000 check (goods_basis_points between 0 and 10000),
  currency text not null default 'EUR',
  changed_at timestamptz not null default now(),
  primary key (channel_id, valid_from)
);

insert into channels.channel_cost
  (channel_id, valid_from, fixed_per_month_minor, per_order_minor, per_contact_minor, commission_basis_points, currency)
select id, '2000-01-01', fixed_per_month_minor, per_order_minor, per_contact_minor, commission_basis_points, currency
from channels.channel;

alter table channels.channel
  drop column fixed_per_month_minor, drop column per_contact_minor, drop column per_order_minor,
  drop column commission_basis_points, drop column currency;

-- Down Migration
alter table channels.channel
  add column fixed_per_month_minor bigint not null default 0,
  add column per_contact_minor bigint not null default 0,
  add column per_order_minor bigint not null default 0,
  add column commission_basis_points integer not null default 0
    check (commission_basis_points >= 0 and commission_basis_points <= 10000),
  add column currency text not null default 'EUR';
update channels.channel c set fixed_per_month_minor = m.fixed_per_month_minor, per_contact_minor = m.per_contact_minor,
  per_order_minor = m.per_order_minor, commission_basis_points = m.commission_basis_points
from (select distinct on (channel_id) * from channels.channel_cost order by channel_id, valid_from desc) m
where m.channel_id = c.id;
drop table channels.channel_cost;
