-- Up Migration

alter table engagement.answer
  drop constraint answer_medium_check,
  add constraint answer_medium_check check (medium in ('email', 'sms', 'letter', 'social'));

-- Down Migration
delete from engagement.answer where medium = 'social';
alter table engagement.answer
  drop constraint answer_medium_check,
  add constraint answer_medium_check check (medium in ('email', 'sms', 'letter'));
