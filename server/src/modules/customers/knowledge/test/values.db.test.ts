import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, inject, test } from 'vitest'
import { createTestShop } from '../../../../../test/kit/shop.ts'
import { inTransaction } from '../../../../kernel/db.ts'
import { mergeParties } from '../../identity/merge-parties.ts'
import { unmergeParty } from '../../identity/unmerge-party.ts'
import { recordInteractions, type Interaction } from '../../interactions/record-interactions.ts'
import { valuePartiesNow } from '../../jobs/value-customers.ts'
import { fitValues, valueOf } from '../domain/value-model.ts'
import { summaryUntil, type Summary } from '../domain/purchase-days.ts'
import { computeFirstValues, computeValues } from '../compute-values.ts'
import { daysOf, inventBuyers, writeBuyers } from './invented-buyers.ts'

const { clock, ctx, asStaff, visitor, settle } = await createTestShop({ products: 1, unitsPerPlace: 5 })
const staff = asStaff()
const asOf = Math.floor(clock.now().getTime() / 86_400_000)
const knowledge = () => staff(endpoints.getKnowledge, {})
const valueOfCustomer = async (customerId: string) =>
  (await staff(endpoints.getCustomerValue, { params: { customerId } })).value

/** Does the jobs that were asked for. */
async function runAsked(): Promise<number> {
  const { rows } = await ctx.db.query<{ payload: unknown }>(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier = $1 returning payload`,
    [valuePartiesNow.name],
  )
  for (const { payload } of rows) await valuePartiesNow.run(ctx, valuePartiesNow.payload.parse(payload))
  return rows.length
}

async function happened(partyId: string, events: Partial<Interaction>[]): Promise<void> {
  await inTransaction(ctx.db, (tx) =>
    recordInteractions(
      ctx,
      tx,
      events.map((event) => ({
        partyId,
        kind: 'order',
        at: clock.now(),
        id: ctx.ids.next(),
        channelCode: 'web',
        ...event,
      })),
    ),
  )
  await settle()
  expect(await runAsked()).toBeGreaterThan(0)
}

test('a firm without orders is told so, and so is one with a single customer', async () => {
  expect(await knowledge()).toMatchObject({ fittedAt: null, fit: null, grid: [], active: [], buyers: 0 })
  await computeFirstValues(ctx)
  expect((await knowledge()).fit).toMatchObject({
    customers: 0,
    thresholds: null,
    activity: { state: 'refused', reason: 'too_few_customers', have: 0, need: 50 },
    counts: [],
    holdOut: null,
  })
  const [alone] = inventBuyers(ctx, 1, 1)
  if (!alone) throw new Error('nobody was invented')
  await writeBuyers(ctx, [alone])
  await computeValues(ctx)
  expect(await valueOfCustomer(alone.id)).toMatchObject({ purchases: alone.orders.length, recency: null, active: null })
  await expect(visitor(endpoints.getKnowledge, {})).rejects.toMatchObject({ problem: { code: 'access.not_signed_in' } })
})

test('each night gives every customer what the models say, with its date', { timeout: 60_000 }, async () => {
  const buyers = inventBuyers(ctx, 400, inject('seed'))
  await writeBuyers(ctx, buyers)
  await Promise.all([computeValues(ctx), computeValues(ctx)])
  const { rows } = await ctx.db.query<{ party_id: string }>('select * from customers.customer_value order by party_id')
  const { fit, grid, active, ...totals } = await knowledge()
  const all = await everything()
  expect(fit).toEqual(JSON.parse(JSON.stringify(fitValues(all, asOf))))
  expect(rows).toHaveLength(401)
  for (const one of all) {
    const wanted = valueOf(fit, summaryUntil(one) as Summary, asOf)
    expect(await valueOfCustomer(one[0])).toMatchObject({
      asOf: wanted.as_of,
      purchases: wanted.purchases,
      spentMinor: wanted.spent_minor,
      recency: wanted.recency,
      frequency: wanted.frequency,
      monetary: wanted.monetary,
      active: wanted.active,
      expectedValueMinor: wanted.expected_value_minor,
    })
    if (one === all[30]) break
  }
  expect(grid.reduce((sum, { customers }) => sum + customers, 0)).toBe(401)
  expect(active.reduce((sum, { customers }) => sum + customers, 0)).toBe(401)
  expect(totals).toMatchObject({ buyers: 401 })
  expect(totals.expectedValueMinor).toBe(grid.reduce((sum, cell) => sum + (cell.expectedValueMinor ?? 0), 0))

  async function everything() {
    const first = await ctx.db.query<{ party_id: string; at: Date; value_minor: bigint }>(
      `select party_id, at, value_minor from customers.interaction order by party_id, at`,
    )
    const by = new Map<string, { at: Date; valueMinor: number; id: string }[]>()
    for (const { party_id, at, value_minor } of first.rows)
      by.set(party_id, [...(by.get(party_id) ?? []), { at, valueMinor: Number(value_minor), id: '' }])
    return [...by].map(([id, orders]) => daysOf({ id, orders }))
  }
})

test('who buys is computed at once by what was fitted; what is cancelled or sent back is taken off', async () => {
  const [buyer] = inventBuyers(ctx, 1, 3)
  if (!buyer) throw new Error('nobody was invented')
  await writeBuyers(ctx, [{ ...buyer, orders: [] }])
  expect(await valueOfCustomer(buyer.id)).toBeNull()
  const [first, second] = [ctx.ids.next(), ctx.ids.next()]
  await happened(buyer.id, [{ id: first, subjectId: first, valueMinor: 10_000n }])
  const before = await valueOfCustomer(buyer.id)
  expect(before).toMatchObject({ purchases: 1, spentMinor: 10_000, recency: 5, active: 1 })
  expect(before?.expectedValueMinor).toBeGreaterThan(0)
  clock.advance(40 * 86_400_000)
  await happened(buyer.id, [
    { id: second, subjectId: second, valueMinor: 6_000n },
    { kind: 'return', subjectId: second, valueMinor: 2_000n },
  ])
  expect(await valueOfCustomer(buyer.id)).toMatchObject({ purchases: 2, spentMinor: 14_000 })
  await happened(buyer.id, [{ kind: 'cancellation', subjectId: second, valueMinor: 6_000n }])
  expect(await valueOfCustomer(buyer.id)).toMatchObject({ purchases: 1, spentMinor: 10_000 })
  await happened(buyer.id, [{ kind: 'return', subjectId: first, valueMinor: 10_000n }])
  expect(await valueOfCustomer(buyer.id)).toBeNull()
})

test('a merged customer counts as the one they were merged into, until it is taken back', async () => {
  const [one, other] = inventBuyers(ctx, 2, 4)
  if (!one || !other) throw new Error('nobody was invented')
  await writeBuyers(ctx, [
    { ...one, orders: [] },
    { ...other, orders: [] },
  ])
  await happened(one.id, [{ valueMinor: 3_000n }])
  await happened(other.id, [{ valueMinor: 4_000n }])
  await inTransaction(ctx.db, (tx) =>
    mergeParties(ctx, tx, { survivorId: one.id, absorbedId: other.id, rule: 'staff' }),
  )
  await settle()
  await runAsked()
  // Two orders of one day are one purchase.
  expect(await valueOfCustomer(one.id)).toMatchObject({ purchases: 1, spentMinor: 7_000 })
  const { rows } = await ctx.db.query('select 1 from customers.customer_value where party_id = $1', [other.id])
  expect(rows).toEqual([])
  await inTransaction(ctx.db, (tx) => unmergeParty(ctx, tx, other.id))
  await settle()
  await runAsked()
  expect(await valueOfCustomer(one.id)).toMatchObject({ purchases: 1, spentMinor: 3_000 })
  expect(await valueOfCustomer(other.id)).toMatchObject({ purchases: 1, spentMinor: 4_000 })
})

test('who buys while all are computed keeps what they bought, by the new fit', { timeout: 60_000 }, async () => {
  const [buyer] = inventBuyers(ctx, 1, 5)
  if (!buyer) throw new Error('nobody was invented')
  await writeBuyers(ctx, [{ ...buyer, orders: [] }])
  const night = computeValues(ctx)
  clock.advance(1_000)
  await happened(buyer.id, [{ valueMinor: 9_900n }])
  await night
  expect(await valueOfCustomer(buyer.id)).toMatchObject({ purchases: 1, spentMinor: 9_900 })
  const { rows } = await ctx.db.query<{ fits: number }>(
    `select count(distinct fit_id)::int as fits from customers.customer_value`,
  )
  expect(rows[0]?.fits).toBe(1)
})
