-- Up Migration
-- Short courses for the teams, and what each member of staff made of their quiz.
create schema training;

create table training.course (
  id uuid primary key,
  revision integer not null default 1,
  state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
  -- What its authors write; what is taken is a version.
  draft jsonb not null,
  -- The version that is taken, or was when the course was withdrawn.
  version integer,
  created_at timestamptz not null,
  created_by text,
  check ((state = 'draft') = (version is null))
);

-- What was published, for good: an attempt is judged by the version it was made on.
create table training.course_version (
  course_id uuid not null references training.course (id),
  version integer not null check (version > 0),
  content jsonb not null,
  -- Who had passed an earlier version has to pass again.
  retake boolean not null,
  published_at timestamptz not null,
  published_by text,
  primary key (course_id, version)
);

alter table training.course add foreign key (id, version) references training.course_version (course_id, version);

-- For whom a course is: a role, a shop, both, or everybody.
create table training.assignment (
  id uuid primary key,
  course_id uuid not null references training.course (id) on delete cascade,
  role text check (role in ('administrator', 'shop_manager', 'clerk')),
  site_id uuid references channels.site (id),
  due_days integer check (due_days > 0),
  assigned_at timestamptz not null,
  assigned_by text,
  unique nulls not distinct (course_id, role, site_id)
);

create table training.attempt (
  id uuid primary key,
  account_id uuid not null references access.account (id) on delete cascade,
  course_id uuid not null,
  version integer not null,
  -- What questions and choices were shuffled by.
  seed bigint not null,
  started_at timestamptz not null,
  handed_in_at timestamptz,
  answers jsonb,
  score integer check (score between 0 and 100),
  passed boolean,
  valid_until timestamptz,
  foreign key (course_id, version) references training.course_version (course_id, version),
  check ((handed_in_at is null) = (answers is null)),
  check ((handed_in_at is null) = (score is null)),
  check ((handed_in_at is null) = (passed is null)),
  check (valid_until is null or passed)
);
create unique index attempt_open on training.attempt (account_id, course_id) where handed_in_at is null;
create index attempt_of_course on training.attempt (course_id, account_id);

-- Down Migration
drop schema training cascade;
