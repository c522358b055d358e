-- Up Migration
-- An exchange stays in its order: what came back is credited to it, and the articles given for it are lines like the others.
alter table orders.sales_order
  -- The value of what was exchanged, which is not owed any more; null for most orders.
  add column credited_minor bigint check (credited_minor > 0),
  drop constraint total_adds_up,
  add constraint total_adds_up check (total_minor = subtotal_minor + delivery_fee_minor - coalesce(credited_minor, 0));

alter table orders.order_line
  -- Units that came back for something else, and what they were worth.
  add column exchanged_quantity integer check (exchanged_quantity between 1 and returned_quantity),
  add column credited_minor bigint check (credited_minor > 0),
  -- The return it was given for.
  add column given_for uuid;

-- Down Migration
alter table orders.order_line
  drop column given_for,
  drop column credited_minor,
  drop column exchanged_quantity;
alter table orders.sales_order
  drop constraint total_adds_up,
  add constraint total_adds_up check (total_minor = subtotal_minor + delivery_fee_minor),
  drop column credited_minor;
