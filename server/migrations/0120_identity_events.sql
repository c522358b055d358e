-- Up Migration

-- What can be learned of somebody grows: the browser or the telephone they use, a loyalty card, what a network or a marketplace
-- calls them. Each with the channel it was seen in.
alter table customers.identification drop constraint identification_kind_check;
alter table customers.identification add constraint identification_kind_check check (kind in
  ('account', 'email', 'phone', 'reference', 'name', 'locale', 'address', 'device', 'card', 'social', 'marketplace'));
alter table customers.identification add column channel_code text;
-- Who has the same telephone or the same device: few rows, and few ask.
create index identification_shared on customers.identification (value, kind) where kind in ('phone', 'device');

alter table customers.party_key drop constraint party_key_kind_check;
alter table customers.party_key add constraint party_key_kind_check check (kind in
  ('account', 'email', 'reference', 'phone_name', 'email_name', 'device', 'card', 'social', 'marketplace'));
-- Since when it leads nowhere because too many people have it, and how many they were.
alter table customers.party_key add column shared_at timestamptz, add column shared_by integer;

-- A merged party points to the one it was merged into, and to the survivor of them all. What was learned of it stays its own,
-- so that taking the merge back is taking the pointer back.
alter table customers.party add column merged_into uuid, add column survivor_id uuid;
alter table customers.party add constraint party_merged check ((merged_into is null) = (survivor_id is null) and survivor_id <> id);
create index party_member on customers.party (survivor_id) where survivor_id is not null;

-- Every merge and every taking back of one: rows are only added.
create table customers.merge (
  absorbed_id uuid not null,
  id uuid not null,
  act text not null check (act in ('merged', 'unmerged')),
  survivor_id uuid not null,
  -- Who decided: a person, or a rule.
  rule text not null check (rule in ('staff', 'exact', 'device')),
  note text,
  actor text,
  at timestamptz not null,
  primary key (absorbed_id, id)
);
create index merge_survivor on customers.merge (survivor_id);

-- Down Migration
drop table customers.merge;
alter table customers.party drop constraint party_merged, drop column merged_into, drop column survivor_id;
alter table customers.party_key drop column shared_at, drop column shared_by;
delete from customers.party_key where kind in ('email_name', 'device', 'card', 'social', 'marketplace');
alter table customers.party_key drop constraint party_key_kind_check;
alter table customers.party_key add constraint party_key_kind_check check (kind in ('account', 'email', 'reference', 'phone_name'));
drop index customers.identification_shared;
alter table customers.identification drop column channel_code;
delete from customers.identification where kind in ('device', 'card', 'social', 'marketplace');
alter table customers.identification drop constraint identification_kind_check;
alter table customers.identification add constraint identification_kind_check check (kind in
  ('account', 'email', 'phone', 'reference', 'name', 'locale', 'address'));
