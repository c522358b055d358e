import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { clientOf } from '../../../../test/kit/shop.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { putPriceList, setPrices } from '../../pricing/public.ts'
import { comparePools } from '../../promises/public.ts'
import { createCompanyShop, orderIdOf, requestIdOf, withoutPayment } from './company-shop.ts'

const world = await createCompanyShop()
const { app, ctx, at, address, staff, visitor, actAs, settle, clock, variantId, other } = world
const { buy, member, purchase, totalOf, newCompany, creditOf } = world

beforeEach(newCompany)

describe('buying for a company', () => {
  test('an order on account goes to the site, has its references, and is due by the terms', async () => {
    const buyer = await member('buyer')
    const placed = await buy(buyer.client, 2, { purchaseReference: 'BC-2026-17', buyerReference: 'ACHATS' })
    const order = await staff(endpoints.getOrder, { params: { orderId: orderIdOf(placed) }, query: {} })
    expect(order).toMatchObject({
      documentState: 'confirmed',
      paymentState: 'due',
      company: { id: at.companyId, siteName: 'Atelier', instructions: 'Portail vert', purchaseReference: 'BC-2026-17' },
      delivery: { address: { postalCode: '44000' } },
      payments: [{ method: 'on_account', state: 'due' }],
    })
    expect(order.company?.dueOn).toMatch(/^\d{4}-\d\d-\d\d$/)
    const { items } = await buyer.client(endpoints.listCompanyOrders, {
      params: { companyId: at.companyId },
      query: {},
    })
    expect(items).toMatchObject([{ id: order.id, companySiteName: 'Atelier', paymentState: 'due' }])
    const { items: due } = await staff(endpoints.listOrders, { query: { paymentState: 'due' } })
    expect(due.map(({ id }) => id)).toContain(order.id)
  })

  test('a company sends a present, and so does one that had to be approved', async () => {
    const buyer = await member('buyer')
    const gift = { message: 'Bon départ !' }
    const placed = await buy(buyer.client, 1, { gift })
    const seen = async (orderId: string) => (await staff(endpoints.getOrder, { params: { orderId }, query: {} })).gift
    expect(await seen(orderIdOf(placed))).toEqual(gift)
    await settle()
    const { items } = await staff(endpoints.listFulfillments, { query: { limit: 200 } })
    expect(items.find(({ orderId }) => orderId === orderIdOf(placed))?.gift).toBe(true)
    const limited = await member('buyer', { order: 1 })
    const administrator = await member('administrator')
    const params = { companyId: at.companyId, requestId: requestIdOf(await buy(limited.client, 1, { gift })) }
    const done = await administrator.client(endpoints.decidePurchaseRequest, { params, body: { approved: true } })
    expect(await seen(done.order?.id ?? '')).toEqual(gift)
  })

  test('prices come from the company’s list, without VAT; other articles cost what the channel asks', async () => {
    const buyer = await member('buyer')
    const before = await buyer.client(endpoints.previewCompanyOrder, {
      params: { companyId: at.companyId },
      body: withoutPayment(purchase(3)),
    })
    const list = 'pro'
    await inTransaction(ctx.db, async (tx) => {
      await putPriceList(ctx, tx, { code: list, name: { fr: 'Pro', en: 'Trade' } })
      await setPrices(ctx, tx, [{ variantId, listCode: list, amountMinor: 5_000n }])
    })
    await staff(endpoints.updateCompany, {
      params: { companyId: at.companyId },
      body: { name: 'Vélolib', priceList: list },
    })
    const lines = [
      { variantId, quantity: 3 },
      { variantId: other, quantity: 1 },
    ]
    const after = await buyer.client(endpoints.previewCompanyOrder, {
      params: { companyId: at.companyId },
      body: withoutPayment(purchase(3, { lines })),
    })
    expect(after.lines[0]?.unitNet.amountMinor).toBe(Math.round(5_000 / 1.2))
    expect(after.lines[0]?.unitNet).not.toEqual(before.lines[0]?.unitNet)
    expect(after.net.amountMinor + after.vat.amountMinor).toBe(after.total.amountMinor)
    const placed = await buy(buyer.client, 3)
    const order = await staff(endpoints.getOrder, { params: { orderId: orderIdOf(placed) }, query: {} })
    expect(order.lines[0]?.unitPrice.amountMinor).toBe(5_000)
  })

  test('only for one’s own company, an active one, and a site one orders for', async () => {
    const buyer = await member('buyer')
    const elsewhere = await staff(endpoints.createCompany, { body: { name: 'Autre' } })
    const foreign = buyer.client(endpoints.placeCompanyOrder, { params: { companyId: elsewhere.id }, body: purchase() })
    await expect(foreign).rejects.toMatchObject({ problem: { code: 'customers.company_not_found' } })
    await expect(
      visitor(endpoints.placeCompanyOrder, { params: { companyId: at.companyId }, body: purchase() }),
    ).rejects.toMatchObject({
      problem: { status: 401 },
    })
    await expect(buy(buyer.client, 1, { companySiteId: at.companyId })).rejects.toMatchObject({
      problem: { code: 'customers.site_not_found' },
    })
    await staff(endpoints.updateCompany, {
      params: { companyId: at.companyId },
      body: { name: 'Vélolib', active: false },
    })
    await expect(buy(buyer.client)).rejects.toMatchObject({ problem: { code: 'customers.company_inactive' } })
  })

  test('a company may ask for its own purchase order; one without credit pays by card', async () => {
    await staff(endpoints.updateCompany, {
      params: { companyId: at.companyId },
      body: { name: 'Vélolib', referenceRequired: true },
    })
    const { client } = await member('buyer')
    await expect(buy(client)).rejects.toMatchObject({ problem: { code: 'orders.reference_required' } })
    await staff(endpoints.putCompanyCredit, { params: { companyId: at.companyId }, body: { account: null } })
    const refused = buy(client, 1, { purchaseReference: 'BC-1' })
    await expect(refused).rejects.toMatchObject({ problem: { code: 'payments.not_on_account' } })
    const card = { payment: { method: 'online_card', token: 'tok_accept' }, purchaseReference: 'BC-1' }
    expect(await buy(client, 1, card)).toMatchObject({ documentState: 'confirmed' })
  })

  test('the company’s own key orders, and the same request is answered the same', async () => {
    const actor = actAs({
      kind: 'api_key',
      keyId: 'key-erp',
      name: 'ERP',
      permissions: new Set(['company:buy']),
      companyId: at.companyId,
    })
    const key = clientOf(app, { 'x-test-actor': actor })
    const idempotencyKey = 'erp-order-1'
    const body = purchase(1)
    const [first, again] = await Promise.all(
      [1, 2].map(() =>
        key(endpoints.placeCompanyOrder, { params: { companyId: at.companyId }, body }, { idempotencyKey }),
      ),
    )
    expect(first).toEqual(again)
    const { items } = await key(endpoints.listCompanyOrders, { params: { companyId: at.companyId }, query: {} })
    expect(items).toHaveLength(1)
    expect(items[0]?.buyerName).toBe('ERP')
  })

  test('a request repeated after a price, a limit or the credit has changed is answered as the first time', async () => {
    const buyer = await member('buyer')
    const params = { companyId: at.companyId }
    const priceAt = async (amountMinor: bigint) => {
      await inTransaction(ctx.db, (tx) => setPrices(ctx, tx, [{ listCode: 'public', variantId: other, amountMinor }]))
      await settle()
    }
    await priceAt(2_000n)
    const lines = [{ variantId: other, quantity: 1 }]
    const { total } = await buyer.client(endpoints.previewCompanyOrder, {
      params,
      body: withoutPayment(purchase(1, { lines })),
    })
    const ask = (idempotencyKey: string, client = buyer.client) =>
      client(
        endpoints.placeCompanyOrder,
        { params, body: purchase(1, { lines, expectedTotalMinor: total.amountMinor }) },
        { idempotencyKey },
      )
    const first = await ask('erp-repeated')
    await priceAt(3_000n)
    expect(await ask('erp-repeated')).toEqual(first)
    // Asked for anew it is another purchase, at a price nobody was shown.
    await expect(ask('erp-other')).rejects.toMatchObject({ problem: { code: 'orders.price_changed' } })
    await priceAt(2_000n)
    await creditOf(1)
    expect(await ask('erp-repeated')).toEqual(first)
    await expect(ask('erp-other')).rejects.toMatchObject({ problem: { code: 'payments.credit_exceeded' } })
    const { items } = await buyer.client(endpoints.listCompanyOrders, { params, query: {} })
    expect(items).toHaveLength(1)
  })
})

