-- Up Migration
-- In a rush buyers are answered first: what follows from their orders may wait a little, what the shop must know at once
-- (a price, a stock) may not. The list is worked off in this order.
alter table kernel.event_waiting add column patient boolean not null default false;
drop index kernel.event_waiting_order;
create index event_waiting_order on kernel.event_waiting (patient, id);
-- Events are written by the thousand and read whole: as text they need not be taken apart on the way in.
alter table kernel.outbox alter column payload type json;

-- Down Migration
alter table kernel.outbox alter column payload type jsonb;
drop index kernel.event_waiting_order;
create index event_waiting_order on kernel.event_waiting (id);
alter table kernel.event_waiting drop column patient;
