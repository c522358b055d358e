import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type PartnerRow = {
  id: string
  name: string
  contact_name: string
  contact_email: string | null
  contact_phone: string | null
  sold_minor: bigint
  bought_minor: bigint
  person_day_earn: number
  person_day_spend: number
  day_earn: number
  day_spend: number
  created_at: Date
  actor: string | null
  stopped_at: Date | null
}

const columns = sql`id, name, contact_name, contact_email, contact_phone, sold_minor, bought_minor, person_day_earn, person_day_spend,
  day_earn, day_spend, created_at, actor, stopped_at`

export function listPartnerRows(db: Queryable): Promise<PartnerRow[]> {
  return query(db, sql`select ${columns} from loyalty.partner order by stopped_at is not null, name, id`)
}

export function partnerRow(db: Queryable, id: string): Promise<PartnerRow | undefined> {
  return maybeOne(db, sql`select ${columns} from loyalty.partner where id = ${id}`)
}

export async function upsertPartner(tx: Tx, row: PartnerRow): Promise<void> {
  await execute(
    tx,
    sql`insert into loyalty.partner (id, name, contact_name, contact_email, contact_phone, sold_minor, bought_minor, person_day_earn,
                                     person_day_spend, day_earn, day_spend, created_at, actor, stopped_at)
        values (${row.id}, ${row.name}, ${row.contact_name}, ${row.contact_email}, ${row.contact_phone}, ${row.sold_minor},
                ${row.bought_minor}, ${row.person_day_earn}, ${row.person_day_spend}, ${row.day_earn}, ${row.day_spend},
                ${row.created_at}, ${row.actor}, ${row.stopped_at})
        on conflict (id) do update set name = excluded.name, contact_name = excluded.contact_name,
          contact_email = excluded.contact_email, contact_phone = excluded.contact_phone, sold_minor = excluded.sold_minor,
          bought_minor = excluded.bought_minor, person_day_earn = excluded.person_day_earn,
          person_day_spend = excluded.person_day_spend, day_earn = excluded.day_earn, day_spend = excluded.day_spend,
          stopped_at = excluded.stopped_at`,
  )
}

/** What is owed to each partner by the ledger, in cents; below zero, what it owes. */
export function partnerBalances(db: Queryable): Promise<{ partner_id: string; minor: bigint }[]> {
  return query(
    db,
    sql`select p.id as partner_id,
               coalesce(sum(case when t.to_account = 'partner' then t.amount else -t.amount end), 0)::bigint as minor
        from loyalty.partner p left join payments.transfer t on t.owner_id = p.id and t.unit = 'EUR'
        group by p.id`,
  )
}

export type SettlementRow = {
  partner_id: string
  month: string
  net_minor: bigint
  reference: string
  settled_at: Date
  actor: string | null
}

export function settlementOf(db: Queryable, partnerId: string, month: string): Promise<SettlementRow | undefined> {
  return maybeOne(
    db,
    sql`select partner_id, month, net_minor, reference, settled_at, actor from loyalty.partner_settlement
        where partner_id = ${partnerId} and month = ${month}`,
  )
}

export async function insertSettlement(tx: Tx, row: SettlementRow): Promise<void> {
  await execute(
    tx,
    sql`insert into loyalty.partner_settlement (partner_id, month, net_minor, reference, settled_at, actor)
        values (${row.partner_id}, ${row.month}, ${row.net_minor}, ${row.reference}, ${row.settled_at}, ${row.actor})`,
  )
}
