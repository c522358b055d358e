-- Up Migration
-- Messages are looked for by a part of their address or subject, among all that were ever kept.
create index message_search on engagement.message using gin (recipient gin_trgm_ops, subject gin_trgm_ops);

-- Down Migration
drop index engagement.message_search;
