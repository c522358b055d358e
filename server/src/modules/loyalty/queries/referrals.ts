import sql, { empty } from 'sql-template-tag'
import { execute, maybeOne, one, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type ReferralRow = {
  friend_id: string
  sponsor_id: string
  state: 'waiting' | 'rewarded' | 'void'
  reason: 'self' | 'not_member' | null
  claimed_at: Date
  settled_at: Date | null
  order_id: string | null
}

const columns = sql`friend_id, sponsor_id, state, reason, claimed_at, settled_at, order_id`

/** The code of a member, made once. */
export async function codeOf(tx: Queryable, partyId: string, fresh: string, now: Date): Promise<string> {
  await execute(
    tx,
    sql`insert into loyalty.referral_code (party_id, code, created_at) values (${partyId}, ${fresh}, ${now}) on conflict do nothing`,
  )
  const { code } = await one<{ code: string }>(
    tx,
    sql`select code from loyalty.referral_code where party_id = ${partyId}`,
  )
  return code
}

export async function ownerOfCode(db: Queryable, code: string): Promise<string | undefined> {
  const row = await maybeOne<{ party_id: string }>(
    db,
    sql`select party_id from loyalty.referral_code where code = ${code}`,
  )
  return row?.party_id
}

/** @returns false when they were brought already */
export async function insertReferral(
  tx: Tx,
  row: Pick<ReferralRow, 'friend_id' | 'sponsor_id' | 'claimed_at'>,
): Promise<boolean> {
  return (
    (await execute(
      tx,
      sql`insert into loyalty.referral (friend_id, sponsor_id, state, claimed_at)
          values (${row.friend_id}, ${row.sponsor_id}, 'waiting', ${row.claimed_at}) on conflict do nothing`,
    )) === 1
  )
}

export function referralsBy(db: Queryable, sponsorIds: readonly string[]): Promise<ReferralRow[]> {
  return query(db, sql`select ${columns} from loyalty.referral where sponsor_id = any(${sponsorIds}::uuid[])`)
}

export function referralOf(db: Queryable, friendIds: readonly string[]): Promise<ReferralRow | undefined> {
  return maybeOne(
    db,
    sql`select ${columns} from loyalty.referral where friend_id = any(${friendIds}::uuid[]) order by claimed_at limit 1`,
  )
}

/** Those who were brought and for whom nobody was rewarded yet, a page at a time. */
export function waitingReferrals(db: Queryable, after: string | null, limit: number): Promise<ReferralRow[]> {
  const later = after === null ? empty : sql`and friend_id > ${after}`
  return query(
    db,
    sql`select ${columns} from loyalty.referral where state = 'waiting' ${later} order by friend_id limit ${limit}`,
  )
}

/** Of whom an order is paid, kept and certain since they were brought: each with the first of them. */
export function ripeAmong(
  db: Queryable,
  brought: readonly { friend_id: string; member_id: string; claimed_at: Date }[],
): Promise<{ friend_id: string; ripe_id: string }[]> {
  return query(
    db,
    sql`select distinct on (w.friend_id) w.friend_id, e.order_id as ripe_id
        from unnest(${brought.map((one) => one.friend_id)}::uuid[], ${brought.map((one) => one.member_id)}::uuid[],
                    ${brought.map((one) => one.claimed_at)}::timestamptz[]) as w (friend_id, member_id, claimed_at)
        join loyalty.earning e on e.party_id = w.member_id and e.active and e.kept_minor > 0 and e.placed_at >= w.claimed_at
        order by w.friend_id, e.placed_at, e.order_id`,
  )
}

/** Ends a referral, once. @returns false when somebody else did */
export async function settleReferral(
  tx: Tx,
  {
    friendId,
    state,
    reason,
    orderId,
    now,
  }: {
    friendId: string
    state: 'rewarded' | 'void'
    reason: ReferralRow['reason']
    orderId: string
    now: Date
  },
): Promise<boolean> {
  return (
    (await execute(
      tx,
      sql`update loyalty.referral set state = ${state}, reason = ${reason}, order_id = ${orderId}, settled_at = ${now}
          where friend_id = ${friendId} and state = 'waiting'`,
    )) === 1
  )
}
