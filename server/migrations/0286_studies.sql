-- Up Migration

-- Studies of other questions that are answered while one waits are kept as those of outlets were.
alter table strategy.outlet_study rename to study;
alter table strategy.study rename constraint outlet_study_pkey to study_pkey;
alter table strategy.study add kind text not null default 'outlets' check (kind in ('outlets', 'direct_channel', 'circuits'));
alter table strategy.study alter kind drop default;

-- Down Migration
delete from strategy.study where kind <> 'outlets';
alter table strategy.study drop kind;
alter table strategy.study rename constraint study_pkey to outlet_study_pkey;
alter table strategy.study rename to outlet_study;
