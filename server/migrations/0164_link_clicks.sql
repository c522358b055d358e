-- Up Migration

-- Links of messages that were followed, until it is judged whether people or machines did: a minute later, when what else was
-- followed is known. The program that named itself is gone with the row.
create table engagement.link_click (
  party_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  at timestamptz not null,
  user_agent text not null,
  -- What only machines do: ask without reading, fetch ahead, follow a link that nobody sees.
  sign text check (sign in ('head', 'ahead', 'trap')),
  judged_at timestamptz,
  primary key (party_id, id)
);
create index link_click_waiting on engagement.link_click (at) where judged_at is null;
create index link_click_judged on engagement.link_click (judged_at) where judged_at is not null;

-- Down Migration
drop table engagement.link_click;
