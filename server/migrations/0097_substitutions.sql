-- Up Migration
-- What its buyer wants when an article is missing when it is picked; null when they were not asked.
alter table orders.sales_order
  add column substitutions text check (substitutions in ('accept', 'ask', 'refuse'));

-- The line an article stands in for, of which units were missing.
alter table orders.order_line
  add column substitute_for uuid;

-- Down Migration
alter table orders.order_line drop column substitute_for;
alter table orders.sales_order drop column substitutions;
