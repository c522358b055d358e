-- Up Migration
-- Goods that are files. Each file of an article has versions; buyers are given the newest of each that was not withdrawn.
-- The bytes lie in the data folder under the file's id, never where anything is served from by name.
create table catalog.download_file (
  id uuid primary key,
  variant_id uuid not null references catalog.variant on delete cascade,
  label text not null check (label <> ''),
  version integer not null check (version > 0),
  file_name text not null,
  media_type text not null,
  bytes bigint not null check (bytes > 0),
  sha256 text not null,
  note text not null default '',
  actor text,
  created_at timestamptz not null,
  withdrawn_at timestamptz,
  unique (variant_id, label, version)
);

-- Why nobody may withdraw from a purchase of it (Code de la consommation, L221-28); null for most goods.
alter table catalog.product add column withdrawal_exception text check (
  withdrawal_exception in ('made_to_order', 'perishable', 'hygiene', 'inseparable', 'sealed_media', 'press', 'dated_service')
);

-- The place licences lie at: not a shelf, so that no document of stock ever names it.
alter table inventory.place add column downloads boolean not null default false;
create unique index place_of_downloads on inventory.place (downloads) where downloads;

alter table orders.sales_order drop constraint sales_order_delivery_method_check;
alter table orders.sales_order drop constraint sales_order_check;
alter table orders.sales_order add constraint sales_order_delivery_method_check
  check (delivery_method in ('delivery', 'pickup', 'carry_out', 'download'));
alter table orders.sales_order add constraint sales_order_check
  check (delivery_method in ('delivery', 'download') or site_id is not null);
alter table orders.order_group drop constraint order_group_method_check;
alter table orders.order_group add constraint order_group_method_check
  check (method in ('delivery', 'pickup', 'download'));

-- From when on the file of a line may be given to its buyer; null for goods.
alter table orders.order_line add column download_from timestamptz;
-- Copied from the product when it is sold: what was told then holds.
alter table orders.order_line add column withdrawal_exception text;
create index order_line_download on orders.order_line (download_from)
  where download_from is not null and fulfilled_quantity = 0 and exception is null;

-- What a buyer agreed to when they asked for files at once: that they lose the right of withdrawal (L221-28, 13°).
create table orders.download_consent (
  order_id uuid primary key references orders.sales_order,
  wording text not null,
  locale text not null check (locale in ('fr', 'en')),
  -- Word for word what was agreed to.
  statement text not null,
  agreed_at timestamptz not null
);

-- The right to fetch the files of a line. Links are signed with its secret; another secret ends them all.
create table orders.download_grant (
  order_id uuid not null,
  line_id uuid not null,
  secret text not null,
  granted_at timestamptz not null,
  -- Since when downloads are counted.
  counted_from timestamptz not null,
  expires_at timestamptz not null,
  most integer not null check (most > 0),
  revoked_at timestamptz,
  revoke_reason text,
  primary key (order_id, line_id),
  foreign key (order_id, line_id) references orders.order_line (order_id, id)
);

create table orders.download (
  order_id uuid not null,
  id uuid not null,
  line_id uuid not null,
  file_id uuid not null,
  at timestamptz not null,
  primary key (order_id, id),
  foreign key (order_id, line_id) references orders.download_grant (order_id, line_id)
);

-- Down Migration
drop table orders.download;
drop table orders.download_grant;
drop table orders.download_consent;
alter table orders.order_line drop column withdrawal_exception;
alter table orders.order_line drop column download_from;
alter table orders.order_group drop constraint order_group_method_check;
alter table orders.order_group add constraint order_group_method_check check (method in ('delivery', 'pickup'));
alter table orders.sales_order drop constraint sales_order_check;
alter table orders.sales_order drop constraint sales_order_delivery_method_check;
alter table orders.sales_order add constraint sales_order_delivery_method_check
  check (delivery_method in ('delivery', 'pickup', 'carry_out'));
alter table orders.sales_order add constraint sales_order_check check (delivery_method = 'delivery' or site_id is not null);
drop index inventory.place_of_downloads;
alter table inventory.place drop column downloads;
alter table catalog.product drop column withdrawal_exception;
drop table catalog.download_file;
