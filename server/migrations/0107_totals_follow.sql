-- Up Migration
-- The total of an order is what is still bought of it: what was cancelled alone, a line or a part with its carriage, leaves it as what
-- was replaced or exchanged does.
with gone as (
  select order_id, id, line_total_minor - line_total_minor * fulfilled_quantity / quantity as minor,
         quantity - fulfilled_quantity as units
  from orders.order_line where exception = 'cancelled' and credited_minor is null
), marked as (
  update orders.order_line l set credited_minor = nullif(g.minor, 0) from gone g where l.order_id = g.order_id and l.id = g.id
)
update orders.sales_order o
set credited_minor = nullif(coalesce(o.credited_minor, 0) + g.minor, 0), total_minor = o.total_minor - g.minor,
    item_count = o.item_count - g.units
from (select order_id, sum(minor) as minor, sum(units) as units from gone group by order_id) g
where o.id = g.order_id;

update orders.sales_order o
set delivery_fee_minor = o.delivery_fee_minor - g.minor, total_minor = o.total_minor - g.minor
from (select order_id, sum(fee_minor) as minor from orders.order_group where cancelled_at is not null group by order_id) g
where o.id = g.order_id and o.document_state = 'confirmed';

-- Down Migration
-- The sums stay as they are: both ways of adding up hold for them.
