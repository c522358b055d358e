-- Up Migration

-- By what an order is delivered without a fee, its name, and what that spares its buyer in minor units; null for most orders.
alter table orders.sales_order add column delivery_favour jsonb;

-- What was given until now was only known by a fee of nothing: what is still under way stays free when it changes.
update orders.sales_order o set delivery_favour = jsonb_build_object('source', e.source, 'name', null, 'sparedMinor', 0)
from loyalty.entitlement e
where e.party_id = o.party_id and e.benefit = 'free_delivery' and o.delivery_method = 'delivery'
  and o.delivery_fee_minor = 0 and o.document_state in ('awaiting_payment', 'confirmed');

-- Down Migration
alter table orders.sales_order drop column delivery_favour;
