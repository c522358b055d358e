-- Up Migration

-- What recognition gives beside points, to whom by hand: until when, and why.
create table loyalty.entitlement_grant (
  party_id uuid not null,
  id uuid not null,
  benefit text not null check (benefit in ('own_line', 'early_access', 'workshop', 'free_delivery')),
  note text not null,
  since timestamptz not null,
  until timestamptz,
  actor text,
  ended_at timestamptz,
  ended_by text,
  primary key (party_id, id)
);
create index entitlement_grant_party on loyalty.entitlement_grant (party_id) where ended_at is null;

-- What the way somebody is dealt with changes: within how many hours they are answered, and what they are entitled to.
insert into kernel.setting (name, value) values ('customers.treatment_effects',
  '{"relational": {"replyHours": 4, "benefits": ["own_line"]}, "transactional": {"replyHours": 24, "benefits": []}}')
  on conflict (name) do nothing;

-- What each is entitled to, and by what: their tier, the way they are dealt with, or somebody's decision.
create view loyalty.entitlement as
  select m.party_id, b.benefit, 'tier' as source, m.tier as reason, null::timestamptz as until
  from loyalty.membership m
  cross join lateral (select t.value as tier from jsonb_array_elements(
    (select p.rule -> 'tiers' from loyalty.programme p order by p.version desc limit 1)) t
    where t.value ->> 'code' = m.tier) found
  cross join lateral jsonb_array_elements_text(found.tier -> 'benefits') b (benefit)
  where m.tier is not null
  union all
  select t.party_id, e.benefit, 'treatment', t.treatment, null
  from customers.treatment t
  cross join lateral jsonb_array_elements_text(
    (select s.value -> t.treatment -> 'benefits' from kernel.setting s where s.name = 'customers.treatment_effects')) e (benefit)
  union all
  select g.party_id, g.benefit, 'staff', g.note, g.until from loyalty.entitlement_grant g where g.ended_at is null;

-- Hours that only who is entitled may book by themselves, and who waits in a line of their own.
alter table service.offering add column benefit text;
alter table service.waiting add column first_by text;
drop index service.waiting_line;
create index waiting_line on service.waiting (site_id, (first_by is null), asked_at, id) where state = 'waiting';

-- Down Migration
drop index service.waiting_line;
create index waiting_line on service.waiting (site_id, asked_at, id) where state = 'waiting';
alter table service.waiting drop column first_by;
alter table service.offering drop column benefit;
drop view loyalty.entitlement;
delete from kernel.setting where name = 'customers.treatment_effects';
drop table loyalty.entitlement_grant;
