import sql from 'sql-template-tag'
import { query, type Queryable } from '../../../kernel/db.ts'

/**
 * What is left of active points by the month, in Paris, on whose last day or before they end; and what members owe, as a row of its own.
 * Lots as `domain/lots.ts` has them, of each owner.
 */
export function pointsByMonth(db: Queryable): Promise<{ month: string | null; points: bigint; owed: boolean }[]> {
  return query(
    db,
    sql`with effect as (
          select owner_id, lot_id, expires_at, case when to_account = 'points' then amount else -amount end as amount
          from payments.transfer where unit = 'point' and 'points' in (from_account, to_account)
        ), lot as (
          select owner_id, lot_id, max(expires_at) as expires_at, sum(amount) as amount
          from effect where lot_id is not null group by owner_id, lot_id
        ), taken as (
          select owner_id, -sum(amount) filter (where lot_id is null) as amount, sum(amount) as balance from effect group by owner_id
        ), running as (
          select l.expires_at, l.amount,
                 sum(l.amount) over (partition by l.owner_id order by l.expires_at nulls last, l.lot_id)
                   - coalesce(t.amount, 0) as reached
          from lot l join taken t using (owner_id))
        select to_char(expires_at at time zone 'Europe/Paris' - interval '1 second', 'YYYY-MM') as month,
               sum(greatest(0, least(amount, reached)))::bigint as points, false as owed
        from running group by 1
        union all
        select null, sum(-balance)::bigint, true from taken where balance < 0
        order by 3, 1 nulls last`,
  )
}
