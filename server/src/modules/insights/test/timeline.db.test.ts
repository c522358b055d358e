import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { expect, test } from 'vitest'
import sql from 'sql-template-tag'
import { createTestShop, webPurchase } from '../../../../test/kit/shop.ts'
import { execute, one, query } from '../../../kernel/db.ts'
import { membersOf } from '../../customers/public.ts'
import { timelineRows } from '../queries/timeline.ts'

const { clock, ctx, shop, visitor, asStaff, settle } = await createTestShop({ products: 6, unitsPerPlace: 50 })
const { db } = ctx
const { nantes = '' } = shop.sites
const staff = asStaff()
const minute = () => clock.advance(60_000)
const idOf = async (email: string): Promise<string> =>
  (await one<{ id: string }>(db, sql`select id from customers.party where email = ${email}`)).id
const timeline = (customerId: string, query: object = {}) =>
  staff(endpoints.getCustomerTimeline, { params: { customerId }, query: { limit: 100, ...query } })
const told = async (customerId: string, query: object = {}) =>
  (await timeline(customerId, query)).items.map(({ kind }) => kind)
const statusOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 200,
    (error: unknown) => (error instanceof ApiError ? [error.problem.status, error.problem.code] : error),
  )

const contact = { name: 'Nora Guivarch', email: 'nora@exemple.fr', phone: '06 12 34 50 01' }
const other = { name: 'N. Guivarch', email: 'n.guivarch@autre.fr', phone: '06 12 34 50 02' }

async function order(who: typeof contact): Promise<string> {
  const placed = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId: shop.variantIds[0] ?? '', quantity: 2 }], { contact: who }),
  })
  await settle()
  return placed.orderId
}

async function quote(who: typeof contact): Promise<string> {
  const validUntil = new Date(clock.now().getTime() + 20 * 86_400_000).toISOString().slice(0, 10)
  const lines = [{ variantId: shop.variantIds[1] ?? '', quantity: 1 }]
  const delivery = { method: 'carry_out', siteId: nantes } as const
  const made = await staff(endpoints.createQuote, {
    body: { channel: 'phone', locale: 'fr', contact: who, lines, delivery, validUntil },
  })
  await staff(endpoints.sendQuote, { params: { quoteId: made.id }, body: { revision: made.revision } })
  await settle()
  return made.id
}

async function reservation(who: typeof contact): Promise<string> {
  const made = await visitor(endpoints.createReservation, {
    body: {
      channel: 'web',
      siteId: nantes,
      lines: [{ variantId: shop.variantIds[2] ?? '', quantity: 1 }],
      contact: who,
      locale: 'fr',
    },
  })
  await settle()
  return made.id
}

async function appointment(who: typeof contact): Promise<string> {
  const resourceId = ctx.ids.next()
  await staff(endpoints.putService, {
    params: { code: 'reglage' },
    body: {
      name: { fr: 'Réglage', en: 'Adjustment' },
      description: { fr: '', en: '' },
      durationMinutes: 30,
      bufferMinutes: 0,
      stepMinutes: 30,
      starts: null,
      leadMinutes: 60,
      horizonDays: 30,
      mostSeats: 1,
      active: true,
    },
  })
  await staff(endpoints.putResource, {
    params: { resourceId },
    body: {
      siteId: nantes,
      kind: 'workshop',
      name: 'Stand',
      capacity: 1,
      overbooking: 0,
      serviceCodes: ['reglage'],
      hours: null,
      active: true,
    },
  })
  const { days } = await visitor(endpoints.listSlots, {
    params: { code: 'reglage' },
    query: { siteId: nantes, days: 5 },
  })
  const startsAt = days.flatMap(({ slots }) => slots)[0]?.startsAt ?? ''
  const made = await visitor(endpoints.bookAppointment, {
    body: { service: 'reglage', siteId: nantes, startsAt, contact: who, locale: 'fr' },
  })
  await settle()
  return made.id
}

await staff(endpoints.putReservationPolicy, {
  params: { siteId: nantes },
  body: { active: true, openDays: 2, mostUnits: 5, mostOpen: 5 },
})
const orderId = await order(contact)
minute()
const quoteId = await quote(contact)
minute()
const reservationId = await reservation(contact)
minute()
const appointmentId = await appointment(contact)
minute()
const otherOrder = await order(other)
const nora = await idOf(contact.email)
const twin = await idOf(other.email)

