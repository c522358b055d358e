import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Quote } from '@ecluse/contracts/quotes.ts'
import sql from 'sql-template-tag'
import { beforeAll, expect, test } from 'vitest'
import { brokenAtRest } from '../../simulation/invariants.ts'
import { secondServer } from '../kit/second-server.ts'
import { webPurchase } from '../kit/shop.ts'
import { query } from '../../src/kernel/db.ts'
import { makeComingWindows, sweepReservations } from '../../src/modules/fulfillment/jobs/keep-deliveries.ts'
import { createWindowShop } from '../../src/modules/fulfillment/test/window-shop.ts'
import { captureAuthorised, makeRefunds } from '../../src/modules/payments/public.ts'
import { comparePools } from '../../src/modules/promises/public.ts'
import { expireRequests } from '../../src/modules/orders/companies/decide-request.ts'
import { expireHours } from '../../src/modules/orders/hours/free-hours.ts'
import { expireQuotes } from '../../src/modules/orders/quotes/settle-quote.ts'

// Monday 2 March 2026, 10:00 in Paris.
const windowShop = await createWindowShop()
const { app, ctx, clock, shop, visitor, actAs, settle: relay, staff, variantId, street } = windowShop
const { windowAt, buyIn, taken, stopsOn } = windowShop
const { nantes = '' } = shop.sites
const codeOf = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))
const second = await secondServer(
  windowShop,
  actAs({
    kind: 'staff',
    accountId: 'second',
    email: 'second@alize.example',
    name: 'Second',
    role: 'clerk',
    permissions: new Set(['quotes:read', 'quotes:write', 'orders:read', 'orders:write']),
    siteIds: null,
  }),
)

async function settle(): Promise<void> {
  await relay()
  await captureAuthorised(ctx, app.wiring.placement.provider)
  await makeRefunds(ctx, app.wiring.placement.provider)
  await relay()
}

type Input = Parameters<typeof staff<typeof endpoints.createQuote>>[1]['body']
const inWindow = (windowId: string, changes: Partial<Input> = {}): Input => ({
  channel: 'phone',
  locale: 'fr',
  contact: { name: 'Maël Kervella', email: 'mael@exemple.fr' },
  lines: [{ variantId, quantity: 1 }],
  delivery: { method: 'delivery', address: { ...street, name: 'Maël Kervella' }, windowId },
  validUntil: '2026-03-20',
  ...changes,
})
const draw = (body: Input, client = staff) => client(endpoints.createQuote, { body })
const tokenOf = ({ link }: Quote): string => new URL(link).searchParams.get('token') ?? ''
const send = ({ id, revision }: Quote) => staff(endpoints.sendQuote, { params: { quoteId: id }, body: { revision } })
const accept = (quote: Quote) =>
  visitor(endpoints.acceptQuote, {
    params: { quoteId: quote.id },
    body: { token: tokenOf(quote), revision: quote.revision, name: 'Maël' },
  })
const revise = (quote: Quote, body: Input) =>
  staff(endpoints.reviseQuote, { params: { quoteId: quote.id }, body: { ...body, basedOn: quote.revision } })
const read = (quoteId: string) => staff(endpoints.getQuote, { params: { quoteId }, query: {} })
const pay = (cartId: string, more: Record<string, unknown> = {}) => {
  const { lines: _, ...body } = webPurchase([], more)
  return visitor(endpoints.placeOrder, { body: { ...body, cartId } })
}
/** The window of a date that takes one delivery more, and no other. */
async function lastPlaceOf(date: string, time = '10:00'): Promise<string> {
  const windowId = await windowAt(date, time)
  await staff(endpoints.changeWindow, { params: { windowId }, body: { capacity: 1, overbook: false } })
  return windowId
}
/** A company that buys on account, once it has a limit. */
async function openCompany(name: string) {
  const { id: companyId } = await staff(endpoints.createCompany, { body: { name, email: 'achats@exemple.fr' } })
  const params = { companyId }
  const { sites } = await staff(endpoints.createCompanySite, { params, body: { name, address: { ...street, name } } })
  const putLimit = (limitMinor: number) =>
    staff(endpoints.putCompanyCredit, {
      params,
      body: { account: { terms: 'net_30', limitMinor, overLimit: 'ask', blockAfterDays: null, blocked: false } },
    })
  return { companyId, params, companySiteId: sites[0]?.id ?? '', putLimit }
}
async function expectAllRight(): Promise<void> {
  await settle()
  expect(await comparePools(ctx.db)).toEqual([])
  expect(await brokenAtRest(ctx.db)).toEqual([])
}

