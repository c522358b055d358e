import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { AdvanceSale } from '@ecluse/contracts/availability.ts'
import { describe, expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { brokenInvariants } from '../../../../simulation/invariants.ts'

const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 12, unitsPerPlace: 0 })
const { db } = ctx
const staff = asStaff()
const { model } = app.wiring
const variant = (n: number): string => shop.variantIds[n] ?? ''
const warehouse = shop.places['entrepot'] ?? ''
const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(clock.now())
const inDays = (days: number): string => new Date(Date.parse(today()) + days * 86_400_000).toISOString().slice(0, 10)

const sale = (changes: Partial<AdvanceSale> = {}): AdvanceSale => ({
  channelCode: 'web',
  kind: 'back_order',
  placeId: warehouse,
  basis: 'inbound',
  limitUnits: null,
  shipsOn: null,
  delayDays: null,
  ...changes,
})
const sellAhead = (variantId: string, ...items: AdvanceSale[]) =>
  staff(endpoints.setAdvanceSales, { params: { variantId }, body: { items } })

/** Orders of a supplier, and has it sent. @returns its id */
async function order(lines: readonly { variantId: string; units: number; on: string | null }[]): Promise<string> {
  const { id } = await staff(endpoints.createSupplierOrder, {
    body: {
      supplierName: 'Cycles Morin',
      placeId: warehouse,
      note: null,
      lines: lines.map(({ variantId, units, on }) => ({
        variantId,
        orderedUnits: units,
        expectedOn: on,
        unitCostMinor: null,
      })),
    },
  })
  await staff(endpoints.sendSupplierOrder, { params: { supplierOrderId: id }, body: {} })
  await settle()
  await model.refreshTerms()
  return id
}
const receive = async (supplierOrderId: string, variantId: string, units: number, receivedBefore = 0) => {
  await staff(endpoints.receiveSupplierOrder, {
    params: { supplierOrderId },
    body: { lines: [{ variantId, units, receivedBefore, reasonCode: null }], closes: false, note: null },
  })
  await settle()
  await model.refreshTerms()
}

const buy = (variantId: string, quantity = 1, changes: Record<string, unknown> = {}) =>
  visitor(endpoints.placeOrder, { body: webPurchase([{ variantId, quantity }], changes) })
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof ApiError ? error.problem.code : `not refused: ${String(error)}`
}
const read = (orderId: string) => staff(endpoints.getOrder, { params: { orderId }, query: {} })
const aheadOf = async (orderId: string) => (await read(orderId)).lines[0]?.ahead
const preparations = async (orderId: string) =>
  (await db.query('select state from fulfillment.fulfillment where order_id = $1', [orderId])).rows.length

