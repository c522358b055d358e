import type { Channel, ChannelMedium } from '@ecluse/contracts/channels.ts'
import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'
import { toMoney } from '../../../kernel/money.ts'

type ChannelRow = {
  id: string
  code: string
  medium: ChannelMedium
  name_fr: string
  name_en: string
  circuit: Channel['circuit']
  sells: boolean
  active: boolean
  fixed_per_month_minor: bigint | null
  per_contact_minor: bigint | null
  per_order_minor: bigint | null
  commission_basis_points: number | null
  site_ids: string[]
  hands_off_to: string[]
}

/** Channels with their sites and hand-offs, in their order, and what they cost on a day (the last that was said without one); all, or the one with a code. */
export async function selectChannels(db: Queryable, code: string | null, on: string | null = null): Promise<Channel[]> {
  const rows = await query<ChannelRow>(
    db,
    sql`select c.id, c.code, c.medium, c.name_fr, c.name_en, c.circuit, c.sells, c.active, m.fixed_per_month_minor,
               m.per_contact_minor, m.per_order_minor, m.commission_basis_points,
               array(select cs.site_id::text from channels.channel_site cs join channels.site s on s.id = cs.site_id
                     where cs.channel_id = c.id order by s.name, s.id) as site_ids,
               array(select t.code from channels.hand_off h join channels.channel t on t.id = h.to_channel_id
                     where h.channel_id = c.id order by t.position, t.code) as hands_off_to
        from channels.channel c
        left join lateral (select * from channels.channel_cost k where k.channel_id = c.id
            and k.valid_from <= coalesce(${on}::date, '9999-12-31') order by k.valid_from desc limit 1) m on true
        where ${code}::text is null or c.code = ${code}
        order by c.position, c.code`,
  )
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    medium: row.medium,
    name: { fr: row.name_fr, en: row.name_en },
    circuit: row.circuit,
    siteIds: row.site_ids,
    handsOffTo: row.hands_off_to,
    sells: row.sells,
    active: row.active,
    costs: {
      fixedPerMonth: toMoney(row.fixed_per_month_minor ?? 0n),
      perContact: toMoney(row.per_contact_minor ?? 0n),
      perOrder: toMoney(row.per_order_minor ?? 0n),
      commissionBasisPoints: row.commission_basis_points ?? 0,
    },
  }))
}

/** The name of a site and the code of the channel that sells on the spot there, null where nothing does: a warehouse. */
export async function selectSiteAndTill(
  db: Queryable,
  siteId: string,
): Promise<{ siteName: string; channelCode: string | null } | undefined> {
  return maybeOne(
    db,
    sql`select s.name as "siteName",
               (select c.code from channels.channel_site cs join channels.channel c on c.id = cs.channel_id
                where cs.site_id = s.id and c.medium = 'store'
                order by c.active desc, c.position, c.code limit 1) as "channelCode"
        from channels.site s where s.id = ${siteId}`,
  )
}

/** A channel's row as it is written. */
export type ChannelRecord = {
  id: string
  code: string
  medium: ChannelMedium
  nameFr: string
  nameEn: string
  circuit: Channel['circuit']
  sells: boolean
  active: boolean
  position: number
}

/** Adds a channel, or changes the one that has its code; answers the id it has. */
export async function upsertChannel(tx: Tx, c: ChannelRecord, now: Date): Promise<string> {
  const rows = await query<{ id: string }>(
    tx,
    sql`insert into channels.channel (id, code, medium, name_fr, name_en, circuit, sells, active, position, created_at)
        values (${c.id}, ${c.code}, ${c.medium}, ${c.nameFr}, ${c.nameEn}, ${c.circuit}, ${c.sells}, ${c.active},
                ${c.position}, ${now})
        on conflict (code) do update set
          medium = excluded.medium, name_fr = excluded.name_fr, name_en = excluded.name_en, circuit = excluded.circuit,
          sells = excluded.sells, active = excluded.active, position = excluded.position
        returning id`,
  )
  return (rows[0] as { id: string }).id
}

/** Replaces the sites of a channel. */
export async function replaceChannelSites(tx: Tx, channelId: string, siteIds: readonly string[]): Promise<void> {
  await execute(tx, sql`delete from channels.channel_site where channel_id = ${channelId}`)
  await execute(
    tx,
    sql`insert into channels.channel_site (channel_id, site_id) select ${channelId}, * from unnest(${siteIds}::uuid[])`,
  )
}

/** Replaces the channels a channel hands over to; answers the codes that exist. */
export async function replaceHandOffs(tx: Tx, channelId: string, codes: readonly string[]): Promise<string[]> {
  await execute(tx, sql`delete from channels.hand_off where channel_id = ${channelId}`)
  const rows = await query<{ code: string }>(
    tx,
    sql`with target as (select id, code from channels.channel where code = any(${codes}::text[])),
             added as (insert into channels.hand_off (channel_id, to_channel_id) select ${channelId}, id from target)
        select code from target`,
  )
  return rows.map((row) => row.code)
}