beforeAll(async () => {
  const products = await query<{ product_id: string }>(
    ctx.db,
    sql`select product_id from catalog.variant where id = ${variantId}`,
  )
  await staff(endpoints.putService, {
    params: { code: 'remise' },
    body: {
      name: { fr: 'Remise en main', en: 'Handing over' },
      description: { fr: '', en: '' },
      durationMinutes: 45,
      bufferMinutes: 15,
      stepMinutes: 60,
      starts: null,
      leadMinutes: 60,
      horizonDays: 30,
      mostSeats: 1,
      active: true,
      together: false,
      productIds: products.map(({ product_id }) => product_id),
    },
  })
  const body = {
    siteId: nantes,
    kind: 'workshop' as const,
    name: 'Stand',
    capacity: 1,
    overbooking: 0,
    hours: null,
    serviceCodes: ['remise'],
    active: true,
  }
  await staff(endpoints.putResource, { params: { resourceId: ctx.ids.next() }, body })
})

test('the last place in a window is its quote’s from the first draft to the order: whoever asks in between is refused', async () => {
  const date = '2026-03-04'
  const windowId = await lastPlaceOf(date)
  const nobodyElse = async () => {
    expect(await buyIn(windowId).catch(codeOf)).toBe('orders.promise_full')
    expect(await draw(inWindow(windowId)).catch(codeOf)).toBe('orders.promise_full')
    expect(await taken(windowId, date)).toBe(1)
  }
  const drawn = await draw(inWindow(windowId))
  // Ordered after the cut-off, it could not be kept: so long and no longer.
  expect(drawn.revisions[0]).toMatchObject({
    delivery: { windowId, fee: { amountMinor: 790 } },
    hours: [{ kind: 'window', heldUntil: '2026-03-04T06:00:00.000Z' }],
  })
  await nobodyElse()
  // Nothing that looks for deliveries left behind takes it for one.
  clock.advance(3_600_000)
  await sweepReservations.run(ctx, {})
  expect(await stopsOn(date)).toBe(1)
  const sent = await send(drawn)
  await nobodyElse()
  await accept(sent)
  await nobodyElse()
  // Whoever pays need not know the window.
  const placed = await pay(drawn.id)
  expect(placed.documentState).toBe('confirmed')
  await nobodyElse()
  await settle()
  const order = await staff(endpoints.getOrder, { params: { orderId: placed.orderId }, query: {} })
  expect(order.delivery.promisedAt).toBe('2026-03-04T09:00:00.000Z')
  expect(await stopsOn(date)).toBe(1)
  expect((await read(drawn.id)).revisions[0]?.hours).toMatchObject([{ heldUntil: null }])
  await expectAllRight()
  // It is the order's own from then on: with it, it goes.
  await staff(endpoints.cancelOrder, { params: { orderId: placed.orderId }, body: { reason: 'le client' } })
  await settle()
  expect(await taken(windowId, date)).toBe(0)
  expect(await stopsOn(date)).toBe(0)
  await expectAllRight()
})

