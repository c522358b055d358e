-- Up Migration

create table engagement.mail_template (
  id uuid primary key,
  name text not null check (char_length(name) between 1 and 100),
  purpose text not null check (purpose in ('service', 'marketing', 'survey')),
  topic text,
  -- As it is being written; what is sent is a version.
  content jsonb not null,
  -- Grows with each change: a change made on an older one is refused.
  revision integer not null default 1 check (revision > 0),
  published_version integer,
  published_revision integer,
  archived_at timestamptz,
  created_at timestamptz not null,
  created_by text,
  updated_at timestamptz not null
);
create unique index mail_template_name on engagement.mail_template (lower(name)) where archived_at is null;

-- Never changed: a message names the one it was made with, and can be made again from it.
create table engagement.mail_template_version (
  template_id uuid not null references engagement.mail_template (id),
  version integer not null check (version > 0),
  purpose text not null,
  topic text,
  content jsonb not null,
  published_at timestamptz not null,
  published_by text,
  primary key (template_id, version)
);

create table engagement.mail_picture (
  -- SHA-256 of its bytes.
  id text primary key check (id ~ '^[0-9a-f]{64}$'),
  name text not null,
  media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/gif')),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  bytes bytea not null,
  created_at timestamptz not null,
  created_by text
);

alter table engagement.message
  add column template_id uuid,
  add column template_version integer,
  -- What marketing is about, for those who unticked it.
  add column topic text,
  add constraint message_own_template check ((template = 'own') = (template_id is not null));
create index message_of_template on engagement.message (template_id, template_version) where template_id is not null;
create index message_of_party on engagement.message (party_id, id desc) where party_id is not null;

-- Down Migration
drop index engagement.message_of_party;
drop index engagement.message_of_template;
alter table engagement.message
  drop constraint message_own_template,
  drop column topic,
  drop column template_version,
  drop column template_id;
drop table engagement.mail_picture;
drop table engagement.mail_template_version;
drop table engagement.mail_template;
