-- Up Migration
create schema catalog;

create table catalog.category (
  id uuid primary key,
  code text not null unique,
  parent_id uuid references catalog.category,
  name_fr text not null,
  name_en text not null,
  position integer not null default 0
);

create table catalog.product (
  id uuid primary key,
  handle text not null unique,
  kind text not null check (kind in ('physical', 'digital', 'ticket', 'appointment', 'contract')),
  name_fr text not null check (name_fr <> ''),
  name_en text not null,
  description_fr text not null,
  description_en text not null,
  brand text,
  vat_class text not null check (vat_class in ('standard', 'intermediate', 'reduced', 'special', 'zero')),
  tags text[] not null default '{}',
  attributes jsonb not null default '{}',
  options jsonb not null default '[]',
  seo_title jsonb,
  seo_description jsonb,
  revision integer not null default 1,
  -- Fingerprint of what was written last: writing the same again changes nothing.
  content_hash bytea not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index product_updated on catalog.product (updated_at desc, id);

create table catalog.product_category (
  product_id uuid not null references catalog.product on delete cascade,
  category_id uuid not null references catalog.category,
  position integer not null,
  primary key (product_id, category_id)
);
create index product_category_category on catalog.product_category (category_id);

create table catalog.media (
  product_id uuid not null references catalog.product on delete cascade,
  position integer not null,
  url text not null,
  alt_fr text not null,
  alt_en text not null,
  primary key (product_id, position)
);

create table catalog.variant (
  id uuid primary key,
  product_id uuid not null references catalog.product on delete cascade,
  sku text not null unique,
  gtin text unique check (gtin ~ '^(\d{8}|\d{12}|\d{13}|\d{14})$'),
  options jsonb not null default '{}',
  weight_grams integer check (weight_grams >= 0),
  media_position integer,
  position integer not null,
  -- A variant that was sold is never deleted: it is archived, and no channel offers it any more.
  archived_at timestamptz
);
create index variant_product on catalog.variant (product_id, position);

create table catalog.publication (
  product_id uuid not null references catalog.product on delete cascade,
  channel_id uuid not null references channels.channel on delete cascade,
  published_from timestamptz,
  published_until timestamptz,
  primary key (product_id, channel_id),
  check (published_until > published_from)
);
create index publication_channel on catalog.publication (channel_id);

-- Down Migration
drop schema catalog cascade;