test('of two who want the last hour at once on two servers, one has it', async () => {
  for (const [date, time] of [
    ['2026-03-05', '08:00'],
    ['2026-03-05', '10:00'],
    ['2026-03-05', '14:00'],
  ] as const) {
    const windowId = await lastPlaceOf(date, time)
    const tried = await Promise.allSettled([
      draw(inWindow(windowId)),
      draw(inWindow(windowId), second),
      buyIn(windowId),
      draw(inWindow(windowId), second),
    ])
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of tried) if (one.status === 'rejected') expect(codeOf(one.reason)).toBe('orders.promise_full')
    expect(await taken(windowId, date)).toBe(1)
  }
  await settle()
  expect(await stopsOn('2026-03-05')).toBe(3)
  await expectAllRight()
})

test('another revision moves it, the same hour stays, and a refusal frees it', async () => {
  const date = '2026-03-06'
  const morning = await lastPlaceOf(date, '08:00')
  const noon = await lastPlaceOf(date, '10:00')
  const first = await draw(inWindow(morning))
  // Cheaper, at the same hour; then for two instead of one, at the same hour still.
  const cheaper = await revise(first, inWindow(morning, { lines: [{ variantId, quantity: 1, unitPriceMinor: 800 }] }))
  const two = await revise(cheaper, inWindow(morning, { lines: [{ variantId, quantity: 2 }] }))
  await settle()
  expect([await taken(morning, date), await stopsOn(date)]).toEqual([1, 1])
  const moved = await revise(two, inWindow(noon))
  await settle()
  expect([await taken(morning, date), await taken(noon, date), await stopsOn(date)]).toEqual([0, 1, 1])
  expect(moved.revisions[0]?.hours).toMatchObject([{ startsAt: '2026-03-06T09:00:00.000Z' }])
  // What somebody else has cannot be had, and what was kept stays kept.
  await draw(inWindow(morning), second)
  expect(await revise(moved, inWindow(morning)).catch(codeOf)).toBe('orders.promise_full')
  expect(await taken(noon, date)).toBe(1)
  await staff(endpoints.refuseQuote, { params: { quoteId: first.id }, body: {} })
  await settle()
  expect([await taken(noon, date), await stopsOn(date)]).toEqual([0, 1])
  await expectAllRight()
})

test('its time over, it is anybody’s: the quote stands, and is sent again only with another hour', async () => {
  const date = '2026-03-07'
  const windowId = await lastPlaceOf(date)
  const quote = await send(await draw(inWindow(windowId)))
  const draft = await draw(inWindow(await lastPlaceOf(date, '14:00')))
  clock.advance(Date.parse('2026-03-07T06:00:01.000Z') - clock.now().getTime())
  await expireHours(ctx)
  await settle()
  expect([await taken(windowId, date), await stopsOn(date)]).toEqual([0, 1])
  const after = await read(quote.id)
  expect(after).toMatchObject({ state: 'sent' })
  expect(after.revisions[0]?.hours).toMatchObject([{ kind: 'window', heldUntil: null }])
  clock.advance(4 * 3_600_000)
  await expireHours(ctx)
  expect(await send(draft).catch(codeOf)).toBe('orders.hour_lapsed')
  await expectAllRight()
  await accept(after)
  // Bought all the same, by the usual way.
  expect(await pay(quote.id)).toMatchObject({ documentState: 'confirmed' })
  await expectAllRight()
})

