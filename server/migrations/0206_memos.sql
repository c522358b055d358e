-- Up Migration

-- A decision on a page: options with their figures as they were computed, risks, what was decided, by whom, and when to look again.
-- Once decided nothing of it changes.
create table strategy.memo (
  id uuid primary key,
  title text not null,
  question text not null,
  -- Figures of each option, copied from its run.
  options jsonb not null,
  risks text not null,
  decision text not null,
  -- The run that was chosen; null for doing nothing, or while nothing is decided.
  chosen_run_id uuid references strategy.scenario_run (id),
  owner text not null,
  review_on date,
  state text not null check (state in ('draft', 'decided')),
  created_at timestamptz not null,
  created_by text,
  decided_at timestamptz,
  decided_by text,
  check ((state = 'decided') = (decided_at is not null)),
  check (state = 'draft' or review_on is not null)
);
create index memo_due on strategy.memo (review_on) where state = 'decided';

-- What was found when a decision was looked at again, with the figures of that day.
create table strategy.memo_review (
  id uuid primary key,
  memo_id uuid not null references strategy.memo (id),
  note text not null,
  comparison jsonb not null,
  at timestamptz not null,
  created_by text
);
create index memo_review_memo on strategy.memo_review (memo_id, id);

-- Down Migration
drop table strategy.memo_review;
drop table strategy.memo;