describe('an article of which nothing is left', () => {
  test('is sold for the day on which a supplier brings it, each buyer for the first day that is left', async () => {
    const id = variant(0)
    expect(await refusal(buy(id))).toBe('orders.out_of_stock')
    await sellAhead(id, sale())
    expect(await refusal(buy(id))).toBe('orders.out_of_stock')
    const supplierOrder = await order([{ variantId: id, units: 3, on: inDays(5) }])
    await order([{ variantId: id, units: 4, on: inDays(12) }])
    const page = await visitor(endpoints.getOffer, { params: { handle: 'article-0' }, query: { channel: 'web' } })
    expect(page.variants[0]).toMatchObject({
      deliverable: 0,
      ahead: { kind: 'back_order', shipsOn: inDays(5), orderable: 7 },
    })
    const first = await buy(id, 2, { shipsBy: inDays(5) })
    const second = await buy(id, 2)
    expect(await aheadOf(first.orderId)).toEqual({ kind: 'back_order', shipsOn: inDays(5), allocatedAt: null })
    expect(await aheadOf(second.orderId)).toMatchObject({ shipsOn: inDays(12) })
    // Whoever was told a day is not sold a later one; whoever was told nothing is not sold ahead.
    expect(await refusal(buy(id, 2, { shipsBy: inDays(5) }))).toBe('orders.ships_later')
    expect(await refusal(buy(id, 1, { shipsBy: null }))).toBe('orders.ships_later')
    expect(await refusal(buy(id, 4))).toBe('orders.out_of_stock')
    expect(
      await refusal(
        visitor(endpoints.placeOrder, {
          body: webPurchase([{ variantId: id, quantity: 1 }], {
            delivery: { method: 'pickup', siteId: shop.sites['nantes'] },
          }),
        }),
      ),
    ).toBe('orders.out_of_stock')
    await settle()
    const why = await staff(endpoints.getOrderSourcing, { params: { orderId: second.orderId } })
    expect(why).toMatchObject({
      decisions: [],
      ahead: [
        { unitsBefore: 2, shipsOn: inDays(12), arrival: { kind: 'supplier_order', expectedOn: inDays(12), units: 4 } },
      ],
    })
    expect(await preparations(first.orderId)).toBe(0)
    // What came is for the oldest promise; what is over is not for sale: it is promised to the second.
    await receive(supplierOrder, id, 3)
    expect((await aheadOf(first.orderId))?.allocatedAt).not.toBeNull()
    expect((await aheadOf(second.orderId))?.allocatedAt).toBeNull()
    expect([await preparations(first.orderId), await preparations(second.orderId)]).toEqual([1, 0])
    expect(model.available(id, warehouse)).toBe(-1)
    const shown = await staff(endpoints.getAvailability, { params: { variantId: id }, query: {} })
    expect(shown.together.terms).toMatchObject({ onHand: 3, committed: 2, held: 0, ahead: 1 })
    expect(shown.together.steps).toEqual([
      { from: today(), balance: 1, available: 0 },
      { from: inDays(12), balance: 3, available: 3 },
    ])
    const { items } = await staff(endpoints.listArticlePromises, { params: { variantId: id }, query: {} })
    expect(items.map(({ ahead }) => ahead)).toEqual([null, { kind: 'back_order', shipsOn: inDays(12) }])
    expect((await read(first.orderId)).timeline.map(({ type }) => type)).toContain('orders.line_allocated')
    expect(await brokenInvariants(db)).toEqual([])
  })

  test('is promised to exactly as many as will come, for their days, by a crowd', async () => {
    const id = variant(1)
    await sellAhead(id, sale(), sale({ channelCode: 'phone', limitUnits: 4 }))
    await order([{ variantId: id, units: 5, on: inDays(3) }])
    await order([{ variantId: id, units: 6, on: inDays(9) }])
    const placed = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        const body = webPurchase([{ variantId: id, quantity: 1 }], n % 3 ? {} : { channel: 'phone' })
        const answer = await (n % 3 ? visitor : staff)(endpoints.placeOrder, { body }).catch((error: unknown) => {
          expect((error as ApiError).problem.code).toBe('orders.out_of_stock')
          return null
        })
        return answer && { phone: n % 3 === 0, day: (await aheadOf(answer.orderId))?.shipsOn }
      }),
    )
    const sold = placed.filter((one) => one !== null)
    expect(sold).toHaveLength(11)
    expect(sold.filter(({ day }) => day === inDays(3))).toHaveLength(5)
    expect(sold.filter(({ day }) => day === inDays(9))).toHaveLength(6)
    expect(sold.filter(({ phone }) => phone).length).toBeLessThanOrEqual(4)
    expect(await brokenInvariants(db)).toEqual([])
  })

  test('is sold with a stated delay up to its limit, and the freed promise of one who gives up is sold again', async () => {
    const id = variant(2)
    await sellAhead(id, sale({ basis: 'stated', limitUnits: 3, delayDays: 10 }))
    const served = await Promise.all(Array.from({ length: 9 }, () => buy(id).catch(() => null)))
    const sold = served.filter((one) => one !== null)
    expect(sold).toHaveLength(3)
    expect(await aheadOf(sold[0]?.orderId ?? '')).toMatchObject({ shipsOn: inDays(10) })
    await staff(endpoints.cancelOrder, { params: { orderId: sold[0]?.orderId ?? '' }, body: { reason: 'changed' } })
    await settle()
    expect(await aheadOf((await buy(id)).orderId)).toMatchObject({ shipsOn: inDays(10) })
    expect(await refusal(buy(id))).toBe('orders.out_of_stock')
    // Goods that come by a plain receipt serve them too.
    await staff(endpoints.recordMovement, {
      body: { kind: 'receipt', variantId: id, placeId: warehouse, quantity: 4, reason: null },
    })
    await settle()
    for (const { orderId } of sold.slice(1)) expect((await aheadOf(orderId))?.allocatedAt).not.toBeNull()
    expect(model.available(id, warehouse)).toBe(1)
    expect(await brokenInvariants(db)).toEqual([])
  })

  test('holds while its payment is awaited, and is free again when it is not paid', async () => {
    const id = variant(3)
    await sellAhead(id, sale({ basis: 'stated', limitUnits: 1, delayDays: 7 }))
    const payments = [{ method: 'online_card', token: 'tok_challenge', returnUrl: '/retour' }]
    const waiting = await buy(id, 1, { payments })
    expect(waiting.documentState).toBe('awaiting_payment')
    expect(await refusal(buy(id))).toBe('orders.out_of_stock')
    const paymentId = waiting.challengeUrl?.split('/').at(-1) ?? ''
    await visitor(endpoints.answerTestChallenge, { params: { paymentId }, body: { outcome: 'refuse' } })
    await visitor(endpoints.confirmPayment, {
      params: { orderId: waiting.orderId },
      body: { token: waiting.accessToken },
    })
    await settle()
    expect((await buy(id)).documentState).toBe('confirmed')
  })
})