describe('limits and approval', () => {
  test('two buyers at once never order more than their site may in a month', async () => {
    const [a, b] = [await member('buyer'), await member('buyer')]
    await member('approver')
    const one = await totalOf(a.client, 1)
    const site = { name: 'Atelier', address, monthLimitMinor: one * 3 + 10 }
    await staff(endpoints.updateCompanySite, { params: { companyId: at.companyId, siteId: at.siteId }, body: site })
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => buy(n % 2 ? a.client : b.client)))
    expect(answers.filter((answer) => 'orderId' in answer)).toHaveLength(3)
    expect(answers.filter((answer) => 'requestId' in answer)).toHaveLength(7)
    // What is cancelled may be spent again.
    const placed = answers.find((answer) => 'orderId' in answer) ?? {}
    await staff(endpoints.cancelOrder, { params: { orderId: orderIdOf(placed) }, body: { reason: 'essai' } })
    expect(await buy(a.client)).toHaveProperty('orderId')
    expect(await buy(a.client)).toHaveProperty('requestId')
    expect(await comparePools(ctx.db)).toEqual([])
  })

  test('a new month is a new limit', async () => {
    const probe = await member('buyer')
    const one = await totalOf(probe.client, 1)
    const { client } = await member('buyer', { month: one })
    await member('approver')
    expect(await buy(client)).toHaveProperty('orderId')
    expect(await buy(client)).toMatchObject({ causes: ['member_month'] })
    clock.advance(32 * 86_400_000)
    expect(await buy(client)).toHaveProperty('orderId')
  })

  test('over the limit it goes to the approvers in order, its goods kept, and is placed exactly once', async () => {
    const buyer = await member('buyer', { order: 100 })
    const [first, second] = [await member('approver'), await member('administrator')]
    const rules = [
      { fromMinor: 0, memberId: first.id },
      { fromMinor: 200, memberId: second.id },
      { fromMinor: 2_000_000_000, memberId: first.id },
    ]
    await staff(endpoints.putApprovalRules, { params: { companyId: at.companyId }, body: { rules } })
    const asked = await buy(buyer.client, 2, { purchaseReference: 'BC-9' })
    const params = { companyId: at.companyId, requestId: requestIdOf(asked) }
    const request = await buyer.client(endpoints.getPurchaseRequest, { params })
    expect(request).toMatchObject({ state: 'waiting', causes: ['order_limit'], may: { decide: false, withdraw: true } })
    expect(request.steps).toHaveLength(2)
    // Nobody changes what was asked, or buys it as a cart.
    const cart = visitor(endpoints.getCart, { params: { cartId: params.requestId }, query: {} })
    await expect(cart).rejects.toMatchObject({ problem: { code: 'orders.cart_not_found' } })
    const yes = { approved: true }
    await expect(second.client(endpoints.decidePurchaseRequest, { params, body: yes })).rejects.toMatchObject({
      problem: { code: 'orders.not_your_step' },
    })
    await expect(buyer.client(endpoints.decidePurchaseRequest, { params, body: yes })).rejects.toMatchObject({
      problem: { code: 'orders.not_your_step' },
    })
    await first.client(endpoints.decidePurchaseRequest, { params, body: yes })
    // Twice at once, and the job that follows: one order.
    const job = app.wiring.jobs.find(({ name }) => name === 'orders.keep-requests')
    const both = await Promise.allSettled([
      second.client(endpoints.decidePurchaseRequest, { params, body: yes }),
      second.client(endpoints.decidePurchaseRequest, { params, body: yes }),
      job?.run(ctx, {}),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(2)
    await job?.run(ctx, {})
    const done = await buyer.client(endpoints.getPurchaseRequest, { params })
    expect(done).toMatchObject({ state: 'ordered', order: { number: expect.any(String) } })
    const { items } = await buyer.client(endpoints.listCompanyOrders, {
      params: { companyId: at.companyId },
      query: {},
    })
    expect(items).toMatchObject([{ id: done.order?.id, total: done.total, purchaseReference: 'BC-9' }])
    await settle()
    const send = app.wiring.jobs.find(({ name }) => name === 'engagement.send-messages')
    for (let batch = 0; batch < 5; batch++) await send?.run(ctx, {})
    const { items: messages } = await staff(endpoints.listMessages, { query: { orderId: params.requestId } })
    expect(messages.map(({ template }) => template).sort()).toEqual([
      'approval_asked',
      'approval_asked',
      'request_approved',
    ])
    expect(messages.every(({ state }) => state === 'local')).toBe(true)
  })

  test('refused with a reason, withdrawn or expired, its goods are free again', async () => {
    const buyer = await member('buyer', { order: 1 })
    const approver = await member('approver')
    const available = async () =>
      (await visitor(endpoints.getCart, { params: { cartId }, query: {} })).lines[0]?.available
    const { id: cartId } = await visitor(endpoints.createCart, { body: { channel: 'web' } })
    await visitor(endpoints.setCartLine, { params: { cartId, variantId }, query: {}, body: { quantity: 1 } })
    await settle()
    const before = (await available()) ?? 0
    const ask = async () => ({ companyId: at.companyId, requestId: requestIdOf(await buy(buyer.client, 5)) })
    const [refused, withdrawn, late] = [await ask(), await ask(), await ask()]
    await settle()
    expect(await available()).toBe(before - 15)
    const no = { approved: false, reason: 'Pas ce mois-ci' }
    expect(await approver.client(endpoints.decidePurchaseRequest, { params: refused, body: no })).toMatchObject({
      state: 'refused',
      reason: 'Pas ce mois-ci',
    })
    await buyer.client(endpoints.withdrawPurchaseRequest, { params: withdrawn })
    clock.advance(8 * 86_400_000)
    const tooLate = approver.client(endpoints.decidePurchaseRequest, { params: late, body: { approved: true } })
    await expect(tooLate).rejects.toMatchObject({ problem: { code: 'orders.request_state' } })
    await app.wiring.jobs.find(({ name }) => name === 'orders.keep-requests')?.run(ctx, {})
    expect((await buyer.client(endpoints.getPurchaseRequest, { params: late })).state).toBe('expired')
    await settle()
    expect(await available()).toBe(before)
    expect(await comparePools(ctx.db)).toEqual([])
  })

  test('where nobody else may approve, it is refused; requests of others are not seen by buyers', async () => {
    const alone = await member('buyer', { order: 1 })
    await expect(buy(alone.client)).rejects.toMatchObject({ problem: { code: 'orders.no_approver' } })
    await member('approver')
    const params = { companyId: at.companyId, requestId: requestIdOf(await buy(alone.client)) }
    const curious = await member('buyer')
    await expect(curious.client(endpoints.getPurchaseRequest, { params })).rejects.toMatchObject({
      problem: { code: 'orders.request_not_found' },
    })
    expect(
      (await curious.client(endpoints.listPurchaseRequests, { params: { companyId: at.companyId }, query: {} })).items,
    ).toEqual([])
  })

  test('approved by card: its buyer pays, once', async () => {
    const buyer = await member('buyer', { order: 1 })
    const approver = await member('approver')
    const payment = { method: 'online_card' as const, token: 'tok_accept' }
    const params = { companyId: at.companyId, requestId: requestIdOf(await buy(buyer.client, 1, { payment })) }
    const approved = await approver.client(endpoints.decidePurchaseRequest, { params, body: { approved: true } })
    expect(approved).toMatchObject({ state: 'approved', order: null })
    const attempts = await Promise.allSettled(
      [1, 2, 3].map(() => buyer.client(endpoints.orderPurchaseRequest, { params, body: { payment } })),
    )
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})
