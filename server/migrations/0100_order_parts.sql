-- Up Migration
-- A part of an order may be promised at a time of its own, and may end without the others.
alter table orders.order_group add column timed text check (timed in ('window', 'drive'));
-- Its place in the window or slot, among the order's promises.
alter table orders.order_group add column promise_id uuid;
alter table orders.order_group add column cancelled_at timestamptz;
alter table orders.order_group add column cancel_reason text;
alter table orders.order_group add constraint order_group_timed check ((timed is null) = (promise_id is null));

-- Down Migration
alter table orders.order_group drop constraint order_group_timed;
alter table orders.order_group drop column cancel_reason;
alter table orders.order_group drop column cancelled_at;
alter table orders.order_group drop column promise_id;
alter table orders.order_group drop column timed;
