-- Up Migration

-- What was spent outside of the system (television, posters…) is told of apart, of a channel or of none.
alter table insights.past_contact
  add column medium text not null default '',
  drop constraint past_contact_pkey,
  add primary key (source, day, channel_code, medium);

-- Down Migration
delete from insights.past_contact where medium <> '';
alter table insights.past_contact
  drop constraint past_contact_pkey,
  add primary key (source, day, channel_code),
  drop column medium;