test('one timeline tells what was done in every channel, with its documents, the latest first', async () => {
  const { items } = await timeline(nora)
  const times = items.map(({ at }) => at)
  expect(times).toEqual(times.toSorted().toReversed())
  const documents = items
    .filter(({ kind }) => ['order', 'quote', 'reservation', 'appointment'].includes(kind))
    .map(({ kind, document, channelCode }) => [kind, document?.type, document?.id, channelCode])
  expect(documents).toEqual([
    ['appointment', 'appointment', appointmentId, null],
    ['reservation', 'reservation', reservationId, 'web'],
    ['quote', 'quote', quoteId, 'phone'],
    ['order', 'order', orderId, 'web'],
  ])
  expect(items.find(({ kind }) => kind === 'appointment')?.document).toMatchObject({ state: 'booked' })
  expect(items.find(({ kind }) => kind === 'order')).toMatchObject({ count: 2, memberId: nora })
  const messages = items.filter(({ kind }) => kind === 'message')
  expect(messages.length).toBeGreaterThanOrEqual(4)
  expect(messages.every(({ document }) => document?.type === 'message')).toBe(true)
  const learnt = items.filter(({ kind }) => kind === 'identification')
  expect(learnt.at(-1)).toMatchObject({ source: 'order' })
  expect(learnt.at(-1)?.learnt?.map(({ kind }) => kind)).toEqual(['email', 'name', 'phone'])
})

test('documents know whose they are', async () => {
  const parties = await query<{ party_id: string }>(
    db,
    sql`select party_id from orders.quote where id = ${quoteId} union all
        select party_id from orders.reservation where id = ${reservationId} union all
        select party_id from service.appointment where id = ${appointmentId}`,
  )
  expect(parties.map(({ party_id }) => party_id)).toEqual([nora, nora, nora])
})

