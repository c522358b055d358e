-- Up Migration
-- What waits to be relayed stands in a narrow table of its own: taking an event off the list deletes a few bytes, where it
-- wrote the whole event a second time.
create table kernel.event_waiting (
  aggregate_id uuid not null,
  sequence integer not null,
  -- The event's own id: the list is worked off in its order.
  id uuid not null,
  primary key (aggregate_id, sequence)
);
create index event_waiting_order on kernel.event_waiting (id);
insert into kernel.event_waiting select aggregate_id, sequence, id from kernel.outbox where relayed_at is null;
drop index kernel.outbox_waiting;
alter table kernel.outbox drop column relayed_at;

-- An order is written once and changed a few times soon after: with room on its page, a change touches no index.
alter table orders.sales_order set (fillfactor = 85);
alter table orders.order_line set (fillfactor = 90);
alter table payments.payment set (fillfactor = 85);

-- Down Migration
alter table kernel.outbox add column relayed_at timestamptz;
update kernel.outbox o set relayed_at = o.occurred_at
  where not exists (select from kernel.event_waiting w where (w.aggregate_id, w.sequence) = (o.aggregate_id, o.sequence));
drop table kernel.event_waiting;
create index outbox_waiting on kernel.outbox (id) where relayed_at is null;
alter table orders.sales_order reset (fillfactor);
alter table orders.order_line reset (fillfactor);
alter table payments.payment reset (fillfactor);
