-- Up Migration

-- An audit is kept as every computation of the desk: it can be stopped, and is begun again when its server died.
alter table strategy.audit
  drop constraint audit_state_check,
  add constraint audit_state_check check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  add cancel_requested boolean not null default false,
  add runner uuid,
  add said_at timestamptz,
  add attempts integer not null default 0,
  add problem jsonb,
  add started_at timestamptz;
-- Those whose server died were never taken up again.
update strategy.audit set said_at = created_at where state = 'running';

-- Down Migration
update strategy.audit set state = 'failed' where state = 'cancelled';
alter table strategy.audit
  drop constraint audit_state_check,
  add constraint audit_state_check check (state in ('waiting', 'running', 'done', 'failed')),
  drop cancel_requested,
  drop runner,
  drop said_at,
  drop attempts,
  drop problem,
  drop started_at;