test('a timeline is read page by page without a gap, and by kind and channel', async () => {
  const whole = (await timeline(nora)).items
  const paged: typeof whole = []
  for (let cursor: string | undefined; ;) {
    const page = await timeline(nora, { limit: 3, cursor })
    paged.push(...page.items)
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  expect(paged).toEqual(whole)
  expect(await told(nora, { kind: 'quote' })).toEqual(['quote'])
  expect(new Set(await told(nora, { kind: 'message' }))).toEqual(new Set(['message']))
  expect(await told(nora, { channel: 'phone' })).toEqual(expect.arrayContaining(['quote']))
  expect(await told(nora, { channel: 'phone' })).not.toContain('order')
})

test('a merge brings the other’s entries, says so, and taking it back gives both back', async () => {
  const [noraBefore, twinBefore] = [(await timeline(nora)).items, (await timeline(twin)).items]
  minute()
  await staff(endpoints.mergeCustomers, { params: { customerId: nora }, body: { otherId: twin } })
  const [merge, ...both] = (await timeline(twin)).items
  expect(merge).toMatchObject({ kind: 'merge', merge: { act: 'merged', otherId: twin, name: 'N. Guivarch' } })
  expect(new Set(both.map(({ id }) => id))).toEqual(new Set([...noraBefore, ...twinBefore].map(({ id }) => id)))
  expect(both.find(({ document }) => document?.id === otherOrder)).toMatchObject({ memberId: twin })
  const overview = await staff(endpoints.getCustomerOverview, { params: { customerId: twin } })
  expect(overview.figures).toMatchObject({ orders: 2, channels: [{ code: 'web', orders: 2 }] })
  // What is done while they are one is told of whom it was done by, and stays theirs.
  minute()
  const third = await order(other)
  expect((await timeline(nora)).items.some(({ document }) => document?.id === third)).toBe(true)
  minute()
  await staff(endpoints.unmergeCustomer, { params: { customerId: twin }, body: {} })
  const without = (entries: typeof noraBefore) => entries.filter(({ kind }) => kind !== 'merge')
  expect(without((await timeline(nora)).items)).toEqual(noraBefore)
  const twins = without((await timeline(twin)).items)
  expect(twins.filter(({ at }) => at <= (twinBefore[0]?.at ?? ''))).toEqual(twinBefore)
  expect(twins.some(({ document }) => document?.id === third)).toBe(true)
  expect((await timeline(twin, { kind: 'merge' })).items.map(({ merge: one }) => one)).toEqual([
    { act: 'unmerged', otherId: nora, name: 'Nora Guivarch' },
    { act: 'merged', otherId: nora, name: 'Nora Guivarch' },
  ])
})

test('figures are those of orders that stand; consents and who of the staff acted are told', async () => {
  const before = await staff(endpoints.getCustomerOverview, { params: { customerId: nora } })
  const ines = ctx.ids.next()
  const actor = 'Inès Prado'
  await execute(
    db,
    sql`insert into access.account (id, email, name, created_at, updated_at) values (${ines}, 'ines@alize.fr', ${actor}, now(), now())`,
  )
  await execute(
    db,
    sql`insert into access.staff (account_id, role, every_site, created_at) values (${ines}, 'clerk', false, now())`,
  )
  await execute(
    db,
    sql`update customers.interaction set actor = case kind when 'reservation' then ${actor} else 'Nora Guivarch' end
        where party_id = ${nora}`,
  )
  const { items } = await timeline(nora)
  expect(items.find(({ kind }) => kind === 'reservation')?.actor).toBe('Inès Prado')
  expect(items.find(({ kind }) => kind === 'order')?.actor).toBeNull()
  await staff(endpoints.recordConsent, {
    params: { customerId: nora },
    body: { act: 'granted', medium: 'email', purpose: 'marketing', proof: 'Formulaire papier' },
  })
  const [consent] = (await timeline(nora, { kind: 'consent' })).items
  expect(consent).toMatchObject({ consent: { act: 'granted', medium: 'email', purpose: 'marketing' }, source: 'staff' })
  await staff(endpoints.cancelOrder, { params: { orderId }, body: { reason: 'Erreur de taille' } })
  await settle()
  const after = await staff(endpoints.getCustomerOverview, { params: { customerId: nora } })
  expect([before.figures.orders, after.figures.orders]).toEqual([1, 0])
  expect(after.figures).toMatchObject({ ordered: { amountMinor: 0 }, averageOrder: null, firstOrderAt: null })
})

test('what is asked wrongly is refused, and who may not read customers reads nothing', async () => {
  const unknown = '00000000-0000-7000-8000-000000000000'
  expect(await statusOf(timeline(unknown))).toEqual([404, 'customers.not_found'])
  expect(await statusOf(staff(endpoints.getCustomerOverview, { params: { customerId: unknown } }))).toEqual([
    404,
    'customers.not_found',
  ])
  expect(await statusOf(timeline(nora, { cursor: 'x' }))).toEqual([400, 'kernel.invalid_cursor'])
  for (const bad of [{ kind: 'purchase' }, { channel: 'Ce Canal' }, { limit: 0 }, { limit: 'dix' }])
    expect(await statusOf(timeline(nora, bad))).toMatchObject([400, expect.any(String)])
  expect(await statusOf(timeline('pas-un-id'))).toMatchObject([400, expect.any(String)])
  for (const client of [visitor, asStaff(['orders:read'])]) {
    const params = { customerId: nora }
    expect(await statusOf(client(endpoints.getCustomerTimeline, { params, query: {} }))).not.toBe(200)
    expect(await statusOf(client(endpoints.getCustomerOverview, { params }))).not.toBe(200)
  }
})

test('a page of a customer with twenty thousand events reads a page, not the events', async () => {
  await execute(
    db,
    sql`insert into customers.interaction (party_id, kind, at, id, channel_code, subject_id, value_minor)
        select ${twin}, k.kind, ${clock.now()}::timestamptz - n * interval '1 minute', gen_random_uuid(), 'web', null, 100
        from generate_series(1, 4000) n cross join unnest(array['order','cancellation','return','collection','reservation']) k (kind)`,
  )
  await execute(db, sql`analyze customers.interaction`)
  const members = await membersOf(db, twin)
  const captured: { text: string; values: unknown[] }[] = []
  const listening = {
    query: (statement: { text: string; values: unknown[] }) => (captured.push(statement), db.query(statement)),
  }
  const deep = { at: new Date(clock.now().getTime() - 2_000 * 60_000).toISOString(), kind: 'order', id: nora }
  const filter = { members, kind: undefined, channel: undefined, before: deep, limit: 51 }
  expect(await timelineRows(listening as unknown as typeof db, { ...filter, locale: 'fr' })).toHaveLength(51)
  expect(captured).toHaveLength(1)
  const [statement] = captured
  const plan = await db.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (analyze, format json) ${statement?.text ?? ''}`,
    statement?.values,
  )
  expect(rowsOf(plan.rows[0]?.['QUERY PLAN'][0].Plan, 'interaction')).toBeLessThan(600)
})

type Plan = {
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}
/** How many rows of a table a plan looked at. */
function rowsOf(plan: Plan | undefined, table: string): number {
  if (!plan) return 0
  const own =
    plan['Relation Name'] === table
      ? (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops']
      : 0
  return (plan.Plans ?? []).reduce((sum, one) => sum + rowsOf(one, table), own)
}
