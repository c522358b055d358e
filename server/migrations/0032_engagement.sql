-- Up Migration
create schema engagement;

-- Messages to customers about their orders. A row is written in the transaction that takes the event, without content; the
-- content is made once, before the first attempt, so that every attempt sends the same.
create table engagement.message (
  order_id uuid not null,
  id uuid not null,
  medium text not null check (medium in ('email')),
  template text not null,
  -- Which of several of one kind this is: a return, a parcel, a refund. Empty where there is one per order.
  occurrence text not null,
  locale text not null check (locale in ('fr', 'en')),
  recipient text not null,
  -- What the event told that the order does not: tracking number, return, amount refunded.
  details jsonb not null,
  subject text not null default '',
  html text,
  body text,
  state text not null check (state in ('waiting', 'sent', 'local', 'failed')),
  created_at timestamptz not null,
  sent_at timestamptz,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  error text,
  primary key (order_id, id),
  constraint message_once unique (order_id, template, occurrence),
  check (state = 'waiting' or state = 'failed' or (html is not null and body is not null))
);
create index message_log on engagement.message (id desc);
create index message_waiting on engagement.message (next_attempt_at) where state = 'waiting';
create index message_age on engagement.message (created_at);

-- Down Migration
drop schema engagement cascade;
