import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { brokenAtRest } from '../../../../simulation/invariants.ts'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { query } from '../../../kernel/db.ts'
import { captureAuthorised, makeRefunds } from '../../payments/public.ts'
import { comparePools } from '../../promises/public.ts'

// Monday 2 March 2026, 10:00 in Paris; shops are open from 9 to 19 every day.
const {
  app,
  clock,
  ctx,
  shop,
  visitor,
  asStaff,
  settle: relay,
} = await createTestShop({ products: 3, unitsPerPlace: 60 })
const { provider } = app.wiring.placement
const { nantes = '', lyon = '' } = shop.sites
const staff = asStaff()
const [bicycle = '', helmet = ''] = shop.variantIds
const codeOf = (error: unknown): string => (error instanceof ApiError ? error.problem.code : String(error))
const productIds = await query<{ product_id: string }>(
  ctx.db,
  sql`select product_id from catalog.variant where id = ${bicycle}`,
)

async function settle(): Promise<void> {
  await relay()
  await captureAuthorised(ctx, provider)
  await makeRefunds(ctx, provider)
  await relay()
}

async function resource(kind: 'adviser' | 'workshop', name: string, service: string, siteId = nantes): Promise<string> {
  const resourceId = ctx.ids.next()
  const body = { siteId, kind, name, capacity: 1, overbooking: 0, hours: null, serviceCodes: [service], active: true }
  await staff(endpoints.putResource, { params: { resourceId }, body })
  return resourceId
}
const service = (code: string, together: boolean) =>
  staff(endpoints.putService, {
    params: { code },
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
      together,
      productIds: productIds.map(({ product_id }) => product_id),
    },
  })
await service('remise', true)
const [nadia, , stand] = [
  await resource('adviser', 'Nadia', 'remise'),
  await resource('adviser', 'Karim', 'remise'),
  await resource('workshop', 'Stand', 'remise'),
]

const at = (time: string, day = '2026-03-03'): string => `${day}T${time}:00.000Z`
const buy = (startsAt: string, more: object = {}, variantId = bicycle) =>
  visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId, quantity: 1 }], {
      delivery: { method: 'pickup', siteId: nantes },
      appointment: { service: 'remise', siteId: nantes, startsAt },
      ...more,
    }),
  })
const orderOf = (orderId: string) => staff(endpoints.getOrder, { params: { orderId }, query: {} })
const agenda = async (day = '2026-03-03') =>
  (
    await staff(endpoints.listAppointments, {
      query: { siteId: nantes, from: `${day}T00:00:00.000Z`, until: `${day}T23:59:00.000Z` },
    })
  ).items
const isFree = async (startsAt: string, code = 'remise'): Promise<boolean> => {
  const { days } = await visitor(endpoints.listSlots, { params: { code }, query: { siteId: nantes, days: 5 } })
  return days.some(({ slots }) => slots.some((slot) => slot.startsAt === startsAt))
}
async function expectAllRight(): Promise<void> {
  expect(await comparePools(ctx.db)).toEqual([])
  expect(await brokenAtRest(ctx.db)).toEqual([])
}

test('a bicycle is bought with its fitting: person and place at one hour, in the agenda and on the order', async () => {
  const when = at('09:00')
  expect(await isFree(when)).toBe(true)
  const placed = await buy(when)
  // Taken with the order, before anything else happens.
  expect(await isFree(when)).toBe(false)
  await settle()
  const order = await orderOf(placed.orderId)
  expect(order.appointment).toMatchObject({ name: 'Remise en main', siteName: expect.any(String), startsAt: when })
  expect(await agenda()).toMatchObject([
    {
      state: 'booked',
      startsAt: when,
      orderId: placed.orderId,
      resourceName: 'Karim',
      alsoResourceId: stand,
      alsoResourceName: 'Stand',
    },
  ])
  const { items: messages } = await staff(endpoints.listMessages, { query: { orderId: placed.orderId } })
  expect(messages.length).toBeGreaterThan(0)
  await expectAllRight()
})

test('two checkouts, one hour: exactly one sells, and the other keeps its money and its goods', async () => {
  const when = at('11:00')
  const tried = await Promise.allSettled(Array.from({ length: 6 }, () => buy(when)))
  const sold = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value.orderId] : []))
  expect(sold).toHaveLength(1)
  for (const one of tried) if (one.status === 'rejected') expect(codeOf(one.reason)).toBe('orders.promise_full')
  await settle()
  expect((await agenda()).filter(({ startsAt }) => startsAt === when)).toHaveLength(1)
  await expectAllRight()
})

test('who works there can serve somebody else meanwhile only where there is a place for it', async () => {
  await resource('workshop', 'Stand 2', 'remise')
  const when = at('13:00')
  const tried = await Promise.allSettled(Array.from({ length: 5 }, () => buy(when)))
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  await settle()
  const served = (await agenda()).filter(({ startsAt }) => startsAt === when)
  expect(new Set(served.map(({ resourceName }) => resourceName)).size).toBe(2)
  expect(new Set(served.map(({ alsoResourceName }) => alsoResourceName)).size).toBe(2)
  await expectAllRight()
})

