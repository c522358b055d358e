-- Up Migration
-- When goods on their way from one place to another are expected: they can be promised there from that day on.
alter table inventory.transfer add column expected_on date;
update inventory.transfer set expected_on = sent_at::date + 2 where state = 'sent';

-- What is on its way to places, a row for each article of each document: asked of suppliers and not come yet, or sent from another
-- place and not arrived.
create view inventory.inbound as
  select l.variant_id, o.place_id, 'supplier_order' as kind, o.supplier_order_id as document_id, o.number, o.supplier_name as sender,
         (l.ordered_units - l.received_units)::int as units, l.expected_on
  from inventory.supplier_order o join inventory.supplier_order_line l using (supplier_order_id)
  where o.state = 'ordered' and l.ordered_units > l.received_units
  union all
  select l.variant_id, t.to_place_id, 'transfer', t.transfer_id, t.number, f.name, l.sent_units, t.expected_on
  from inventory.transfer t join inventory.transfer_line l using (transfer_id)
  join inventory.place f on f.id = t.from_place_id
  where t.state = 'sent' and l.sent_units > 0;

-- Down Migration
drop view inventory.inbound;
alter table inventory.transfer drop column expected_on;
