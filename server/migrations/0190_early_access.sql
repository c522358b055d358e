-- Up Migration

-- From when on everybody may buy what a channel shows: until then, whoever is entitled to early access, and nobody else.
-- Null: as soon as it is shown.
alter table catalog.publication add column opens_at timestamptz;

-- Down Migration
alter table catalog.publication drop column opens_at;
