-- Up Migration
-- What is given to somebody: a row for such orders, none for others.
create table orders.order_gift (
  order_id uuid primary key references orders.sales_order,
  -- Printed on the packing slip; may be empty.
  message text not null check (char_length(message) <= 300)
);

-- Down Migration
drop table orders.order_gift;
