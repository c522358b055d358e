-- Up Migration

-- Visits are planned by journeys too; whoever asked for theirs is visited whatever they refused before.
alter table engagement.sales_visit
  add column asked boolean not null default false,
  drop constraint sales_visit_outcome_check,
  add constraint sales_visit_outcome_check
    check (outcome in ('ordered', 'appointment', 'interested', 'not_now', 'absent', 'refused', 'wrong_address'));

-- A firm that wrote its own caps and costs gets those of visits: at no cost a decision would choose them, without a cap too often.
update kernel.setting set value = jsonb_set(jsonb_set(value,
    '{costs}', (value -> 'costs') || '[{"medium": "visit", "micro": 80000000}]'::jsonb),
    '{caps}', case when jsonb_array_length(value -> 'caps') < 20
      then (value -> 'caps') || '[{"medium": "visit", "contacts": 1, "days": 90}]'::jsonb else value -> 'caps' end)
  where name = 'engagement.contact_policy' and not value -> 'costs' @> '[{"medium": "visit"}]'::jsonb;

-- Down Migration
update engagement.sales_visit set outcome = 'interested' where outcome = 'appointment';
alter table engagement.sales_visit
  drop column asked,
  drop constraint sales_visit_outcome_check,
  add constraint sales_visit_outcome_check
    check (outcome in ('ordered', 'interested', 'not_now', 'absent', 'refused', 'wrong_address'));
