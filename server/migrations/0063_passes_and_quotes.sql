-- Up Migration
-- A cart is a document that any channel may continue. It may keep its prices, its goods, and the terms of a quote.
alter table orders.cart
  -- The channel it was opened in, once another has continued it.
  add column origin_channel_id uuid references channels.channel,
  -- Grows whenever its prices, its goods or its openness change otherwise than by its buyer's lines: who buys says which they saw.
  add column terms_version integer not null default 0,
  -- The revision of the quote it stands for; null for an ordinary cart.
  add column quote_revision integer,
  -- A quote nobody may buy now: being changed, refused, out of date.
  add column closed boolean not null default false,
  add column valid_until timestamptz,
  -- What carriage costs, where it was agreed upon.
  add column fee_method text check (fee_method in ('delivery', 'pickup', 'carry_out')),
  add column fee_minor bigint check (fee_minor >= 0);
create index cart_of_quote on orders.cart (order_id) where quote_revision is not null;

alter table orders.cart_line
  add column kept_minor bigint check (kept_minor >= 0),
  add column kept_until timestamptz,
  -- The channel whose price it is.
  add column kept_channel text,
  -- Units put aside for this line, in the promise engine.
  add column hold_promise_id uuid,
  add column hold_pool_id uuid,
  add column hold_place_id uuid,
  add column hold_until timestamptz,
  add constraint price_kept_whole check (num_nulls(kept_minor, kept_until, kept_channel) in (0, 3)),
  add constraint hold_whole check (num_nulls(hold_promise_id, hold_pool_id, hold_place_id, hold_until) in (0, 4));
create index cart_line_hold on orders.cart_line (hold_until) where hold_promise_id is not null;

-- A short code people read aloud, and a secret for links: whoever has one continues the document in another channel.
create table orders.pass (
  code text primary key,
  secret text not null,
  cart_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  actor text
);
create index pass_cart on orders.pass (cart_id);
create index pass_age on orders.pass (expires_at);

-- A quote and its cart are one document: they have the same id, so that a quote becomes one order at the most.
create table orders.quote (
  id uuid primary key references orders.cart,
  number text not null,
  channel_id uuid not null references channels.channel,
  state text not null check (state in ('draft', 'to_approve', 'approved', 'sent', 'accepted', 'refused', 'expired')),
  revision integer not null check (revision > 0),
  access_token text not null,
  locale text not null check (locale in ('fr', 'en')),
  contact_name text not null,
  contact_email text,
  contact_phone text,
  company text,
  total_minor bigint not null,
  valid_until timestamptz not null,
  author text,
  -- Who accepted which revision, when and where; or why it was refused.
  accepted_revision integer,
  accepted_by text,
  accepted_at timestamptz,
  reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (state <> 'accepted' or accepted_revision = revision)
);
create index quote_updated on orders.quote (updated_at desc, id desc);
create index quote_number on orders.quote (number);
create index quote_open on orders.quote (valid_until) where state in ('sent', 'accepted');

-- What was proposed, for good: a change is another revision. Each is sealed by a hash over its content and the one before.
create table orders.quote_revision (
  quote_id uuid not null references orders.quote,
  revision integer not null,
  content json not null,
  hash text not null,
  author text,
  created_at timestamptz not null,
  approval text check (approval in ('asked', 'given', 'denied')),
  approved_by text,
  sent_at timestamptz,
  primary key (quote_id, revision)
);

-- Down Migration
drop table orders.quote_revision;
drop table orders.quote;
drop table orders.pass;
alter table orders.cart_line
  drop column kept_minor, drop column kept_until, drop column kept_channel, drop column hold_promise_id,
  drop column hold_pool_id, drop column hold_place_id, drop column hold_until;
drop index orders.cart_of_quote;
alter table orders.cart
  drop column origin_channel_id, drop column terms_version, drop column quote_revision, drop column closed,
  drop column valid_until, drop column fee_method, drop column fee_minor;