describe('an article that is not released yet', () => {
  test('is sold for its day though it lies there, and prepared on that day', async () => {
    const id = variant(4)
    await staff(endpoints.recordMovement, {
      body: { kind: 'receipt', variantId: id, placeId: warehouse, quantity: 2, reason: null },
    })
    await settle()
    await sellAhead(id, sale({ kind: 'pre_order', shipsOn: inDays(4) }))
    const { items } = await visitor(endpoints.listOffers, { query: { channel: 'web', limit: 100 } })
    expect(items.find(({ handle }) => handle === 'article-4')?.availability).toBe('pre_order')
    const placed = await buy(id)
    expect(await aheadOf(placed.orderId)).toMatchObject({ kind: 'pre_order', shipsOn: inDays(4) })
    await settle()
    expect(await preparations(placed.orderId)).toBe(0)
    clock.advance(4 * 86_400_000)
    const hourly = app.wiring.jobs.find(({ name }) => name === 'orders.serve-ahead')
    await hourly?.run(ctx, {})
    await settle()
    expect((await aheadOf(placed.orderId))?.allocatedAt).not.toBeNull()
    expect(await preparations(placed.orderId)).toBe(1)
    expect(await aheadOf((await buy(id)).orderId)).toBeNull()
  })
})

describe('a day that slips', () => {
  test('is told to those it concerns, and to them only, by a message that names their right', async () => {
    const id = variant(5)
    await sellAhead(id, sale())
    const supplierOrderId = await order([{ variantId: id, units: 2, on: inDays(5) }])
    await order([{ variantId: id, units: 2, on: inDays(8) }])
    const [first, second] = [await buy(id, 2), await buy(id, 1)]
    const slip = (expectedOn: string | null) =>
      staff(endpoints.rescheduleSupplierOrder, {
        params: { supplierOrderId },
        body: { lines: [{ variantId: id, expectedOn }] },
      }).then(settle)
    await slip(inDays(20))
    const latest = (await read(second.orderId)).delivery.latestAt ?? ''
    expect(latest.slice(0, 10) > inDays(20)).toBe(true)
    // The first is served by what comes first now; the second waits for what is late.
    expect(await aheadOf(first.orderId)).toMatchObject({ shipsOn: inDays(8) })
    expect(await aheadOf(second.orderId)).toMatchObject({ shipsOn: inDays(20) })
    const told = async (orderId: string) =>
      (await staff(endpoints.listMessages, { query: { orderId } })).items.filter(
        ({ template }) => template === 'order_postponed',
      ).length
    expect([await told(first.orderId), await told(second.orderId)]).toEqual([1, 1])
    await slip(inDays(21))
    expect([await told(first.orderId), await told(second.orderId)]).toEqual([1, 2])
    await slip(inDays(19))
    expect([await told(first.orderId), await told(second.orderId)]).toEqual([1, 2])
    await slip(null)
    expect(await aheadOf(second.orderId)).toMatchObject({ shipsOn: null })
    expect(await told(second.orderId)).toBe(3)
  })

  test('lets its buyer give up that article alone, which frees it for the next', async () => {
    const [there, id] = [variant(6), variant(7)]
    await staff(endpoints.recordMovement, {
      body: { kind: 'receipt', variantId: there, placeId: warehouse, quantity: 5, reason: null },
    })
    await sellAhead(id, sale())
    const supplierOrderId = await order([{ variantId: id, units: 2, on: inDays(6) }])
    const bought = webPurchase([
      { variantId: there, quantity: 1 },
      { variantId: id, quantity: 2 },
    ])
    const both = await visitor(endpoints.placeOrder, { body: bought })
    // The rest was chosen a place for, which is explained as ever.
    const why = await staff(endpoints.getOrderSourcing, { params: { orderId: both.orderId } })
    expect(why.ahead).toHaveLength(1)
    expect(why.decisions[0]?.sourcing.lines.map(({ variantId }) => variantId)).toEqual([there])
    expect(await refusal(buy(id))).toBe('orders.out_of_stock')
    await settle()
    expect(await preparations(both.orderId)).toBe(1)
    await app.wiring.jobs.find(({ name }) => name === 'payments.capture')?.run(ctx, {})
    await settle()
    const lines = (await read(both.orderId)).lines
    const waiting = lines.find(({ variantId }) => variantId === id)
    await visitor(endpoints.declareWithdrawal, {
      body: {
        contract: { orderId: both.orderId, token: both.accessToken },
        lines: [{ lineId: waiting?.id ?? '', quantity: 2 }],
        name: 'Camille Roux',
        email: 'camille@exemple.fr',
        locale: 'fr',
      },
    })
    await settle()
    const after = await read(both.orderId)
    expect(after.documentState).toBe('confirmed')
    expect(after.lines.find(({ variantId }) => variantId === id)?.exception).toBe('cancelled')
    const next = await buy(id, 2)
    await receive(supplierOrderId, id, 2)
    expect((await aheadOf(next.orderId))?.allocatedAt).not.toBeNull()
    expect(await preparations(next.orderId)).toBe(1)
    expect(await brokenInvariants(db)).toEqual([])
  })
})

