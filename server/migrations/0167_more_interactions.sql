-- Up Migration

-- What a kind leaves open, as a code: the medium of a message, the outcome of a call, the category looked at.
alter table customers.interaction add column detail text;

-- Down Migration
alter table customers.interaction drop column detail;
