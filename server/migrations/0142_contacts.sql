-- Up Migration

-- Why somebody got this, then, there, or nothing: all that was known and the answer, so that it can be given again.
create table engagement.contact_decision (
  party_id uuid not null,
  id uuid not null,
  journey_id uuid not null references engagement.journey (id),
  participant_id uuid not null,
  visit integer not null,
  version integer not null,
  node_id text not null,
  at timestamptz not null,
  inputs jsonb not null,
  chosen text,
  reason text not null,
  primary key (party_id, id),
  constraint decided_once unique (party_id, participant_id, visit)
);

-- What a journey sends to somebody, from the decision to what became of it. Its id is the key whoever carries it gets.
create table engagement.contact (
  party_id uuid not null,
  id uuid not null,
  decision_id uuid not null,
  journey_id uuid not null references engagement.journey (id),
  participant_id uuid not null,
  visit integer not null,
  version integer not null,
  node_id text not null,
  candidate text not null,
  medium text not null,
  purpose text not null,
  subject text not null,
  -- The e-mail, the telephone, or the postal address as JSON.
  recipient text not null,
  locale text not null check (locale in ('fr', 'en')),
  -- What is learned from it is learned of people like this one, at this hour of their day.
  people text not null,
  hour smallint not null check (hour between 0 and 23),
  cost_micro bigint not null check (cost_micro >= 0),
  -- `sending`: whoever carries it has been asked, and has not answered yet. `unknown`: it will not be asked again, for it could be sent twice.
  state text not null check (state in ('queued', 'sending', 'sent', 'refused', 'failed', 'unknown')),
  reason text,
  send_at timestamptz not null,
  attempts integer not null default 0,
  claimed_until timestamptz,
  created_at timestamptz not null,
  sent_at timestamptz,
  delivered_at timestamptz,
  bounced_at timestamptz,
  opened_at timestamptz,
  clicked_at timestamptz,
  answered_at timestamptz,
  primary key (party_id, id),
  constraint contact_once unique (party_id, participant_id, visit)
);
create index contact_due on engagement.contact (send_at) where state = 'queued';
create index contact_sending on engagement.contact (claimed_until) where state = 'sending';
create index contact_lately on engagement.contact (party_id, send_at desc);
create index contact_of_journey on engagement.contact (journey_id, state) where state in ('queued', 'sending');

-- What whoever carried it told, each once; what a machine did is told apart, with the rule that says so.
create table engagement.contact_event (
  party_id uuid not null,
  contact_id uuid not null,
  kind text not null check (kind in ('delivered', 'bounced', 'opened', 'clicked', 'complained')),
  at timestamptz not null,
  machine text,
  primary key (party_id, contact_id, kind, at)
);

-- How often contacts were answered, and what answers brought: by what was sent, to whom, at which hour.
create table engagement.contact_answer (
  scope text not null,
  key text not null,
  people text not null,
  hour smallint not null,
  sent bigint not null default 0,
  answered bigint not null default 0,
  value_minor bigint not null default 0,
  primary key (scope, key, people, hour)
);

-- Down Migration
drop table engagement.contact_answer;
drop table engagement.contact_event;
drop table engagement.contact;
drop table engagement.contact_decision;
