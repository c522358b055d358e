import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LoyaltyMember } from '@ecluse/contracts/loyalty.ts'
import sql from 'sql-template-tag'
import { describe, expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { inTransaction, query } from '../../../kernel/db.ts'
import { captureAuthorised, makeRefunds, transferBalances, unbalancedTransfers } from '../../payments/public.ts'
import { countEarnings } from '../count-earnings.ts'
import { followTime } from '../follow-time.ts'

const {
  app,
  clock,
  ctx,
  shop,
  asStaff,
  visitor,
  settle: relay,
} = await createTestShop({ products: 3, unitsPerPlace: 900 })
const [first = '', second = ''] = shop.variantIds
const nantes = shop.sites['nantes'] ?? ''
const staff = asStaff()
const { db } = app.wiring.services
const provider = app.wiring.placement.provider

const rule = {
  name: { fr: 'Club', en: 'Club' },
  pointsPer100Euros: 100,
  multipliers: [],
  activation: 'return_period' as const,
  expiryMonths: 12,
  reward: { points: 100, valueMinor: 500 },
  tiers: [
    { code: 'argent', name: { fr: 'Argent', en: 'Silver' }, fromMinor: 100_000, percent: 100, benefits: [] },
    { code: 'or', name: { fr: 'Or', en: 'Gold' }, fromMinor: 300_000, percent: 200, benefits: ['own_line' as const] },
  ],
  windowMonths: 12,
}
await staff(endpoints.putLoyaltyProgramme, { body: rule })

async function settle(): Promise<void> {
  await relay()
  await captureAuthorised(ctx, provider)
  await makeRefunds(ctx, provider)
  await relay()
}

let people = 0
async function newMember(): Promise<LoyaltyMember & { email: string }> {
  const email = `membre${++people}@exemple.fr`
  const body = { name: `Membre ${people}`, email, channelCode: 'shop-nantes' }
  return { ...(await staff(endpoints.joinLoyaltyAtTill, { body })), email }
}

async function memberNow(customerId: string): Promise<LoyaltyMember> {
  const { member } = await staff(endpoints.getLoyaltyMember, { params: { customerId } })
  if (!member) throw new Error('no member')
  return member
}

/** What somebody was told of points that end, once the morning's look was done. */
async function endingsTold(email: string): Promise<string[]> {
  await app.wiring.jobs.find(({ name }) => name === 'engagement.tell-of-endings')?.run(ctx, {})
  const rows = await query<{ told: string }>(
    db,
    sql`select template || ' ' || state as told from engagement.message where recipient = ${email} and template = 'points_ending'`,
  )
  return rows.map(({ told }) => told)
}

/** Buys at the site, for collection in Nantes. */
async function buy(email: string, quantity: number, variantId = first): Promise<string> {
  const { orderId } = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId, quantity }], {
      contact: { name: `Membre de ${email}`, email },
      delivery: { method: 'pickup', siteId: nantes },
    }),
  })
  await settle()
  return orderId
}

async function collect(orderId: string): Promise<void> {
  const { items } = await staff(endpoints.listFulfillments, { query: { siteId: nantes } })
  const fulfillmentId = items.find((one) => one.orderId === orderId)?.id ?? ''
  await staff(endpoints.markPrepared, { params: { fulfillmentId } })
  const { delivery } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
  await staff(endpoints.handOver, { params: { fulfillmentId }, body: { pickupCode: delivery.pickupCode ?? '' } })
  await settle()
}

async function bringBack(orderId: string, quantity: number): Promise<void> {
  const order = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
  await staff(endpoints.createReturn, {
    params: { orderId },
    body: {
      siteId: nantes,
      lines: [{ lineId: order.lines[0]?.id ?? '', quantity, reason: 'defective', disposition: 'restock' }],
    },
  })
  await settle()
}

/** Gives points by hand: they are there at once. */
const give = (customerId: string, points: number) =>
  staff(endpoints.adjustLoyaltyPoints, { params: { customerId }, body: { points, reason: 'geste commercial' } })

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => 'done').catch((error: unknown) => (error instanceof ApiError ? error.problem.code : error))

const worthOf = async (orderId: string): Promise<number> =>
  Math.floor((await staff(endpoints.getOrder, { params: { orderId }, query: {} })).subtotal.amountMinor / 100)

const day = 86_400_000

