-- Up Migration

create table engagement.segment (
  id uuid primary key,
  name text not null check (char_length(name) between 1 and 100),
  description text not null default '',
  rule jsonb not null,
  -- Grows with each change of the rule: a count begun under an older one is thrown away.
  revision integer not null default 1 check (revision > 0),
  -- Null while its members are being found for the first time, or again after a change of the rule.
  counted_at timestamptz,
  member_count integer not null default 0 check (member_count >= 0),
  -- Every expiry of a window up to here has been looked at.
  checked_until timestamptz not null,
  created_at timestamptz not null,
  created_by text,
  updated_at timestamptz not null
);
create unique index segment_name on engagement.segment (lower(name));

create table engagement.segment_member (
  party_id uuid not null,
  segment_id uuid not null references engagement.segment (id),
  since timestamptz not null,
  primary key (party_id, segment_id)
);
create index segment_member_of on engagement.segment_member (segment_id, party_id);

-- Who came in and who left after the first count, and when: journeys begin and end by it.
create table engagement.segment_change (
  party_id uuid not null,
  id uuid not null,
  segment_id uuid not null references engagement.segment (id),
  entered boolean not null,
  at timestamptz not null,
  primary key (party_id, id)
);
create index segment_change_of on engagement.segment_change (segment_id, at desc, id desc);

-- Down Migration
drop table engagement.segment_change;
drop table engagement.segment_member;
drop table engagement.segment;
