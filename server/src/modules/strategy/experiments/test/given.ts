import { ApiError } from '@ecluse/contracts/client.ts'
import type { ExperimentBaseline, ExperimentDesign } from '@ecluse/contracts/experiments.ts'
import sql from 'sql-template-tag'
import type { Ctx } from '../../../../kernel/context.ts'
import { execute, inTransaction, query } from '../../../../kernel/db.ts'
import { recordInteractions } from '../../../customers/public.ts'

export const dayMs = 86_400_000

export const design: ExperimentDesign = {
  unit: 'customer',
  kpi: 'revenue',
  windowDays: 14,
  effect: 2_000,
  level: 0.05,
  power: 0.8,
  adjust: false,
  arms: [
    { key: 'now', name: 'Page d’aujourd’hui', share: 50 },
    { key: 'new', name: 'Page nouvelle', share: 50 },
  ],
}
export const baseline: ExperimentBaseline = {
  from: '2027-02-24',
  until: '2027-03-10',
  people: 4_000,
  sampled: false,
  mean: 0.1,
  deviation: 0.3,
  buyers: 0.1,
  varianceRatio: 0.75,
  reach: [
    { days: 1, people: 100 },
    { days: 28, people: 1_600 },
    { days: 365, people: 5_000 },
  ],
  sites: { count: 30, customers: 120, likeness: 0.02, varianceRatio: 0.5 },
}
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )
let nth = 0
/** Customers without anything but a name. */
export async function makePeople(ctx: Ctx, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => ctx.ids.next())
  const names = ids.map(() => `Client ${++nth}`)
  await execute(
    ctx.db,
    sql`insert into customers.party (id, kind, name, email, locale, sort_name, search, created_at, updated_at)
        select id, 'person', name, lower(replace(name, ' ', '')) || '@exemple.fr', 'fr', '', '', ${ctx.clock.now()}, ${ctx.clock.now()}
        from unnest(${ids}::uuid[], ${names}::text[]) as each_one (id, name)`,
  )
  return ids
}

export async function orderOf(ctx: Ctx, partyId: string, valueMinor: number, at = ctx.clock.now()): Promise<void> {
  const id = ctx.ids.next()
  const event = { partyId, kind: 'order' as const, at, id, channelCode: 'web', valueMinor: BigInt(valueMinor) }
  await inTransaction(ctx.db, (tx) => recordInteractions(ctx, tx, [event]))
}

/** So many shops, the nth with 2n customers who each ordered there once. */
export async function withShops(ctx: Ctx, count: number): Promise<{ siteId: string; customers: string[] }[]> {
  const [like] = await query<{ id: string }>(ctx.db, sql`select id from channels.site limit 1`)
  const made: { siteId: string; customers: string[] }[] = []
  for (let at = 0; at < count; at++) {
    const siteId = ctx.ids.next()
    await ctx.db.query(
      `insert into channels.site select (jsonb_populate_record(s, $1::jsonb)).* from channels.site s where s.id = $2`,
      [JSON.stringify({ id: siteId, code: `essai-${at}`, name: `Essai ${at}` }), like?.id],
    )
    const customers = await makePeople(ctx, 2 * (at + 1))
    for (const one of customers) await orderedAt(ctx, siteId, one)
    made.push({ siteId, customers })
  }
  return made
}

/** An order of a shop that stands, as a copy of one that was placed. */
async function orderedAt(ctx: Ctx, siteId: string, partyId: string): Promise<void> {
  const id = ctx.ids.next()
  const at = new Date(ctx.clock.now().getTime() - 40 * dayMs)
  const own = { id, site_id: siteId, party_id: partyId, number: `T-${id.slice(-8)}`, placed_at: at, access_token: id }
  await ctx.db.query(
    `insert into orders.sales_order select (jsonb_populate_record(o, $1::jsonb)).* from orders.sales_order o
     where o.document_state = 'confirmed' limit 1`,
    [JSON.stringify(own)],
  )
  const event = { partyId, kind: 'order' as const, at, id, subjectId: id, channelCode: 'web', valueMinor: 3_000n }
  await inTransaction(ctx.db, (tx) => recordInteractions(ctx, tx, [event]))
}
