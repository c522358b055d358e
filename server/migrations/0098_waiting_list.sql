-- Up Migration
-- Who waits for an hour of a service to be free, in the order they asked. An hour that frees is held for the first whom it suits.
create table service.waiting (
  id uuid primary key,
  offering_code text not null references service.offering,
  site_id uuid not null references channels.site,
  seats integer not null check (seats > 0),
  -- The days that suit them, both included.
  from_date date not null,
  until_date date not null check (until_date >= from_date),
  locale text not null check (locale in ('fr', 'en')),
  contact_name text not null,
  contact_email text,
  contact_phone text,
  state text not null check (state in ('waiting', 'offered', 'booked', 'left')),
  -- Their place in the line; who passes an hour on goes to its end.
  asked_at timestamptz not null,
  -- Hours they did not want, or did not answer for.
  passed timestamptz[] not null default '{}',
  -- What is held for them, and until when.
  appointment_id uuid,
  expires_at timestamptz,
  check ((state = 'offered') = (expires_at is not null)),
  check (contact_email is not null or contact_phone is not null)
);
create index waiting_line on service.waiting (site_id, asked_at, id) where state = 'waiting';
create index waiting_offer on service.waiting (expires_at) where state = 'offered';
create index waiting_appointment on service.waiting (appointment_id) where appointment_id is not null;

alter table service.appointment
  drop constraint appointment_state_check,
  add constraint appointment_state_check check (state in ('offered', 'booked', 'arrived', 'done', 'no_show', 'cancelled'));

-- Down Migration
alter table service.appointment
  drop constraint appointment_state_check,
  add constraint appointment_state_check check (state in ('booked', 'arrived', 'done', 'no_show', 'cancelled'));
drop table service.waiting;
