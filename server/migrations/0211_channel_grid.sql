-- Up Migration

-- How the firm judges its channels: criteria, weights, judgements with their reasons, and what the best mix must keep to. Versions
-- never change; taking one back writes the next with what an earlier one said.
create table strategy.grid_version (
  version integer primary key check (version > 0),
  content jsonb not null,
  -- Why it changed; of one that takes another back, which.
  note text not null,
  restores integer references strategy.grid_version (version),
  created_at timestamptz not null,
  created_by text
);

-- Down Migration
drop table strategy.grid_version;
