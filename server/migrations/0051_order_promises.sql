-- Up Migration
-- What an order was promised beside its goods: a delivery window, a drive bay, a fitting room, an appointment, a seat.
create table orders.order_promise (
  order_id uuid not null references orders.sales_order,
  promise_id uuid not null,
  pool_id uuid not null,
  kind text not null check (kind in ('window', 'bay', 'fitting_room', 'appointment', 'seat', 'booking_class')),
  quantity integer not null check (quantity > 0),
  primary key (order_id, promise_id)
);

-- Whoever asks for a promise knows its pool and its id; nobody looked them up by the asker.
drop index promises.promise_reference;

-- Down Migration
create index promise_reference on promises.promise (reference_id);
drop table orders.order_promise;
