-- Up Migration

-- Whose quotes, reservations and appointments are: the party their contact led to when they were made, as orders have. A merge is
-- a pointer and moves none of them.
alter table orders.quote add column party_id uuid;
alter table orders.reservation add column party_id uuid;
alter table service.appointment add column party_id uuid;

-- Who did it, as the event told: staff, an API key, or the customer themself.
alter table customers.interaction add column actor text;

-- Messages of one customer, the latest first.
create index message_party on engagement.message (party_id, created_at desc, id desc) where party_id is not null;
update engagement.message m set party_id = o.party_id from orders.sales_order o
where o.id = m.order_id and m.party_id is null and o.party_id is not null;

-- Down Migration
drop index engagement.message_party;
alter table customers.interaction drop column actor;
alter table service.appointment drop column party_id;
alter table orders.reservation drop column party_id;
alter table orders.quote drop column party_id;
