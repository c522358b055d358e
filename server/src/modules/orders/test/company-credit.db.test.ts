import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { ledgerBalances, unbalancedTransfers } from '../../payments/public.ts'
import { comparePools } from '../../promises/public.ts'
import { createCompanyShop, orderIdOf, requestIdOf } from './company-shop.ts'

const world = await createCompanyShop()
const { ctx, shop, at, staff, settle, clock } = world
const { buy, member, creditOf, totalOf, newCompany } = world

beforeEach(newCompany)

describe('credit', () => {
  test('two buyers at once never go over it; a transfer frees it and balances the ledger', async () => {
    const [a, b] = [await member('buyer'), await member('administrator')]
    const one = await totalOf(a.client, 1)
    await creditOf(one * 4)
    const answers = await Promise.allSettled(Array.from({ length: 9 }, (_, n) => buy(n % 2 ? a.client : b.client)))
    const orderIds = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [orderIdOf(answer.value)] : []))
    expect(orderIds).toHaveLength(4)
    await settle()
    const full = await b.client(endpoints.getCompanyCredit, { params: { companyId: at.companyId } })
    expect(full).toMatchObject({ outstanding: { amountMinor: one * 4 }, available: { amountMinor: 0 } })
    await expect(buy(a.client)).rejects.toMatchObject({ problem: { code: 'payments.credit_exceeded' } })
    const [first = '', second = ''] = orderIds
    const transfer = (orders: { orderId: string; amountMinor: number }[]) =>
      staff(endpoints.recordTransfer, {
        params: { companyId: at.companyId },
        body: { reference: 'VIR 17', receivedOn: '2026-01-05', orders },
      })
    await expect(transfer([{ orderId: first, amountMinor: one + 1 }])).rejects.toMatchObject({
      problem: { code: 'payments.more_than_owed' },
    })
    await transfer([
      { orderId: first, amountMinor: one },
      { orderId: second, amountMinor: one - 100 },
    ])
    await settle()
    const after = await b.client(endpoints.getCompanyCredit, { params: { companyId: at.companyId } })
    expect(after).toMatchObject({
      outstanding: { amountMinor: one * 2 + 100 },
      available: { amountMinor: one * 2 - 100 },
    })
    const states = await Promise.all(
      [first, second].map(
        async (orderId) => (await staff(endpoints.getOrder, { params: { orderId }, query: {} })).paymentState,
      ),
    )
    expect(states).toEqual(['paid', 'partially_paid'])
    expect(await unbalancedTransfers(ctx.db)).toEqual([])
    expect((await ledgerBalances(ctx.db, first)).find(({ account }) => account === 'receivable')?.balance).toBe(0n)
    expect((await ledgerBalances(ctx.db, first)).find(({ account }) => account === 'bank')?.balance).toBe(BigInt(one))
    expect(await comparePools(ctx.db)).toEqual([])
  })

  test('cancelled unpaid, nothing is owed and nothing given back', async () => {
    const { client } = await member('administrator')
    const one = await totalOf(client, 1)
    await creditOf(one * 10)
    const orderId = orderIdOf(await buy(client, 2))
    await settle()
    await staff(endpoints.cancelOrder, { params: { orderId }, body: { reason: 'essai' } })
    await settle()
    const after = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
    expect([after.paymentState, after.refunded.amountMinor]).toEqual(['voided', 0])
    const credit = await client(endpoints.getCompanyCredit, { params: { companyId: at.companyId } })
    expect(credit).toMatchObject({ outstanding: { amountMinor: 0 }, available: { amountMinor: one * 10 } })
    expect((await ledgerBalances(ctx.db, orderId)).every(({ balance }) => balance === 0n)).toBe(true)
  })

  test('what comes back unpaid is credited, what was paid is given back; both agree with the ledger', async () => {
    const { client } = await member('administrator')
    await creditOf(10_000_000)
    const orderId = orderIdOf(await buy(client, 2))
    const { total, lines } = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
    const unit = (lines[0]?.lineTotal.amountMinor ?? 0) / 2
    await settle()
    const { items } = await staff(endpoints.listFulfillments, { query: { method: 'delivery', limit: 200 } })
    const fulfillmentId = items.find((one) => one.orderId === orderId)?.id ?? ''
    await staff(endpoints.ship, { params: { fulfillmentId }, body: { carrier: 'Colissimo', trackingNumber: null } })
    const giveBack = () =>
      staff(endpoints.createReturn, {
        params: { orderId },
        body: {
          siteId: shop.sites['nantes'] ?? '',
          lines: [{ lineId: lines[0]?.id ?? '', quantity: 1, reason: 'other', disposition: 'restock' }],
        },
      })
    await giveBack()
    await settle()
    const owed = async () =>
      (await client(endpoints.getCompanyCredit, { params: { companyId: at.companyId } })).outstanding.amountMinor
    expect(await owed()).toBe(total.amountMinor - unit)
    const amountMinor = total.amountMinor - unit
    const body = { reference: 'VIR', receivedOn: '2026-01-05', orders: [{ orderId, amountMinor }] }
    await staff(endpoints.recordTransfer, { params: { companyId: at.companyId }, body })
    await giveBack()
    await settle()
    const after = await staff(endpoints.getOrder, { params: { orderId }, query: {} })
    expect([after.refunded.amountMinor, await owed()]).toEqual([amountMinor, 0])
    expect((await ledgerBalances(ctx.db, orderId)).find(({ account }) => account === 'receivable')?.balance).toBe(0n)
    const { available } = await client(endpoints.getCompanyCredit, { params: { companyId: at.companyId } })
    expect(available?.amountMinor).toBe(10_000_000)
    expect(await comparePools(ctx.db)).toEqual([])
  })

  test('what is paid at the till for a dearer exchange pays nothing of what is due', async () => {
    const { client } = await member('administrator')
    await creditOf(10_000_000)
    const orderId = orderIdOf(await buy(client, 1))
    const params = { orderId }
    const read = () => staff(endpoints.getOrder, { params, query: {} })
    const { total, lines } = await read()
    await settle()
    const { items } = await staff(endpoints.listFulfillments, { query: { method: 'delivery', limit: 200 } })
    const fulfillmentId = items.find((one) => one.orderId === orderId)?.id ?? ''
    await staff(endpoints.ship, { params: { fulfillmentId }, body: { carrier: 'Colissimo', trackingNumber: null } })
    const back = {
      siteId: shop.sites['nantes'] ?? '',
      lines: [{ lineId: lines[0]?.id ?? '', quantity: 1, reason: 'other' as const, disposition: 'restock' as const }],
      replacements: [{ variantId: world.other, quantity: 2 }],
    }
    const { difference } = await staff(endpoints.priceExchange, { params, body: back })
    expect(difference.amountMinor).toBeGreaterThan(0)
    await staff(endpoints.exchangeArticles, {
      params,
      body: {
        ...back,
        payments: [{ method: 'cash', amountMinor: difference.amountMinor }],
        expectedDifferenceMinor: difference.amountMinor,
      },
    })
    await settle()
    const receivable = async () =>
      (await ledgerBalances(ctx.db, orderId)).find(({ account }) => account === 'receivable')?.balance
    expect(await receivable()).toBe(BigInt(total.amountMinor))
    const credit = await client(endpoints.getCompanyCredit, { params: { companyId: at.companyId } })
    expect(credit.available?.amountMinor).toBe(10_000_000 - total.amountMinor)
    expect((await read()).paymentState).toBe('partially_paid')
    const transfer = (amountMinor: number) =>
      staff(endpoints.recordTransfer, {
        params: { companyId: at.companyId },
        body: { reference: 'VIR', receivedOn: '2026-01-05', orders: [{ orderId, amountMinor }] },
      })
    await transfer(total.amountMinor)
    await settle()
    expect([await receivable(), (await read()).paymentState]).toEqual([0n, 'paid'])
    expect((await staff(endpoints.listOrders, { query: { q: (await read()).number } })).items[0]?.paymentState).toBe(
      'paid',
    )
    await expect(transfer(1)).rejects.toMatchObject({ problem: { code: 'payments.more_than_owed' } })
  })

  test('over the limit it may be put before our staff, who grant it beside the limit', async () => {
    const { client } = await member('buyer')
    const one = await totalOf(client, 1)
    await creditOf(one, 'ask')
    expect(await buy(client)).toHaveProperty('orderId')
    const asked = await buy(client)
    expect(asked).toMatchObject({ causes: ['credit_limit'] })
    const params = { companyId: at.companyId, requestId: requestIdOf(asked) }
    const { items } = await staff(endpoints.listRequestsForStaff)
    expect(items.map(({ id }) => id)).toContain(params.requestId)
    await expect(client(endpoints.decidePurchaseRequest, { params, body: { approved: true } })).rejects.toMatchObject({
      problem: { code: 'orders.not_your_step' },
    })
    const granted = await staff(endpoints.decidePurchaseRequest, { params, body: { approved: true } })
    expect(granted).toMatchObject({ state: 'ordered', order: { number: expect.any(String) } })
    // The limit is used twice over now: the next one asks again, also when the first is paid.
    await settle()
    const { items: owed } = await staff(endpoints.listOwedOrders, { params: { companyId: at.companyId } })
    const paid = { orderId: owed[0]?.orderId ?? '', amountMinor: one }
    await staff(endpoints.recordTransfer, {
      params: { companyId: at.companyId },
      body: { reference: 'VIR', receivedOn: '2026-01-05', orders: [paid] },
    })
    expect(await buy(client)).toMatchObject({ causes: ['credit_limit'] })
  })

  test('late orders block the account, are listed by age, and nothing else is refused', async () => {
    const { client } = await member('administrator')
    await creditOf(null, 'refuse', 10)
    const one = await totalOf(client, 1)
    await buy(client)
    clock.advance(45 * 86_400_000)
    await settle()
    const credit = await client(endpoints.getCompanyCredit, { params: { companyId: at.companyId } })
    expect(credit).toMatchObject({ blockedBy: 'late', overdue: { amountMinor: one } })
    await expect(buy(client)).rejects.toMatchObject({
      problem: { code: 'payments.credit_blocked', details: { reason: 'late' } },
    })
    const card = { payment: { method: 'online_card', token: 'tok_accept' } }
    expect(await buy(client, 1, card)).toHaveProperty('orderId')
    const { items } = await staff(endpoints.listAgedBalances)
    expect(items.find((row) => row.companyId === at.companyId)).toMatchObject({
      days1to30: { amountMinor: one },
      total: { amountMinor: one },
      blockedBy: 'late',
    })
    const buyer = await member('buyer')
    await expect(
      buyer.client(endpoints.getCompanyCredit, { params: { companyId: at.companyId } }),
    ).rejects.toMatchObject({
      problem: { code: 'customers.company_role' },
    })
    await expect(
      client(endpoints.recordTransfer, { params: { companyId: at.companyId }, body: transferBody() }),
    ).rejects.toMatchObject({
      problem: { code: 'access.forbidden' },
    })
  })
})

function transferBody() {
  return { reference: 'X', receivedOn: '2026-01-05', orders: [{ orderId: at.companyId, amountMinor: 1 }] }
}
