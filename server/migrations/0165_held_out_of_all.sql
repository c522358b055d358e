-- Up Migration

-- Who is left alone by every journey is an arm of their own: they are not contacted, and what other journeys do for those who are
-- does not reach them, so they stand neither with those contacted nor with those whom this journey alone leaves out.
alter table engagement.journey_participant add column held_out_of_all boolean not null default false;
alter table engagement.journey_outcome drop constraint journey_outcome_arm_check;
alter table engagement.journey_outcome add constraint journey_outcome_arm_check
  check (arm in ('contacted', 'held_out', 'held_out_of_all'));

-- Down Migration
delete from engagement.journey_outcome where arm = 'held_out_of_all';
alter table engagement.journey_outcome drop constraint journey_outcome_arm_check;
alter table engagement.journey_outcome add constraint journey_outcome_arm_check check (arm in ('contacted', 'held_out'));
alter table engagement.journey_participant drop column held_out_of_all;
