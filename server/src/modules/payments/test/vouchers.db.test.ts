import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { comparePools } from '../../promises/public.ts'
import { captureAuthorised, ledgerBalances, makeRefunds, unbalancedTransfers } from '../public.ts'

const {
  app,
  clock,
  ctx,
  shop,
  asStaff,
  visitor,
  settle: relay,
} = await createTestShop({ products: 2, unitsPerPlace: 200 })
const [first = '', second = ''] = shop.variantIds
const nantes = shop.sites['nantes'] ?? ''
const staff = asStaff()
const provider = app.wiring.placement.provider
const { db } = app.wiring.services

async function settle(): Promise<void> {
  await relay()
  await captureAuthorised(ctx, provider)
  await makeRefunds(ctx, provider)
  await relay()
}

const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => 'done').catch((error: unknown) => (error instanceof ApiError ? error.problem.code : error))

const readOrder = (orderId: string) => staff(endpoints.getOrder, { params: { orderId }, query: {} })
const balanceOf = async (code: string): Promise<number> =>
  (await visitor(endpoints.getVoucher, { body: { code } })).balance.amountMinor

/** Somebody brings a present back: its payer gets nothing, they a voucher. */
async function givenVoucher(variantId = first): Promise<{ code: string; minor: number; orderId: string }> {
  const { orderId } = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId, quantity: 1 }], { delivery: { method: 'pickup', siteId: nantes } }),
  })
  await settle()
  const { items } = await staff(endpoints.listFulfillments, { query: { siteId: nantes } })
  const fulfillmentId = items.find((one) => one.orderId === orderId)?.id ?? ''
  await staff(endpoints.markPrepared, { params: { fulfillmentId } })
  const { delivery, lines } = await readOrder(orderId)
  await staff(endpoints.handOver, { params: { fulfillmentId }, body: { pickupCode: delivery.pickupCode ?? '' } })
  const { voucher, refund } = await staff(endpoints.createReturn, {
    params: { orderId },
    body: {
      siteId: nantes,
      lines: [{ lineId: lines[0]?.id ?? '', quantity: 1, reason: 'changed_mind', disposition: 'restock' }],
      refundTo: 'voucher',
    },
  })
  await settle()
  expect(voucher?.balance).toEqual(refund)
  return { code: voucher?.code ?? '', minor: refund.amountMinor, orderId }
}

const priceOf = async (variantId: string): Promise<number> => {
  const { total, orderId } = await visitor(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity: 1 }]) })
  await staff(endpoints.cancelOrder, { params: { orderId }, body: { reason: 'essai' } })
  return total.amountMinor
}

const buyWith = (payments: object[], variantId = second, key?: string) =>
  visitor(
    endpoints.placeOrder,
    { body: webPurchase([{ variantId, quantity: 1 }], { payments }) },
    key === undefined ? undefined : { idempotencyKey: key },
  )

/** What all vouchers are worth is what the ledger owes, voucher by voucher. */
async function expectBooked(): Promise<void> {
  await settle()
  const { rows } = await db.query<{ stored: string; booked: string }>(
    `select v.balance_minor::text as stored,
            coalesce((select -sum(e.amount_minor) from payments.ledger_entry e where e.account = 'voucher' and e.holder = v.id), 0)::text as booked
     from payments.voucher v`,
  )
  for (const { stored, booked } of rows) expect(booked).toBe(stored)
  const all = new Map((await ledgerBalances(db)).map(({ account, balance }) => [account, balance]))
  expect(all.get('receivable') ?? 0n).toBe(0n)
  expect(await unbalancedTransfers(db)).toEqual([])
  expect(await comparePools(db)).toEqual([])
}

test('a present comes back for a voucher: its payer gets nothing, the ledger owes it to its holder', async () => {
  const { code, minor, orderId } = await givenVoucher()
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(await balanceOf(code.toLowerCase())).toBe(minor)
  expect((await readOrder(orderId)).refunded.amountMinor).toBe(minor)
  expect((await staff(endpoints.listVouchers, { query: { orderId } })).items).toMatchObject([{ code }])
  expect(
    await codeOf(
      visitor(endpoints.getVoucher, { body: { code: `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}` } }),
    ),
  ).toBe('payments.voucher_unknown')
  await expectBooked()
})

