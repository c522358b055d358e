-- Up Migration
-- Events for others: who wants them, what was sent to whom, and the order in which they became known.

-- The events that leave this installation, in the order the relay met them: one row per batch, of pointers into the outbox.
-- A row is written whole and never changed, so a reader who keeps a position misses nothing.
create table interchange.event_page (
  position bigint primary key,
  recorded_at timestamptz not null,
  aggregate_ids uuid[] not null,
  sequences integer[] not null,
  event_ids uuid[] not null,
  types text[] not null
);
create index event_page_time on interchange.event_page (recorded_at);

-- The last position given out. Its row is locked until the page commits: positions are seen in their order.
create table interchange.event_feed (
  only_row boolean primary key default true check (only_row),
  last_position bigint not null
);

-- What happened before this migration can be replayed too.
insert into interchange.event_page
select row_number() over (order by page), max(occurred_at), array_agg(aggregate_id order by n), array_agg(sequence order by n),
  array_agg(id order by n), array_agg(type order by n)
from (
  select o.aggregate_id, o.sequence, o.id, o.type, o.occurred_at, n, n / 500 as page
  from (
    select aggregate_id, sequence, id, type, occurred_at, row_number() over (order by id) as n
    from kernel.outbox e
    where (version = 1 and type in ('orders.order_reserved', 'orders.order_placed', 'orders.order_cancelled',
        'orders.order_expired', 'orders.return_received', 'payments.payment_captured', 'payments.refund_made',
        'fulfillment.order_ready', 'fulfillment.preparation_undone', 'fulfillment.handed_over', 'fulfillment.shipped',
        'catalog.product_changed', 'catalog.category_changed', 'pricing.price_changed', 'channels.channel_changed',
        'channels.site_changed')
      or version = 2 and type = 'inventory.stock_moved')
      and not exists (select from kernel.event_waiting w where w.aggregate_id = e.aggregate_id and w.sequence = e.sequence)
  ) o
) known
group by page;
insert into interchange.event_feed (last_position) select coalesce(max(position), 0) from interchange.event_page;

create table interchange.webhook (
  id uuid primary key,
  url text not null,
  description text not null,
  -- Null is every type.
  types text[],
  active boolean not null default true,
  disabled_reason text check (disabled_reason in ('paused', 'gone', 'unreachable')),
  disabled_at timestamptz,
  -- Sealed with a key made from the server's own secret.
  secret bytea not null,
  previous_secret bytea,
  previous_until timestamptz,
  -- Failures in a row since the last success; while it rests, nobody knocks.
  failures integer not null default 0,
  failing_since timestamptz,
  resting_until timestamptz,
  created_at timestamptz not null,
  created_by text,
  check (active = (disabled_reason is null)),
  check ((disabled_reason is null) = (disabled_at is null))
);

-- One event for one webhook: a pointer into the outbox. Sent again, it is the same row that waits once more.
create table interchange.webhook_delivery (
  webhook_id uuid not null references interchange.webhook on delete cascade,
  aggregate_id uuid not null,
  sequence integer not null,
  event_id uuid not null,
  type text not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  created_at timestamptz not null,
  next_attempt_at timestamptz not null,
  -- Who sends it now, and until when that is believed.
  lease uuid,
  leased_until timestamptz,
  first_attempt_at timestamptz,
  last_attempt_at timestamptz,
  delivered_at timestamptz,
  status integer,
  duration_ms integer,
  error text,
  answer text,
  primary key (webhook_id, aggregate_id, sequence)
);
create index webhook_delivery_due on interchange.webhook_delivery (webhook_id, next_attempt_at, event_id) where state = 'waiting';
create unique index webhook_delivery_event on interchange.webhook_delivery (webhook_id, event_id);
create index webhook_delivery_attempt on interchange.webhook_delivery (webhook_id, last_attempt_at);

-- Down Migration
drop table interchange.webhook_delivery;
drop table interchange.webhook;
drop table interchange.event_feed;
drop table interchange.event_page;
