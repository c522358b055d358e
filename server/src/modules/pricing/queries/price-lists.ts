import type { LocalizedText } from '@ecluse/contracts/scalars.ts'
import sql from 'sql-template-tag'
import { execute, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type PriceList = { id: string; code: string; name: LocalizedText }

/** A list with what is known of it. */
export type PriceListSummary = PriceList & {
  includesVat: boolean
  channelCodes: string[]
  articlePrices: number
  entries: number
}

export async function selectPriceLists(db: Queryable): Promise<PriceList[]> {
  const rows = await query<{ id: string; code: string; name_fr: string; name_en: string }>(
    db,
    sql`select id, code, name_fr, name_en from pricing.price_list order by code`,
  )
  return rows.map((row) => ({ id: row.id, code: row.code, name: { fr: row.name_fr, en: row.name_en } }))
}

/** Adds a list, or renames the one that has its code. */
export async function upsertPriceList(tx: Tx, list: PriceList): Promise<void> {
  await execute(
    tx,
    sql`insert into pricing.price_list (id, code, name_fr, name_en)
        values (${list.id}, ${list.code}, ${list.name.fr}, ${list.name.en})
        on conflict (code) do update set name_fr = excluded.name_fr, name_en = excluded.name_en`,
  )
}

/** Lists of the channels that were given some, each channel's in order. */
export async function selectChannelLists(db: Queryable): Promise<{ channelId: string; listId: string }[]> {
  return query(
    db,
    sql`select channel_id as "channelId", price_list_id as "listId" from pricing.channel_price_list
        order by channel_id, position`,
  )
}

/** Replaces the lists of a channel. */
export async function replaceChannelLists(tx: Tx, channelId: string, listIds: readonly string[]): Promise<void> {
  await execute(tx, sql`delete from pricing.channel_price_list where channel_id = ${channelId}`)
  await execute(
    tx,
    sql`insert into pricing.channel_price_list (channel_id, price_list_id, position)
        select ${channelId}, l.id, l.position
        from unnest(${listIds}::uuid[]) with ordinality as l (id, position)`,
  )
}

/** Lists with the channels that sell from them; every channel without a list of its own sells from `public`. */
export async function selectListSummaries(db: Queryable, code?: string): Promise<PriceListSummary[]> {
  const rows = await query<Omit<PriceListSummary, 'name'> & { name_fr: string; name_en: string }>(
    db,
    sql`select l.id, l.code, l.name_fr, l.name_en, l.includes_vat as "includesVat",
               (select count(*)::int from pricing.price p where p.price_list_id = l.id) as "articlePrices",
               (select count(*)::int from pricing.price_rule r where r.price_list_id = l.id) as entries,
               coalesce((select array_agg(c.code order by c.position, c.code) from channels.channel c
                 where exists (select from pricing.channel_price_list x where x.channel_id = c.id and x.price_list_id = l.id)
                    or (l.code = 'public' and not exists (select from pricing.channel_price_list x where x.channel_id = c.id))),
                 '{}') as "channelCodes"
        from pricing.price_list l
        where ${code === undefined ? sql`true` : sql`l.code = ${code}`}
        order by l.code = 'public' desc, l.code`,
  )
  return rows.map(({ name_fr: fr, name_en: en, ...row }) => ({ ...row, name: { fr, en } }))
}

/** Says whether a list's fixed prices include VAT. */
export async function updateIncludesVat(tx: Tx, code: string, includesVat: boolean): Promise<void> {
  await execute(tx, sql`update pricing.price_list set includes_vat = ${includesVat} where code = ${code}`)
}