/** Everything the ledger of points must keep, asked of the database. */
async function expectSound(): Promise<void> {
  const balances = await transferBalances(db, 'point')
  expect(balances.reduce((sum, { balance }) => sum + balance, 0n)).toBe(0n)
  expect(await unbalancedTransfers(db)).toEqual([])
  // Counting again from the orders finds nothing to book.
  const count = async (): Promise<number> =>
    (await query<{ n: number }>(db, sql`select count(*)::int as n from payments.transfer`))[0]?.n ?? -1
  const before = await count()
  const orders = await query<{ id: string }>(db, sql`select id from orders.sales_order`)
  await inTransaction(db, (tx) =>
    countEarnings(
      ctx,
      tx,
      orders.map(({ id }) => id),
    ),
  )
  expect(await count()).toBe(before)
  const wrong = await query(
    db,
    sql`select e.order_id from loyalty.earning e
        where e.points <> (select coalesce(sum(case t.cause when 'earned' then t.amount when 'unearned' then -t.amount
                                                            when 'reversed' then -t.amount else 0 end), 0)
                           from payments.transfer t where t.owner_id = e.party_id and t.subject_id = e.order_id)`,
  )
  expect(wrong).toEqual([])
}

describe('points', () => {
  test('are pending until the time to change one’s mind is over, then active, and end to the day in Paris', async () => {
    clock.set('2026-03-02T09:00:00Z')
    const { customerId, email } = await newMember()
    const orderId = await buy(email, 2)
    const points = await worthOf(orderId)
    expect((await memberNow(customerId)).points).toEqual({ active: 0, pending: points, expiring: [] })
    await collect(orderId)
    // Fourteen days after the second of March; the sixteenth is a Monday.
    clock.set('2026-03-16T22:00:00Z')
    await followTime(ctx)
    expect((await memberNow(customerId)).points.pending).toBe(points)
    clock.set('2026-03-16T23:00:00Z')
    await followTime(ctx)
    const at = '2027-03-17T23:00:00.000Z'
    const certain = (await memberNow(customerId)).points
    expect(certain.active).toBe(points)
    // The sixteenth was their last day to change their mind: points became active on it, and end with the sixteenth a year later.
    expect(certain.expiring.map((one) => one.at)).toEqual([new Date(Date.parse(at) - day).toISOString()])
    expect(await endingsTold(email)).toEqual([])
    clock.set('2027-02-20T09:00:00Z')
    expect(await endingsTold(email)).toEqual(['points_ending waiting'])
    expect(await endingsTold(email)).toEqual(['points_ending waiting'])
    clock.set('2027-03-16T22:59:59Z')
    await followTime(ctx)
    expect((await memberNow(customerId)).points.active).toBe(points)
    clock.set('2027-03-16T23:00:00Z')
    expect((await memberNow(customerId)).points.active).toBe(0)
    await followTime(ctx)
    const { points: ended, movements } = await memberNow(customerId)
    expect(ended).toEqual({ active: 0, pending: 0, expiring: [] })
    expect(movements.map(({ cause }) => cause)).toEqual(['expired', 'activated', 'earned'])
    await expectSound()
  })

  test('an event heard again books nothing, whoever counts at the same time', async () => {
    clock.set('2026-04-01T09:00:00Z')
    const { customerId, email } = await newMember()
    const orderId = await buy(email, 3)
    const points = await worthOf(orderId)
    await Promise.all(Array.from({ length: 8 }, () => inTransaction(db, (tx) => countEarnings(ctx, tx, [orderId]))))
    expect((await memberNow(customerId)).points.pending).toBe(points)
    await expectSound()
  })

  test('a cancelled order leaves none; who joins later earns nothing for before', async () => {
    clock.set('2026-04-02T09:00:00Z')
    const { customerId, email } = await newMember()
    const orderId = await buy(email, 1)
    await staff(endpoints.cancelOrder, { params: { orderId }, body: { reason: 'essai' } })
    await settle()
    expect((await memberNow(customerId)).points).toEqual({ active: 0, pending: 0, expiring: [] })
    await buy('pas.encore@exemple.fr', 1)
    clock.advance(1_000)
    const body = { name: 'Pas Encore', email: 'pas.encore@exemple.fr', channelCode: 'shop-nantes' }
    const joined = await staff(endpoints.joinLoyaltyAtTill, { body })
    expect(joined.movements).toEqual([])
    await expectSound()
  })

  test('what was spent and came back is owed, and worked off by the next purchase', async () => {
    clock.set('2026-05-04T09:00:00Z')
    const { customerId, cardNumber, email } = await newMember()
    const orderId = await buy(email, 20)
    await collect(orderId)
    clock.set('2026-06-01T09:00:00Z')
    await followTime(ctx)
    const points = await worthOf(orderId)
    const rewards = Math.floor(points / 100)
    expect(rewards).toBeGreaterThan(0)
    const voucher = await staff(endpoints.spendLoyaltyCard, { body: { cardNumber, rewards } })
    expect(voucher).toMatchObject({ points: rewards * 100, balance: { amountMinor: rewards * 500 } })
    await bringBack(orderId, 20)
    const { points: after, movements } = await memberNow(customerId)
    expect(after).toEqual({ active: -rewards * 100, pending: 0, expiring: [] })
    expect(movements[0]).toMatchObject({ cause: 'reversed', active: -points })
    expect(await codeOf(staff(endpoints.spendLoyaltyCard, { body: { cardNumber, rewards: 1 } }))).toBe(
      'loyalty.points_short',
    )
    await give(customerId, rewards * 100 + 30)
    expect((await memberNow(customerId)).points).toMatchObject({ active: 30, expiring: [{ points: 30 }] })
    await expectSound()
  })

  test('what had ended before its purchase came back is lost once', async () => {
    clock.set('2026-07-06T09:00:00Z')
    const { customerId, email } = await newMember()
    const orderId = await buy(email, 4)
    await collect(orderId)
    clock.set('2026-08-03T09:00:00Z')
    await followTime(ctx)
    clock.set('2027-09-01T09:00:00Z')
    await followTime(ctx)
    await bringBack(orderId, 4)
    const { points, movements } = await memberNow(customerId)
    expect(points).toEqual({ active: 0, pending: 0, expiring: [] })
    expect(movements.map(({ cause }) => cause).sort()).toEqual([
      'activated',
      'earned',
      'expired',
      'restored',
      'reversed',
    ])
    await expectSound()
  })
})