describe('goods on their way from another place', () => {
  test('are sold where they arrive, for the day they do, and never twice', async () => {
    const id = variant(8)
    const nantes = shop.places['nantes'] ?? ''
    const delivery = { method: 'pickup', siteId: shop.sites['nantes'] ?? '' }
    const pickUp = (changes: Record<string, unknown> = {}) => buy(id, 1, { delivery, ...changes })
    await staff(endpoints.recordMovement, {
      body: { kind: 'receipt', variantId: id, placeId: warehouse, quantity: 3, reason: null },
    })
    await sellAhead(id, sale({ placeId: nantes }))
    const { id: transferId } = await staff(endpoints.requestTransfer, {
      body: {
        fromPlaceId: warehouse,
        toPlaceId: nantes,
        note: null,
        lines: [{ variantId: id, requestedUnits: 3 }],
      },
    })
    await settle()
    await model.refreshTerms()
    expect(await refusal(pickUp())).toBe('orders.out_of_stock')
    const sent = await staff(endpoints.sendTransfer, {
      params: { transferId },
      body: { lines: [{ variantId: id, units: 3 }] },
    })
    expect(sent.expectedOn).toBe(inDays(2))
    await staff(endpoints.rescheduleTransfer, { params: { transferId }, body: { expectedOn: inDays(3) } })
    await settle()
    await model.refreshTerms()
    const shown = await staff(endpoints.getAvailability, { params: { variantId: id }, query: {} })
    expect(shown.arrivals).toMatchObject([{ kind: 'transfer', placeId: nantes, units: 3, expectedOn: inDays(3) }])
    const answers = await Promise.all(Array.from({ length: 9 }, () => pickUp({ shipsBy: inDays(3) }).catch(() => null)))
    const sold = answers.filter((one) => one !== null)
    expect(sold).toHaveLength(3)
    await settle()
    const [first] = sold
    expect(await aheadOf(first?.orderId ?? '')).toMatchObject({ kind: 'back_order', shipsOn: inDays(3) })
    // Later than was told: told again.
    await staff(endpoints.rescheduleTransfer, { params: { transferId }, body: { expectedOn: inDays(6) } })
    await settle()
    expect(await aheadOf(first?.orderId ?? '')).toMatchObject({ shipsOn: inDays(6) })
    await staff(endpoints.receiveTransfer, {
      params: { transferId },
      body: { lines: [{ variantId: id, units: 2, reasonCode: 'damaged' }] },
    })
    await settle()
    const served = await Promise.all(sold.map(async ({ orderId }) => (await aheadOf(orderId))?.allocatedAt))
    expect(served.filter((at) => at !== null)).toHaveLength(2)
    expect(await brokenInvariants(db)).toEqual([])
  })
})
