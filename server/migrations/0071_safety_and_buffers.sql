-- Up Migration
-- Units a place keeps back of every article, unless one of its articles has a number of its own.
alter table inventory.place add column safety_units integer not null default 0 check (safety_units >= 0);
-- Whether the units kept back of this article here were set for it alone; the pool has the number.
alter table inventory.stock_item add column own_safety boolean not null default false;

-- What a channel leaves to the others at each place: so many units, or such a share of what lies there. Of one article, of a
-- category, or of everything; the nearest rule counts.
create table inventory.channel_buffer (
  id uuid primary key,
  channel_id uuid not null references channels.channel,
  variant_id uuid references catalog.variant,
  category_id uuid references catalog.category,
  units integer check (units > 0),
  share_basis_points integer check (share_basis_points between 1 and 10000),
  check (num_nonnulls(units, share_basis_points) = 1),
  check (num_nonnulls(variant_id, category_id) < 2),
  unique nulls not distinct (channel_id, variant_id, category_id)
);

-- Down Migration
drop table inventory.channel_buffer;
alter table inventory.stock_item drop column own_safety;
alter table inventory.place drop column safety_units;
