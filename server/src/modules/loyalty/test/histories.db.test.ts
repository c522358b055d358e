import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import sql from 'sql-template-tag'
import { createTestRng } from '../../../../test/kit/rng.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { inTransaction, query } from '../../../kernel/db.ts'
import { eventsOf } from '../../../kernel/outbox.ts'
import { countEarnings } from '../count-earnings.ts'
import { followTime } from '../follow-time.ts'
import { earnPoints } from '../subscribers/earn-points.ts'

const { app, clock, ctx, shop, asStaff, visitor, settle } = await createTestShop({ products: 2, unitsPerPlace: 5_000 })
const rng = createTestRng()
const staff = asStaff()
const nantes = shop.sites['nantes'] ?? ''
const { db } = app.wiring.services
const dayMs = 86_400_000
const lifeDays = 31

await staff(endpoints.putLoyaltyProgramme, {
  body: {
    name: { fr: 'Club', en: 'Club' },
    pointsPer100Euros: 10,
    multipliers: [],
    activation: 'received',
    expiryMonths: 1,
    reward: { points: 3, valueMinor: 100 },
    tiers: [],
    windowMonths: 12,
  },
})

type Point = { lot: string; end: number; state: 'active' | 'spent' | 'ended' | 'back' }

/** Another reading of the rules: each point is a thing of its own, and nothing is summed. */
function newPurse() {
  const points: Point[] = []
  let owed = 0
  let day = 0
  const active = () =>
    points.filter(({ state }) => state === 'active').sort((a, b) => a.end - b.end || (a.lot < b.lot ? -1 : 1))
  const spendOne = (): boolean => {
    const [first] = active()
    if (first) first.state = 'spent'
    return first !== undefined
  }
  return {
    balance: () => active().length - owed,
    become(lot: string, count: number, end: number) {
      for (let i = 0; i < count; i++) points.push({ lot, end, state: 'active' })
      while (owed > 0 && spendOne()) owed--
    },
    spend(count: number): boolean {
      if (active().length - owed < count) return false
      for (let i = 0; i < count; i++) spendOne()
      return true
    },
    comeBack(lot: string, count: number) {
      for (const state of ['active', 'spent', 'ended'] as const)
        for (const point of points.filter((one) => one.lot === lot && one.state === state)) {
          if (count === 0) return
          count--
          point.state = 'back'
          // What was bought with it stays bought: another point pays, or it is owed.
          if (state === 'spent' && !spendOne()) owed++
        }
    },
    pass(to: number) {
      day = to
      for (const point of active()) if (point.end <= day) point.state = 'ended'
    },
  }
}

/** The first instant at which points that became active on a day of the clock are worth nothing: a month and a day later, in Paris. */
function endAfter(at: Date): number {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(at).split('-').map(Number)
  const [year = 0, month = 0, dayOfMonth = 0] = parts
  const lastOfNext = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const next = new Date(Date.UTC(year, month, Math.min(dayOfMonth, lastOfNext) + 1))
  // Midnight in Paris is one or two hours before midnight in Greenwich.
  for (const hours of [1, 2]) {
    const midnight = new Date(next.getTime() - hours * 3_600_000)
    const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', hourCycle: 'h23' })
    if (hour.format(midnight) === '00') return midnight.getTime()
  }
  throw new Error('no midnight')
}

async function sell(
  cardNumber: string,
  quantity: number,
): Promise<{ orderId: string; lineId: string; unitMinor: number }> {
  const variantId = shop.variantIds[rng.below(2)] ?? ''
  const unitMinor = Number(app.wiring.model.sellable('shop-nantes', variantId, clock.now())?.unitPriceMinor)
  const { orderId } = await staff(endpoints.placeOrder, {
    body: {
      channel: 'shop-nantes',
      lines: [{ variantId, quantity }],
      delivery: { method: 'carry_out', siteId: nantes },
      payments: [{ method: 'cash', amountMinor: unitMinor * quantity }],
    },
  })
  clock.advance(60_000)
  await staff(endpoints.claimLoyaltyPurchase, { body: { orderId, cardNumber } })
  const { lines } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
  return { orderId, lineId: lines[0]?.id ?? '', unitMinor }
}

