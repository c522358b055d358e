-- Up Migration

insert into payments.account_kind (code, unit, side) values ('points_referral', 'point', 'house') on conflict do nothing;

-- By which code a member brings others.
create table loyalty.referral_code (
  party_id uuid primary key,
  code text not null unique,
  created_at timestamptz not null
);

-- Who was brought by whom, once each: both are rewarded when the first order of who was brought is paid and kept.
create table loyalty.referral (
  friend_id uuid primary key,
  sponsor_id uuid not null,
  state text not null check (state in ('waiting', 'rewarded', 'void')),
  -- Why nobody is rewarded.
  reason text check (reason in ('self', 'not_member')),
  claimed_at timestamptz not null,
  settled_at timestamptz,
  order_id uuid,
  check ((state = 'waiting') = (settled_at is null))
);
create index referral_sponsor on loyalty.referral (sponsor_id);
create index referral_waiting on loyalty.referral (friend_id) where state = 'waiting';

-- Down Migration
drop table loyalty.referral;
drop table loyalty.referral_code;
delete from payments.account_kind where code = 'points_referral';