test('cancelling the order frees the hour; cancelling the appointment leaves the order', async () => {
  const [first, second] = [at('09:00', '2026-03-04'), at('11:00', '2026-03-04')]
  const gone = await buy(first)
  const kept = await buy(second)
  await settle()
  await staff(endpoints.cancelOrder, { params: { orderId: gone.orderId }, body: { reason: 'le client' } })
  await settle()
  expect(await isFree(first)).toBe(true)
  expect((await orderOf(gone.orderId)).appointment).toBeNull()
  const [appointment] = await agenda('2026-03-04')
  expect(appointment?.startsAt).toBe(second)
  const appointmentId = appointment?.id ?? ''
  const moved = at('13:00', '2026-03-04')
  await staff(endpoints.moveAppointment, { params: { appointmentId }, query: {}, body: { startsAt: moved } })
  expect((await orderOf(kept.orderId)).appointment).toMatchObject({ startsAt: moved })
  expect(await isFree(second)).toBe(true)
  await staff(endpoints.cancelAppointment, { params: { appointmentId }, query: {}, body: {} })
  await settle()
  expect(await isFree(moved)).toBe(true)
  expect(await orderOf(kept.orderId)).toMatchObject({ documentState: 'confirmed', appointment: null })
  await expectAllRight()
  // Its hour went before: the order can still be cancelled.
  await staff(endpoints.cancelOrder, { params: { orderId: kept.orderId }, body: { reason: 'le client' } })
  await settle()
  await expectAllRight()
})

test('an unpaid order holds the hour until its time is over, a paid one keeps it', async () => {
  const when = at('15:00')
  const unpaid = () => buy(when, { payments: [{ method: 'online_card', token: 'tok_challenge' }] })
  const [waiting] = [await unpaid(), await unpaid()]
  expect(waiting.documentState).toBe('awaiting_payment')
  expect(await isFree(when)).toBe(false)
  expect((await agenda()).some(({ startsAt }) => startsAt === when)).toBe(false)
  clock.advance(16 * 60_000)
  const job = app.wiring.jobs.find(({ name }) => name === 'orders.expire')
  await job?.run(ctx, {})
  await settle()
  expect(await isFree(when)).toBe(true)
  await expectAllRight()
})

test('it is offered with its product, in the shop where the article is, and once the article is there', async () => {
  const when = at('16:00')
  expect(await buy(when, {}, helmet).catch(codeOf)).toBe('service.not_found')
  expect(await buy(when, { delivery: { method: 'pickup', siteId: lyon } }).catch(codeOf)).toBe(
    'service.slot_not_offered',
  )
  expect(await buy(at('10:05', '2026-03-02')).catch(codeOf)).toBe('service.slot_not_offered')
  const closed = { siteId: nantes, resourceId: stand, startsAt: at('15:30'), endsAt: at('18:00') }
  await staff(endpoints.createClosure, { body: { ...closed, reason: '' } })
  expect(nadia).not.toBe(stand)
  expect(await buy(when)).toMatchObject({ documentState: 'confirmed' })
  expect(await buy(when).catch(codeOf)).toBe('orders.promise_full')
  await settle()
  await expectAllRight()
})

test('a company buys the hour with its article; while approvers decide it is kept', async () => {
  const { id: companyId } = await staff(endpoints.createCompany, {
    body: { name: 'Coursiers', email: 'coursiers@exemple.fr' },
  })
  const params = { companyId }
  const address = { name: 'Atelier', street: '4 rue des Ateliers', postalCode: '44000', locality: 'Nantes' }
  const { sites } = await staff(endpoints.createCompanySite, { params, body: { name: 'Atelier', address } })
  const creditOf = (limitMinor: number | null) =>
    staff(endpoints.putCompanyCredit, {
      params,
      body: { account: { terms: 'net_30', limitMinor, overLimit: 'ask', blockAfterDays: null, blocked: false } },
    })
  const order = (startsAt: string) =>
    staff(endpoints.placeCompanyOrder, {
      params,
      body: {
        channel: 'web',
        lines: [{ variantId: bicycle, quantity: 1 }],
        companySiteId: sites[0]?.id ?? '',
        delivery: { method: 'pickup', siteId: nantes },
        appointment: { service: 'remise', siteId: nantes, startsAt },
        payment: { method: 'on_account' },
      },
    })
  await creditOf(null)
  const when = at('09:00', '2026-03-05')
  const tried = await Promise.allSettled([order(when), order(when), order(when)])
  const placed = tried.flatMap((one) => (one.status === 'fulfilled' && 'orderId' in one.value ? [one.value] : []))
  expect(placed).toHaveLength(2)
  for (const one of tried) if (one.status === 'rejected') expect(codeOf(one.reason)).toBe('orders.promise_full')
  await settle()
  expect(new Set((await agenda('2026-03-05')).map(({ orderId }) => orderId))).toEqual(
    new Set(placed.map(({ orderId }) => orderId)),
  )
  await expectAllRight()
  // Less than it owes already: whatever it orders now is put before our staff.
  await creditOf(1)
  const later = at('13:00', '2026-03-05')
  // Two can be served at once.
  for (const _each of [1, 2]) expect(await order(later)).toMatchObject({ causes: ['credit_limit'] })
  expect(await isFree(later)).toBe(false)
  // Nobody decides in time over what is a few minutes away.
  expect(await order(at('10:00', '2026-03-02')).catch(codeOf)).toBe('service.slot_not_offered')
  expect(await comparePools(ctx.db)).toEqual([])
})
