-- Up Migration

-- A supplier who sends to our customers has a place like ours, at a site only staff know of.
alter table channels.site drop constraint site_kind_check;
alter table channels.site add constraint site_kind_check check (kind in ('shop', 'warehouse', 'office', 'supplier'));

create table inventory.supplier_place (
  place_id uuid primary key references inventory.place(id),
  supplier_name text not null unique,
  locale text not null default 'fr' check (locale in ('fr', 'en')),
  -- Orders go out by themselves, rather than as drafts somebody sends.
  sends_orders boolean not null default false,
  stock_told_at timestamptz,
  changed_at timestamptz not null,
  changed_by text
);

create index supplier_order_direct on inventory.supplier_order (place_id) where direct_for is not null and state in ('draft', 'ordered');