const earned = (unitMinor: number, units: number): number => Math.floor((unitMinor * units) / 1_000)

test('histories of buying, bringing back, spending and waiting: the ledger says what counting each point says', async () => {
  for (let history = 0; history < 3; history++) {
    const { customerId, cardNumber } = await staff(endpoints.joinLoyaltyAtTill, {
      body: { name: `Histoire ${history}`, email: `histoire${history}@exemple.fr`, channelCode: 'shop-nantes' },
    })
    clock.advance(60_000)
    const purse = newPurse()
    const bought: { orderId: string; lineId: string; unitMinor: number; units: number; end: number }[] = []
    for (let step = 0; step < 14; step++) {
      const luck = rng.below(10)
      const order = bought[rng.below(Math.max(1, bought.length))]
      if (luck < 4) {
        const units = 1 + rng.below(4)
        const sold = await sell(cardNumber, units)
        const end = endAfter(clock.now())
        bought.push({ ...sold, units, end })
        purse.become(sold.orderId, earned(sold.unitMinor, units), end)
      } else if (luck < 6 && order && order.units > 0) {
        const quantity = 1 + rng.below(order.units)
        const lines = [
          { lineId: order.lineId, quantity, reason: 'defective' as const, disposition: 'restock' as const },
        ]
        await staff(endpoints.createReturn, { params: { orderId: order.orderId }, body: { siteId: nantes, lines } })
        await settle()
        purse.comeBack(
          order.orderId,
          earned(order.unitMinor, order.units) - earned(order.unitMinor, order.units - quantity),
        )
        order.units -= quantity
      } else if (luck < 8) {
        const rewards = 1 + rng.below(5)
        const done = await staff(endpoints.spendLoyaltyCard, { body: { cardNumber, rewards } }).then(
          () => true,
          () => false,
        )
        expect(done).toBe(purse.spend(rewards * 3))
      } else {
        clock.advance((1 + rng.below(lifeDays)) * dayMs)
        purse.pass(clock.now().getTime())
        await followTime(ctx)
      }
      await settle()
      const { member } = await staff(endpoints.getLoyaltyMember, { params: { customerId } })
      expect(member?.points.active, `history ${history}, step ${step}`).toBe(purse.balance())
    }
  }
  const unbalanced = await query(
    db,
    sql`select t.unit from payments.transfer t
        cross join lateral (values (t.amount), (-t.amount)) as e (amount) group by t.unit having sum(e.amount) <> 0`,
  )
  expect(unbalanced).toEqual([])
}, 120_000)

test('a follower that is killed while it counts gives points once', async () => {
  const email = 'tue@exemple.fr'
  const joined = await staff(endpoints.joinLoyaltyAtTill, { body: { name: 'Tué', email, channelCode: 'shop-nantes' } })
  clock.advance(60_000)
  const { orderId } = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId: shop.variantIds[0] ?? '', quantity: 4 }], {
      contact: { name: 'Tué', email },
      delivery: { method: 'pickup', siteId: nantes },
    }),
  })
  await settle()
  await query(db, sql`delete from payments.transfer where subject_id = ${orderId}`)
  const events = (await eventsOf(db, orderId)).filter(({ type }) => type === 'orders.order_placed')
  const killed = inTransaction(db, async (tx) => {
    await earnPoints.handle(ctx, tx, events)
    throw new Error('killed')
  })
  await expect(killed).rejects.toThrow('killed')
  await inTransaction(db, (tx) => earnPoints.handle(ctx, tx, events))
  await inTransaction(db, (tx) => earnPoints.handle(ctx, tx, events))
  await inTransaction(db, (tx) => countEarnings(ctx, tx, [orderId, orderId]))
  const { member } = await staff(endpoints.getLoyaltyMember, { params: { customerId: joined.customerId } })
  expect(member?.movements.map(({ cause }) => cause)).toEqual(['earned'])
  expect(member?.points.pending).toBeGreaterThan(0)
})