test('an hour of a service is kept with its quote until that is over, at the latest', async () => {
  const startsAt = '2026-03-12T13:00:00.000Z'
  const appointment = { service: 'remise', siteId: nantes, startsAt }
  const body = inWindow('', {
    delivery: { method: 'pickup', siteId: nantes },
    appointment,
    validUntil: '2026-03-10',
  })
  const isFree = async (): Promise<boolean> => {
    const { days } = await visitor(endpoints.listSlots, {
      params: { code: 'remise' },
      query: { siteId: nantes, days: 8 },
    })
    return days.some(({ slots }) => slots.some((slot) => slot.startsAt === startsAt))
  }
  const quote = await send(await draw(body))
  expect(quote.revisions[0]).toMatchObject({
    appointment,
    hours: [{ kind: 'appointment', name: 'Remise en main', heldUntil: '2026-03-10T22:59:59.999Z' }],
  })
  expect(await isFree()).toBe(false)
  clock.advance(Date.parse('2026-03-10T23:00:01.000Z') - clock.now().getTime())
  await expireQuotes(ctx)
  expect(await isFree()).toBe(true)
  const again = await send(await draw({ ...body, validUntil: '2026-03-12' }))
  await accept(again)
  const placed = await pay(again.id, { delivery: { method: 'pickup', siteId: nantes } })
  await settle()
  const order = await staff(endpoints.getOrder, { params: { orderId: placed.orderId }, query: {} })
  expect(order.appointment).toMatchObject({ name: 'Remise en main', startsAt })
  await expectAllRight()
})

test('what waits for a company’s approval keeps its hour: approved it is the order’s, otherwise everybody’s', async () => {
  const { companyId, companySiteId, putLimit } = await openCompany('Coursiers')
  await putLimit(1)
  // Now Wednesday 11 March, after midnight.
  const windowId = await lastPlaceOf('2026-03-13')
  const ask = async (startsAt: string, client = staff, window = windowId) => {
    const asked = await client(endpoints.placeCompanyOrder, {
      params: { companyId },
      body: {
        channel: 'web',
        lines: [{ variantId, quantity: 1 }],
        companySiteId,
        delivery: { method: 'delivery', windowId: window },
        appointment: { service: 'remise', siteId: nantes, startsAt },
        payment: { method: 'on_account' },
      },
    })
    if (!('requestId' in asked)) throw new Error('it needs approval')
    return { companyId, requestId: asked.requestId }
  }
  const when = '2026-03-20T13:00:00.000Z'
  const tried = await Promise.allSettled([ask(when), ask(when, second), ask(when)])
  const [won] = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  if (!won) throw new Error('one has it')
  const request = await staff(endpoints.getPurchaseRequest, { params: won })
  // Nobody approves a delivery that could not be kept any more.
  expect(request).toMatchObject({
    expiresAt: '2026-03-13T06:00:00.000Z',
    hours: [
      { kind: 'window', heldUntil: '2026-03-13T06:00:00.000Z' },
      { kind: 'appointment', startsAt: when },
    ],
  })
  await settle()
  expect([await taken(windowId, '2026-03-13'), await stopsOn('2026-03-13')]).toEqual([1, 1])
  await expectAllRight()
  const decide = (params: typeof won, approved: boolean) =>
    staff(endpoints.decidePurchaseRequest, { params, body: { approved } })
  await decide(won, false)
  await settle()
  expect([await taken(windowId, '2026-03-13'), await stopsOn('2026-03-13')]).toEqual([0, 0])
  const next = await ask(when)
  clock.advance(Date.parse('2026-03-13T06:00:01.000Z') - clock.now().getTime())
  await expireRequests(ctx)
  await settle()
  expect(await staff(endpoints.getPurchaseRequest, { params: next })).toMatchObject({ state: 'expired', hours: [] })
  expect(await taken(windowId, '2026-03-13')).toBe(0)
  await makeComingWindows.run(ctx, {})
  const last = await lastPlaceOf('2026-03-17')
  const approved = await decide(await ask(when, staff, last), true)
  expect(approved).toMatchObject({ state: 'ordered', hours: [] })
  await settle()
  const order = await staff(endpoints.getOrder, { params: { orderId: approved.order?.id ?? '' }, query: {} })
  expect(order).toMatchObject({ delivery: { promisedAt: '2026-03-17T09:00:00.000Z' }, appointment: { startsAt: when } })
  expect(await taken(last, '2026-03-17')).toBe(1)
  await expectAllRight()
})

