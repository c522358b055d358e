-- Up Migration

-- Browsers that somebody lets us notify. The hash of the endpoint is also an identifier of the party (kind `device`).
create table engagement.push_device (
  party_id uuid not null,
  device text not null,
  endpoint text not null,
  -- What messages are encrypted for (RFC 8291): the browser's public key and secret, in base64url.
  p256dh text not null,
  auth text not null,
  -- Host of the push service: all that is shown of it.
  service text not null,
  locale text not null check (locale in ('fr', 'en')),
  since timestamptz not null,
  primary key (party_id, device)
);
create index push_device_held on engagement.push_device (device);

alter table engagement.message
  -- Where a notification or a social message leads.
  add column link text;

alter table engagement.service_wish
  drop constraint service_wish_medium_check,
  add constraint service_wish_medium_check check (medium in ('email', 'sms', 'push'));

-- Down Migration
delete from engagement.service_wish where medium = 'push';
alter table engagement.service_wish
  drop constraint service_wish_medium_check,
  add constraint service_wish_medium_check check (medium in ('email', 'sms'));
alter table engagement.message drop column link;
drop table engagement.push_device;
