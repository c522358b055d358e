import { createRandom } from '@ecluse/strategy-engine/numeric/random.ts'
import type { Ctx } from '../../../../kernel/context.ts'
import { asJson } from '../../../../kernel/db.ts'
import type { PurchaseDays } from '../domain/purchase-days.ts'

const dayMs = 86_400_000

export type Buyer = { id: string; orders: { id: string; at: Date; valueMinor: number }[] }

/**
 * Invented customers who buy as BG/NBD has it and spend as Gamma-Gamma has it, over two years before now: each with orders at
 * noon, never two on one day.
 */
export function inventBuyers(ctx: Pick<Ctx, 'ids' | 'clock'>, count: number, seed: number): Buyer[] {
  const random = createRandom(seed)
  const today = Math.floor(ctx.clock.now().getTime() / dayMs)
  return Array.from({ length: count }, () => {
    const [rate, leaves, spends] = [random.gamma(0.7) / 60, random.beta(0.8, 2.5), 8_000 / random.gamma(4)]
    const days = new Set<number>()
    for (let day = today - 730 + 400 * random.float(); day <= today;) {
      days.add(Math.floor(day))
      if (days.size > 1 && random.float() < leaves) break
      day += random.exponential() / rate
    }
    const orders = [...days].map((day) => ({
      id: ctx.ids.next(),
      at: new Date(day * dayMs + dayMs / 2),
      valueMinor: 100 + Math.round(spends * random.gamma(6)),
    }))
    return { id: ctx.ids.next(), orders }
  })
}

export const daysOf = ({ id, orders }: Buyer): PurchaseDays => [
  id,
  orders.map(({ at }) => Math.floor(at.getTime() / dayMs)),
  orders.map(({ valueMinor }) => valueMinor),
]

/** Writes them and their orders as they would lie there, in two statements. */
export async function writeBuyers({ db, clock }: Pick<Ctx, 'db' | 'clock'>, buyers: readonly Buyer[]): Promise<void> {
  await db.query(
    `insert into customers.party (id, kind, name, email, locale, sort_name, search, created_at, updated_at)
     select id, 'person', 'Client', null, 'fr', 'client', 'client', $2, $2 from unnest($1::uuid[]) as g (id)`,
    [buyers.map(({ id }) => id), clock.now()],
  )
  const orders = buyers.flatMap(({ id: party_id, orders }) =>
    orders.map(({ id, at, valueMinor }) => ({
      party_id,
      kind: 'order',
      at,
      id,
      subject_id: id,
      channel_code: 'web',
      quantity: 1,
      value_minor: valueMinor,
    })),
  )
  await db.query(
    `insert into customers.interaction (party_id, kind, at, id, subject_id, channel_code, quantity, value_minor)
     select party_id, kind, at, id, subject_id, channel_code, quantity, value_minor
     from json_populate_recordset(null::customers.interaction, $1::json)`,
    [asJson(orders)],
  )
}
