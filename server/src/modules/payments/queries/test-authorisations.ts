import sql from 'sql-template-tag'
import { execute, maybeOne, type Queryable } from '../../../kernel/db.ts'

export async function insertAuthorisation(
  db: Queryable,
  row: { paymentId: string; amountMinor: bigint; outcome: 'challenge' | 'silent'; returnUrl: string },
  now: Date,
): Promise<void> {
  await execute(
    db,
    sql`insert into payments.test_authorisation (payment_id, amount_minor, outcome, return_url, asked_at)
        values (${row.paymentId}, ${row.amountMinor}, ${row.outcome}, ${row.returnUrl}, ${now}) on conflict do nothing`,
  )
}

export async function selectAuthorisation(
  db: Queryable,
  paymentId: string,
): Promise<{ outcome: string; asked_at: Date } | undefined> {
  return maybeOne(db, sql`select outcome, asked_at from payments.test_authorisation where payment_id = ${paymentId}`)
}

/** Answers a challenge once; a later answer changes nothing. */
export async function answerChallenge(
  db: Queryable,
  paymentId: string,
  outcome: 'authorised' | 'declined',
  now: Date,
): Promise<string | undefined> {
  const row = await maybeOne<{ return_url: string }>(
    db,
    sql`update payments.test_authorisation
        set outcome = case when outcome = 'challenge' then ${outcome} else outcome end,
            answered_at = coalesce(answered_at, ${now})
        where payment_id = ${paymentId} returning return_url`,
  )
  return row?.return_url
}
