import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import { createTestShop, webPurchase } from '../../../../../test/kit/shop.ts'
import { inTransaction } from '../../../../kernel/db.ts'
import { partyOfKey, restrictCustomer } from '../../../customers/public.ts'

const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 2, unitsPerPlace: 50 })
const staff = asStaff()
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )
async function buyer(email: string): Promise<string> {
  const lines = [{ variantId: shop.variantIds[0] ?? '', quantity: 2 }]
  await visitor(endpoints.placeOrder, { body: webPurchase(lines, { contact: { name: 'Léa Roux', email } }) })
  await settle()
  return (await partyOfKey(ctx.db, 'email', email)) ?? ''
}
const plan = (customerId: string, changes: object = {}) =>
  staff(endpoints.planSalesVisit, {
    params: { customerId },
    body: { about: 'La flotte de printemps', questions: 'Combien de vélos ?', on: '2026-10-02', ...changes },
  })
const close = (customerId: string, visitId: string, outcome: 'interested' | 'refused' | 'absent') =>
  staff(endpoints.closeSalesVisit, { params: { customerId, visitId }, body: { outcome, note: 'Rappeler en mars' } })
const sheetOf = (customerId: string) => staff(endpoints.getVisitSheet, { params: { customerId } })

test('the sheet says who, what is open and what to ask; that it was read is noted; on paper too', async () => {
  const customerId = await buyer('lea@exemple.fr')
  const visit = await plan(customerId)
  await staff(endpoints.recordConsent, {
    params: { customerId },
    body: { act: 'withdrawn', medium: 'phone', purpose: 'marketing', proof: 'Dit en magasin' },
  })
  const sheet = await sheetOf(customerId)
  expect(sheet).toMatchObject({
    customer: { name: 'Léa Roux', email: 'lea@exemple.fr', phone: null },
    visit: { id: visit.id, about: 'La flotte de printemps', on: '2026-10-02' },
    restricted: false,
    orders: { count: 1 },
    latestOrders: [{ state: 'confirmed' }],
    bought: [{ quantity: 2 }],
    quotes: [],
    returns: [],
    questions: ['phone', 'consent'],
  })
  expect(sheet.permissions.find(({ medium }) => medium === 'phone')).toMatchObject({
    allowed: false,
    reason: 'withdrawn',
  })
  const paper = await app.fastify.inject({ url: `/api/v1/customers/${customerId}/visit-sheet/pdf?locale=en` })
  expect(paper.statusCode).toBe(401)
  const printed = await asStaff()(endpoints.getVisitSheetPdf, { params: { customerId }, query: { locale: 'fr' } })
  expect(String(printed).slice(0, 5)).toBe('%PDF-')
  const { items } = await staff(endpoints.listReadsOfCustomer, { params: { customerId }, query: {} })
  expect(items.some(({ screens }) => screens.includes('visit_sheet'))).toBe(true)
})

test('what came of a visit is written once, and goes into the history of who was met', async () => {
  const customerId = await buyer('nora@exemple.fr')
  const { id } = await plan(customerId)
  const missed = await plan(customerId, { on: '2026-10-01' })
  expect((await staff(endpoints.listSalesVisits, { query: {} })).items.map(({ on }) => on).slice(0, 2)).toEqual([
    '2026-10-01',
    '2026-10-02',
  ])
  const closed = await Promise.all([1, 2].map(() => codeOf(close(customerId, id, 'interested'))))
  expect(closed.sort()).toEqual(['engagement.visit_closed', 'none'])
  await close(customerId, missed.id, 'absent')
  const { items } = await staff(endpoints.getCustomerTimeline, {
    params: { customerId },
    query: { kind: 'sales_visit' },
  })
  expect(items).toMatchObject([{ kind: 'sales_visit', detail: 'interested' }])
  const sheet = await sheetOf(customerId)
  expect(new Set(sheet.visits.map(({ outcome }) => outcome))).toEqual(new Set(['absent', 'interested']))
  expect(sheet.questions).toContain('last_visit')
  expect(await codeOf(close(customerId, ctx.ids.next(), 'absent'))).toBe('engagement.visit_not_found')
})

test('who refused visits is visited when they ask; whose data may only be kept is not', async () => {
  const customerId = await buyer('marc@exemple.fr')
  const { id } = await plan(customerId)
  clock.advance(1_000)
  await close(customerId, id, 'refused')
  expect(await codeOf(plan(customerId))).toBe('engagement.visit_refused')
  expect((await plan(customerId, { asked: true })).state).toBe('open')
  const kept = await buyer('kept@exemple.fr')
  await inTransaction(ctx.db, (tx) => restrictCustomer(ctx, tx, kept, { reason: 'accuracy', note: '' }))
  expect(await codeOf(plan(kept, { asked: true }))).toBe('engagement.visit_refused')
  expect((await sheetOf(kept)).restricted).toBe(true)
})
