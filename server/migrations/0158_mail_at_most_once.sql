-- Up Migration

alter table engagement.message
  drop constraint message_state_check,
  -- `unknown`: the mail server had it, and nobody knows whether it took it; it is not sent again.
  add constraint message_state_check check (state in ('waiting', 'sent', 'local', 'failed', 'unknown')),
  -- When it was given to the mail server, which takes no key: what a crash leaves so may have left.
  add column handed_at timestamptz;

-- Down Migration
update engagement.message set state = 'failed' where state = 'unknown';
alter table engagement.message
  drop column handed_at,
  drop constraint message_state_check,
  add constraint message_state_check check (state in ('waiting', 'sent', 'local', 'failed'));
