-- Up Migration

-- What people ask about their own data, and what became of it (GDPR, articles 12 to 22).
create schema rights;

-- Texts about a person inside JSON made empty, its shape kept: whatever stands under a name that says so, and every text that
-- repeats one of the words, which are in small letters.
create function kernel.redact(value jsonb, words text[], inside boolean default false) returns jsonb
language plpgsql immutable as $$
begin
  case jsonb_typeof(value)
    when 'object' then
      return (select coalesce(jsonb_object_agg(e.key, kernel.redact(e.value, words, inside or e.key = any(array[
        'contact', 'address', 'recipient', 'email', 'phone', 'contactName', 'contactEmail', 'contactPhone', 'buyerName',
        'requesterName', 'shipTo', 'street', 'street2', 'postalCode', 'locality', 'note', 'message', 'comment', 'instructions',
        'vehicle', 'collectorName']))), '{}'::jsonb) from jsonb_each(value) e);
    when 'array' then
      return (select coalesce(jsonb_agg(kernel.redact(e.value, words, inside) order by e.position), '[]'::jsonb)
              from jsonb_array_elements(value) with ordinality as e (value, position));
    when 'string' then
      if inside or exists (select from unnest(words) as w (word) where position(w.word in lower(value #>> '{}')) > 0) then
        return '""'::jsonb;
      end if;
      return value;
    else
      return value;
  end case;
end $$;

create table rights.request (
  id uuid primary key,
  number text not null unique,
  kind text not null check (kind in ('access', 'portability', 'rectification', 'erasure', 'opposition', 'restriction')),
  -- Nothing is done before whoever asks has shown who they are: by a link sent to the mailbox, a session, or to somebody of the team.
  state text not null check (state in ('to_confirm', 'open', 'working', 'postponed', 'done', 'refused')),
  origin text not null check (origin in ('member', 'mailbox', 'staff', 'retention')),
  party_id uuid,
  account_id text,
  email text,
  -- What stands for the mailbox once the address is gone.
  fingerprint bytea,
  locale text not null check (locale in ('fr', 'en')),
  received_at timestamptz not null,
  due_at timestamptz not null,
  extended_reason text,
  identity text check (identity in ('session', 'mailbox', 'document', 'in_person', 'known')),
  identified_at timestamptz,
  identified_by text,
  -- Why somebody of the team does it for them, and what they asked in their words.
  reason text not null default '',
  answer text not null default '',
  closed_at timestamptz,
  closed_by text,
  -- How far the work is, from 0 to 100, and what keeps it waiting.
  progress integer not null default 0 check (progress between 0 and 100),
  obstacles text[] not null default '{}',
  check ((state in ('done', 'refused')) = (closed_at is not null))
);
create index request_open on rights.request (due_at) where closed_at is null;
create index request_party on rights.request (party_id) where party_id is not null;

-- The archive of what is held on a person: a file that is there for a time.
create table rights.archive (
  request_id uuid primary key references rights.request (id),
  bytes bigint not null,
  sha256 text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  downloads integer not null default 0,
  first_downloaded_at timestamptz,
  removed_at timestamptz
);

-- An erasure under way: by what its rows are found, until they are gone, and what was done of each table.
create table rights.erasure (
  request_id uuid primary key references rights.request (id),
  scope jsonb,
  steps jsonb not null default '[]',
  started_at timestamptz not null,
  done_at timestamptz
);

-- What the law makes the firm keep of somebody who was erased, apart from everything else.
create table rights.legal_record (
  id uuid primary key,
  request_id uuid not null references rights.request (id),
  law text not null,
  reference text not null,
  content jsonb not null,
  kept_until date not null,
  unique (request_id, law, reference)
);
create index legal_record_end on rights.legal_record (kept_until);
create index legal_record_reference on rights.legal_record (reference);

-- One chain of certificates: what was erased, what is kept and why, without a name.
create table rights.certificate (
  sequence integer primary key check (sequence > 0),
  id uuid not null unique,
  request_id uuid not null unique references rights.request (id),
  content text not null,
  previous bytea,
  hash bytea not null,
  signature bytea not null,
  key_id text not null
);

-- Down Migration
drop schema rights cascade;
drop function kernel.redact(jsonb, text[], boolean);