describe('spending', () => {
  test('the same points at once, here and there, are spent once', async () => {
    const { customerId, cardNumber } = await newMember()
    await give(customerId, 1_050)
    const tries = await Promise.allSettled(
      Array.from({ length: 14 }, () => staff(endpoints.spendLoyaltyCard, { body: { cardNumber, rewards: 1 } })),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    const { points, vouchers } = await memberNow(customerId)
    expect(points.active).toBe(50)
    expect(vouchers).toHaveLength(10)
    await expectSound()
  })

  test('a merged customer spends from both cards, and each has their own again when it is taken back', async () => {
    const [a, b] = [await newMember(), await newMember()]
    await give(a.customerId, 130)
    await give(b.customerId, 90)
    await staff(endpoints.mergeCustomers, { params: { customerId: a.customerId }, body: { otherId: b.customerId } })
    const both = await staff(endpoints.findLoyaltyCard, { body: { cardNumber: b.cardNumber } })
    expect(both).toMatchObject({ customerId: a.customerId, points: { active: 220 }, spendable: { rewards: 2 } })
    const tries = await Promise.allSettled([
      staff(endpoints.spendLoyaltyCard, { body: { cardNumber: a.cardNumber, rewards: 2 } }),
      staff(endpoints.spendLoyaltyCard, { body: { cardNumber: b.cardNumber, rewards: 2 } }),
    ])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await staff(endpoints.unmergeCustomer, { params: { customerId: b.customerId }, body: {} })
    const apart = [await memberNow(a.customerId), await memberNow(b.customerId)]
    expect(apart.map(({ points }) => points.active).reduce((sum, one) => sum + one, 0)).toBe(20)
    for (const { points } of apart) expect(points.active).toBeGreaterThanOrEqual(0)
    await expectSound()
  })

  test('a voucher given for points pays, and the books agree', async () => {
    const { customerId, cardNumber, email } = await newMember()
    await give(customerId, 400)
    const { code } = await staff(endpoints.spendLoyaltyCard, { body: { cardNumber, rewards: 4 } })
    await visitor(endpoints.placeOrder, {
      body: webPurchase([{ variantId: second, quantity: 3 }], {
        contact: { name: 'Membre', email },
        payments: [
          { method: 'voucher', code, amountMinor: 1_500 },
          { method: 'online_card', token: 'tok_accept' },
        ],
      }),
    })
    await settle()
    expect((await memberNow(customerId)).vouchers).toMatchObject([{ code, balance: { amountMinor: 500 } }])
    const rows = await query<{ same: boolean }>(
      db,
      sql`select v.balance_minor = -(select sum(e.amount_minor) from payments.ledger_entry e
            where e.account = 'voucher' and e.holder = v.id) as same from payments.voucher v`,
    )
    expect(rows.every(({ same }) => same)).toBe(true)
    await expectSound()
  })
})

describe('at the till', () => {
  const priceOf = (): number => Number(app.wiring.model.sellable('shop-nantes', first, clock.now())?.unitPriceMinor)
  const sell = (quantity: number) =>
    staff(endpoints.placeOrder, {
      body: {
        channel: 'shop-nantes',
        lines: [{ variantId: first, quantity }],
        delivery: { method: 'carry_out', siteId: nantes },
        payments: [{ method: 'cash', amountMinor: priceOf() * quantity }],
      },
    })

  test('a card shown makes a purchase its member’s, once, and nobody else’s', async () => {
    const [a, b] = [await newMember(), await newMember()]
    clock.advance(60_000)
    const { orderId } = await sell(2)
    const claim = (cardNumber: string) => staff(endpoints.claimLoyaltyPurchase, { body: { orderId, cardNumber } })
    const claimed = await Promise.all([claim(a.cardNumber), claim(a.cardNumber), claim(a.cardNumber)])
    const points = await worthOf(orderId)
    for (const member of claimed) expect(member.points.pending).toBe(points)
    expect(await codeOf(claim(b.cardNumber))).toBe('loyalty.purchase_of_another')
    expect(await codeOf(claim('2900000000000'))).toBe('loyalty.card_unknown')
    await settle()
    expect((await memberNow(a.customerId)).points.pending).toBe(points)
    expect((await staff(endpoints.getOrder, { params: { orderId }, query: {} })).partyId).toBe(a.customerId)
    await expectSound()
  })
})

test('a card that is shown at a till is one visit of its shop a day', async () => {
  const { customerId, cardNumber } = await newMember()
  const show = (channelCode?: string) => staff(endpoints.findLoyaltyCard, { body: { cardNumber, channelCode } })
  clock.set('2027-11-02T22:50:00Z')
  // Two tills at once see one visit.
  await Promise.all(Array.from({ length: 6 }, () => show('shop-nantes')))
  for (const channelCode of ['shop-nantes', undefined]) await show(channelCode)
  // Past midnight in Paris.
  clock.advance(15 * 60_000)
  await show('shop-nantes')
  // Whose data may only be kept has no visit noted, whatever the day.
  const restricted = { reason: 'accuracy', note: 'Conteste ses achats' } as const
  await staff(endpoints.restrictCustomer, { params: { customerId }, body: restricted })
  clock.advance(24 * 3_600_000)
  expect((await show('shop-nantes')).customerId).toBe(customerId)
  const { items } = await staff(endpoints.getCustomerTimeline, {
    params: { customerId },
    query: { kind: 'store_visit', limit: 5 },
  })
  expect(items.map(({ channelCode, at }) => [channelCode, at])).toEqual([
    ['shop-nantes', '2027-11-02T23:05:00.000Z'],
    ['shop-nantes', '2027-11-02T22:50:00.000Z'],
  ])
})

test('the liability is the sum of what members have, month by month', async () => {
  const liability = await staff(endpoints.getLoyaltyLiability, {})
  expect(liability.byMonth.reduce((sum, { points }) => sum + points, 0) - liability.owed).toBe(liability.active)
  const { active, pending, held, spent, expired } = liability
  expect(liability.given).toBe(active + pending + held + spent + expired)
  const { items } = await staff(endpoints.listLoyaltyMembers, { query: { limit: 200 } })
  expect(items.reduce((sum, { active }) => sum + active, 0)).toBe(liability.active)
})

test('giving points by hand needs its permission, and so does changing the programme', async () => {
  const { customerId } = await newMember()
  const clerk = asStaff(['till:sell', 'customers:read'])
  const body = { points: 5, reason: 'pour voir' }
  expect(await codeOf(clerk(endpoints.adjustLoyaltyPoints, { params: { customerId }, body }))).toBe('access.forbidden')
  expect(await codeOf(clerk(endpoints.putLoyaltyProgramme, { body: rule }))).toBe('access.forbidden')
})