test('what a company is shown for a window is what it is charged, at once or after approval', async () => {
  const { companyId, params, companySiteId, putLimit } = await openCompany('Relais')
  await putLimit(1)
  const windowId = await windowAt('2026-03-18', '10:00')
  const purchase = (window?: string) => ({
    channel: 'web' as const,
    lines: [{ variantId, quantity: 1 }],
    companySiteId,
    delivery: { method: 'delivery' as const, ...(window === undefined ? {} : { windowId: window }) },
  })
  const preview = (window?: string) =>
    staff(endpoints.previewCompanyOrder, { params, body: { ...purchase(window), locale: 'fr' } })
  const standard = await preview()
  const shown = await preview(windowId)
  // 7,90 with VAT: another price than that of the channel, or this says nothing.
  expect(shown.fee.amountMinor).toBe(658)
  expect(standard.fee.amountMinor).not.toBe(658)
  const buy = (expectedTotalMinor: number) =>
    staff(endpoints.placeCompanyOrder, {
      params,
      body: { ...purchase(windowId), payment: { method: 'on_account' }, expectedTotalMinor },
    })
  expect(await buy(standard.total.amountMinor).catch(codeOf)).toBe('orders.price_changed')
  const asked = await buy(shown.total.amountMinor)
  if (!('requestId' in asked)) throw new Error('it needs approval')
  expect(asked.total).toEqual(shown.total)
  const decided = await staff(endpoints.decidePurchaseRequest, {
    params: { companyId, requestId: asked.requestId },
    body: { approved: true },
  })
  const approved = await staff(endpoints.getOrder, { params: { orderId: decided.order?.id ?? '' }, query: {} })
  expect([approved.delivery.fee, approved.total]).toMatchObject([{ amountMinor: 790 }, shown.total])
  await putLimit(1_000_000)
  const placed = await buy(shown.total.amountMinor)
  if (!('orderId' in placed)) throw new Error('it is placed at once')
  const order = await staff(endpoints.getOrder, { params: { orderId: placed.orderId }, query: {} })
  expect([order.delivery.fee, order.total]).toMatchObject([{ amountMinor: 790 }, shown.total])
  await expectAllRight()
})

test('a time at the drive is its quote’s until the order, and free again when the quote is refused', async () => {
  const params = { siteId: nantes }
  await staff(endpoints.putDrive, { params, body: { bays: 2, slotMinutes: 30, capacity: 1, active: true } })
  const free = async () => {
    const { sites } = await visitor(endpoints.offerDriveSlots, { query: { channel: 'web' } })
    return sites.flatMap(({ days }) => days.flatMap((day) => day.slots))
  }
  const slot = (await free()).at(-1)
  if (!slot) throw new Error('there is a time at the drive')
  const isFree = async () => (await free()).some(({ id }) => id === slot.id)
  const atDrive = { method: 'pickup' as const, siteId: nantes, slotId: slot.id }
  const body = inWindow('', { delivery: atDrive })
  const tried = await Promise.allSettled([draw(body), draw(body, second), draw(body)])
  const [won] = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  if (!won) throw new Error('one has it')
  expect(won.revisions[0]?.hours).toMatchObject([{ kind: 'bay', startsAt: slot.startsAt }])
  expect(await isFree()).toBe(false)
  const elsewhere = visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId, quantity: 1 }], { delivery: atDrive }),
  })
  expect(await elsewhere.catch(codeOf)).toBe('orders.promise_full')
  await staff(endpoints.refuseQuote, { params: { quoteId: won.id }, body: {} })
  expect(await isFree()).toBe(true)
  const sent = await send(await draw(body))
  await accept(sent)
  const placed = await pay(sent.id, { delivery: { method: 'pickup', siteId: nantes } })
  expect(await isFree()).toBe(false)
  const order = await staff(endpoints.getOrder, { params: { orderId: placed.orderId }, query: {} })
  expect(order.delivery).toMatchObject({ promisedAt: slot.startsAt, latestAt: slot.endsAt })
  await expectAllRight()
})
