-- Up Migration

-- Messages of which nobody knows whether they left: the journeys that sent them look for them each minute.
create index message_unknown on engagement.message (order_id) where state = 'unknown';

-- Down Migration
drop index engagement.message_unknown;
