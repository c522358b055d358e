-- Up Migration

-- Of a call the customer asked for themself: what they read when they did, where, when they wish it; the proof that it was asked.
alter table engagement.call add column request jsonb;

-- Down Migration
alter table engagement.call drop column request;
