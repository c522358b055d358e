-- Up Migration
-- What a counter sold, took and gave back in a day. Purchases online are in none of these.
create index sales_order_counter on orders.sales_order (site_id, placed_at) where delivery_method = 'carry_out';
create index payment_counter on payments.payment (created_at) where method in ('cash', 'terminal_card');
create index order_return_day on orders.order_return (site_id, created_at);

-- Down Migration
drop index orders.order_return_day;
drop index payments.payment_counter;
drop index orders.sales_order_counter;
