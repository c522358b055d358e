-- Up Migration

-- What of a carriage was given back, and what of it is more than standard delivery would have cost: a buyer who chose the dearer way
-- and changes their mind gets the standard part (Code de la consommation, L221-24). Null for most orders.
alter table orders.sales_order
  add column carriage_back_minor bigint check (carriage_back_minor > 0),
  add column surcharge_minor bigint check (surcharge_minor > 0);
alter table orders.order_group
  add column carriage_back_minor bigint check (carriage_back_minor > 0),
  add column surcharge_minor bigint check (surcharge_minor > 0);

-- The carriage of a part that was cancelled went back then.
update orders.order_group set carriage_back_minor = fee_minor where cancelled_at is not null and fee_minor > 0;

-- The carriage in what a return gave back, so that it can be told.
alter table orders.order_return add column carriage_minor bigint check (carriage_minor > 0);
