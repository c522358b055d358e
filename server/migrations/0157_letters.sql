-- Up Migration

alter table engagement.mail_template
  add column medium text not null default 'email' check (medium in ('email', 'letter'));

-- Letters that are printed and handed over together.
create table engagement.letter_batch (
  id uuid primary key,
  number integer not null unique check (number > 0),
  created_at timestamptz not null,
  created_by text,
  handed_over_at timestamptz,
  handed_over_by text
);

alter table engagement.message
  drop constraint message_medium_check,
  add constraint message_medium_check check (medium in ('email', 'sms', 'push', 'social', 'letter')),
  -- Of a letter: what it is made of beside a template, to whom it was drawn, its words as printed, its pages and weight.
  add column letter jsonb,
  add column batch_id uuid references engagement.letter_batch (id),
  add constraint message_letter check (medium <> 'letter' or letter is not null);
create index message_letters on engagement.message (id) where medium = 'letter' and state = 'waiting' and batch_id is null;
create index message_of_batch on engagement.message (batch_id) where batch_id is not null;

-- Of letters: whose address it is, for it names them.
alter table engagement.dead_address add column party_id uuid;

alter table engagement.answer
  drop constraint answer_medium_check,
  add constraint answer_medium_check check (medium in ('email', 'sms', 'letter'));

-- Down Migration
alter table engagement.answer drop constraint answer_medium_check;
delete from engagement.answer where medium = 'letter';
alter table engagement.answer add constraint answer_medium_check check (medium in ('email', 'sms'));
delete from engagement.dead_address where party_id is not null;
alter table engagement.dead_address drop column party_id;
delete from engagement.message where medium = 'letter';
drop index engagement.message_letters;
alter table engagement.message
  drop constraint message_letter,
  drop column batch_id,
  drop column letter,
  drop constraint message_medium_check,
  add constraint message_medium_check check (medium in ('email', 'sms', 'push', 'social'));
drop table engagement.letter_batch;
delete from engagement.mail_template_version where template_id in (select id from engagement.mail_template where medium = 'letter');
delete from engagement.mail_template where medium = 'letter';
alter table engagement.mail_template drop column medium;