test('spent in part with a card, the rest later; what it paid for comes back to it', async () => {
  const { code, minor } = await givenVoucher()
  const total = await priceOf(second)
  const part = Math.min(minor, total) - 100
  const placed = await buyWith([
    { method: 'voucher', code, amountMinor: part },
    { method: 'online_card', token: 'tok_accept' },
  ])
  expect(await balanceOf(code)).toBe(minor - part)
  await expectBooked()
  expect((await readOrder(placed.orderId)).payments.map(({ method, amount }) => [method, amount.amountMinor])).toEqual(
    expect.arrayContaining([
      ['voucher', part],
      ['online_card', total - part],
    ]),
  )
  await staff(endpoints.cancelOrder, { params: { orderId: placed.orderId }, body: { reason: 'changé d’avis' } })
  expect(await balanceOf(code)).toBe(minor)
  await expectBooked()
})

test('a card that is declined, a voucher that is short or over: nothing is bought and nothing is lost', async () => {
  const { code, minor } = await givenVoucher()
  const total = await priceOf(second)
  const card = (token: string) => ({ method: 'online_card', token })
  const some = { method: 'voucher', code, amountMinor: 100 }
  expect(await codeOf(buyWith([some, card('tok_decline')]))).toBe('payments.declined')
  expect(await codeOf(buyWith([card('tok_accept'), { ...some, amountMinor: minor + 1 }]))).toMatch(/mismatch|short/)
  expect(await codeOf(buyWith([some]))).toBe('orders.payment_mismatch')
  expect(await balanceOf(code)).toBe(minor)
  expect(total).toBeGreaterThan(100)
  clock.advance(25 * 30 * 86_400_000 + 86_400_000)
  expect(await codeOf(buyWith([some, card('tok_accept')]))).toBe('payments.voucher_expired')
  await expectBooked()
})

test('spent many times at once: exactly its balance', async () => {
  const { code, minor } = await givenVoucher()
  const part = Math.floor(minor / 3)
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      codeOf(
        buyWith([
          { method: 'voucher', code, amountMinor: part },
          { method: 'online_card', token: 'tok_accept' },
        ]),
      ),
    ),
  )
  expect(answers.filter((answer) => answer === 'done')).toHaveLength(3)
  expect(answers.filter((answer) => answer === 'payments.voucher_short')).toHaveLength(5)
  expect(await balanceOf(code)).toBe(minor - 3 * part)
  await expectBooked()
})

test('the same request again takes it once; what a lost purchase held is given back', async () => {
  const { code, minor } = await givenVoucher()
  const payments = [
    { method: 'voucher', code, amountMinor: 50 },
    { method: 'online_card', token: 'tok_accept' },
  ]
  const [one, other] = [
    await buyWith(payments, second, 'voucher-once'),
    await buyWith(payments, second, 'voucher-once'),
  ]
  expect(other.orderId).toBe(one.orderId)
  expect(await balanceOf(code)).toBe(minor - 50)
  await db.query(
    `with taken as (update payments.voucher set balance_minor = balance_minor - 70 where code = $1 returning id)
     insert into payments.voucher_hold select gen_random_uuid(), id, 70, $2 from taken`,
    [code.replaceAll('-', ''), clock.now()],
  )
  clock.advance(20 * 60_000)
  await app.wiring.jobs.find(({ name }) => name === 'payments.sweep-vouchers')?.run(ctx, {})
  expect(await balanceOf(code)).toBe(minor - 50)
  await expectBooked()
})

test('at a till, with cash for the rest', async () => {
  const { code } = await givenVoucher()
  const lines = [{ variantId: second, quantity: 1 }]
  const { total } = await staff(endpoints.placeOrder, {
    body: {
      channel: 'shop-nantes',
      lines,
      delivery: { method: 'carry_out', siteId: nantes },
      payments: [
        { method: 'voucher', code, amountMinor: 100 },
        { method: 'cash', amountMinor: (await tillPrice(lines)) - 100 },
      ],
    },
  })
  expect(total.amountMinor).toBeGreaterThan(100)
  await expectBooked()
})

async function tillPrice(lines: { variantId: string; quantity: number }[]): Promise<number> {
  const sellable = app.wiring.model.sellable('shop-nantes', lines[0]?.variantId ?? '', clock.now())
  return Number(sellable?.unitPriceMinor ?? 0n)
}
