-- Up Migration

alter table interchange.import_run drop constraint import_run_kind_check,
  add constraint import_run_kind_check check (kind in ('shopify-products', 'stock', 'customers', 'postal-places'));

-- Down Migration
delete from interchange.import_issue where import_id in (select id from interchange.import_run where kind = 'postal-places');
delete from interchange.import_run where kind = 'postal-places';
alter table interchange.import_run drop constraint import_run_kind_check,
  add constraint import_run_kind_check check (kind in ('shopify-products', 'stock', 'customers'));
