-- Up Migration

alter table engagement.message drop constraint message_medium_check, drop constraint message_check;
alter table engagement.message
  add constraint message_medium_check check (medium in ('email', 'sms', 'push', 'social')),
  add constraint message_made check (state in ('waiting', 'failed') or (body is not null and (html is not null or medium <> 'email'))),
  -- In millionths of a euro, known before it is sent; null: it costs nothing by itself.
  add column cost_micro bigint check (cost_micro >= 0),
  -- Parts of a text message.
  add column parts smallint check (parts > 0),
  -- What whoever carried it calls it, and what became of it there.
  add column provider_ref text,
  add column delivery text check (delivery in ('delivered', 'undelivered')),
  add column delivery_at timestamptz,
  -- The e-mail of a service message that goes by another medium: it goes there when that medium fails for good.
  add column fallback text;
create index message_of_provider on engagement.message (provider_ref) where provider_ref is not null;

-- By what somebody wishes to hear of what they asked for; without a row, by e-mail.
create table engagement.service_wish (
  party_id uuid primary key,
  medium text not null check (medium in ('email', 'sms')),
  at timestamptz not null,
  actor text
);

-- What people answered: each once, by the name whoever carried it gave it.
create table engagement.answer (
  external_id text primary key,
  id uuid not null,
  medium text not null check (medium in ('email', 'sms')),
  sender text not null,
  party_id uuid,
  message_id uuid,
  subject text not null default '',
  body text not null,
  -- What it asks, where that was understood.
  wish text not null check (wish in ('stop', 'start', 'neither')),
  received_at timestamptz not null
);
create index answer_log on engagement.answer (id desc);
create index answer_of_party on engagement.answer (party_id, id desc) where party_id is not null;

-- Down Migration
drop table engagement.answer;
drop table engagement.service_wish;
drop index engagement.message_of_provider;
alter table engagement.message
  drop column fallback,
  drop column delivery_at,
  drop column delivery,
  drop column provider_ref,
  drop column parts,
  drop column cost_micro,
  drop constraint message_made,
  drop constraint message_medium_check;
delete from engagement.message where medium <> 'email';
alter table engagement.message
  add constraint message_medium_check check (medium = 'email'),
  add constraint message_check check (state = 'waiting' or state = 'failed' or (html is not null and body is not null));
