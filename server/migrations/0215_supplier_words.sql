-- Up Migration

-- What of a supplier's answer could not be done by itself.
alter table inventory.supplier_document add column left_to_staff text
  check (left_to_staff in ('lots', 'parcel', 'refusal'));

-- What whoever refused says of it in their own words; the reason stays ours.
alter table fulfillment.refusal add column note text;
