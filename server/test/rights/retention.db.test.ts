import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, expect, test } from 'vitest'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { RetentionRule } from '@ecluse/contracts/retention.ts'
import { inTransaction, one, query } from '../../src/kernel/db.ts'
import { resolveParties } from '../../src/modules/customers/public.ts'
import { runRetention } from '../../src/modules/rights/retention/run-retention.ts'
import { erasePerson } from '../../src/modules/rights/erasure/erase-person.ts'
import { personalParts } from '../../src/personal-parts.ts'
import { createTestShop, webPurchase } from '../kit/shop.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-retention-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const { clock, ctx, shop, visitor, asStaff, settle } = await createTestShop(
  { products: 1, unitsPerPlace: 50 },
  { config: { dataDir, mailFrom: 'Alizé <boutique@alize.example>' } },
)
const staff = asStaff()
const dayMs = 86_400_000
const links: string[] = []
const desk = {
  parts: personalParts,
  link: () => 'http://127.0.0.1/',
  page: () => 'http://127.0.0.1/',
  preferences: () => 'http://127.0.0.1/',
  keepLink: (_: string, token: string) => {
    links.push(token)
    return `http://127.0.0.1/?keep=${token}`
  },
}
const night = () => runRetention(ctx, desk, { pageSize: 3 })
const decide = (rule: Partial<RetentionRule>) =>
  staff(endpoints.putRetention, {
    body: { on: true, months: { prospect: 36, customer: 36 }, noticeDays: 30, ...rule },
  })

async function know(name: string, more: { email?: string; phone?: string }): Promise<string> {
  const given = { name, email: more.email ?? null, phone: more.phone ?? null, locale: 'fr' as const, source: 'test' }
  const [party] = await inTransaction(ctx.db, (tx) => resolveParties(ctx, tx, [given]))
  await settle()
  return party?.partyId ?? ''
}
const casesNow = async (): Promise<string[]> => {
  const { items } = await staff(endpoints.listRetentionCases, { query: { limit: 100 } })
  return items.map(({ name, state, lastAct, eraseOn }) => [name, state, lastAct.kind ?? '-', eraseOn].join(' ')).sort()
}
const mails = () =>
  query<{ recipient: string }>(
    ctx.db,
    sql`select recipient from engagement.message where template = 'rights_retention' order by recipient`,
  )
/** Does the erasures a night began. */
async function erase(): Promise<string[]> {
  await settle()
  const open = await query<{ id: string }>(
    ctx.db,
    sql`select id from rights.request where origin = 'retention' and closed_at is null order by id`,
  )
  const outcomes: string[] = []
  for (const { id } of open) outcomes.push(await erasePerson(ctx, personalParts, id))
  return outcomes
}
const refusal = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'none',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )

let [zoe, bob, cle] = ['', '', '']

test('a dry run tells who, why and when, and touches nobody', async () => {
  const { orderId } = await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId: shop.variantIds[0] ?? '', quantity: 1 }], {
      contact: { name: 'Ana Bel', email: 'ana@exemple.fr' },
    }),
  })
  await visitor(endpoints.placeOrder, {
    body: webPurchase([{ variantId: shop.variantIds[0] ?? '', quantity: 1 }], {
      contact: { name: 'Luc Ouvert', email: 'luc@exemple.fr' },
    }),
  })
  zoe = await know('Zoé Rien', { email: 'zoe@exemple.fr' })
  bob = await know('Bob Tel', { phone: '+33612345678' })
  cle = await know('Clé Procès', { email: 'cle@exemple.fr' })
  const eve = await know('Ève Clic', { email: 'eve@exemple.fr' })
  await settle()
  await ctx.db.query('update orders.order_line set fulfilled_quantity = quantity where order_id = $1', [orderId])
  await ctx.db.query(`update fulfillment.fulfillment set state = 'shipped' where order_id = $1`, [orderId])
  const started = clock.now()
  // Ève clicked a year later; Zoé only opened a message.
  clock.set(new Date(started.getTime() + 365 * dayMs))
  await inTransaction(ctx.db, (tx) =>
    tx.query(
      `insert into customers.interaction (party_id, kind, at, id) values ($1, 'click', $2, $3), ($4, 'message_opened', $2, $5)`,
      [eve, clock.now(), ctx.ids.next(), zoe, ctx.ids.next()],
    ),
  )
  await staff(endpoints.holdCustomer, { params: { customerId: cle }, body: { reason: 'claim', note: 'Assignation' } })
  clock.set(new Date(started.getTime() + (3 * 365 + 2) * dayMs))
  await night()
  const erased = (days: number) => new Date(clock.now().getTime() + days * dayMs).toISOString().slice(0, 10)
  const dry = await casesNow()
  expect(dry.map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
    'Ana Bel planned order',
    'Bob Tel planned -',
    'Clé Procès planned -',
    'Luc Ouvert planned order',
    'Zoé Rien planned -',
  ])
  expect(dry[0]).toContain(erased(30))
  expect(await mails()).toEqual([])
  const { runs, states, version } = await staff(endpoints.getRetention)
  expect(runs[0]).toMatchObject({ live: false, counts: { examined: 5, planned: 5, announced: 0 } })
  expect([states, version]).toEqual([[{ state: 'planned', count: 5 }], 0])
})

test('switched on, they are told, and erased when their time is over', async () => {
  expect((await decide({})).version).toBe(1)
  await night()
  expect((await mails()).map(({ recipient }) => recipient)).toEqual(['ana@exemple.fr', 'zoe@exemple.fr'])
  expect((await casesNow()).map((line) => line.split(' ')[2])).toEqual([
    'announced',
    'erasing',
    'held',
    'held',
    'announced',
  ])
  // Once more the same night: nobody is told twice, and nobody is erased twice.
  await night()
  expect(await mails()).toHaveLength(2)
  expect(await erase()).toEqual(['done'])
  expect(await refusal(staff(endpoints.getCustomer, { params: { customerId: bob } }))).toBe('customers.not_found')
  expect((await staff(endpoints.getCustomer, { params: { customerId: zoe } })).name).toBe('Zoé Rien')

  const [first = ''] = links
  const notice = await visitor(endpoints.getMyNotice, { query: { token: first } })
  expect(notice.state).toBe('announced')
  const stays = await visitor(endpoints.keepMyData, { query: { token: first } })
  expect((await visitor(endpoints.keepMyData, { query: { token: first } })).state).toBe(stays.state)
  expect(await refusal(visitor(endpoints.keepMyData, { query: { token: `${first}x`.slice(3) } }))).toBe(
    'rights.link_invalid',
  )
  clock.set(new Date(clock.now().getTime() + 29 * dayMs))
  await night()
  expect(await erase()).toEqual([])
  clock.set(new Date(clock.now().getTime() + dayMs))
  await night()
  const { runs: later } = await staff(endpoints.getRetention)
  expect(later[0]).toMatchObject({ live: true, counts: { held: 2, erasing: 1 } })
  expect(await erase()).toEqual(['done'])
  const left = (await casesNow()).map((line) => line.split(' ')[2] ?? '').toSorted((a, b) => a.localeCompare(b))
  expect(left).toEqual(['held', 'held', 'kept'])
  expect((await staff(endpoints.verifyCertificates)).items).toHaveLength(2)
  const { items } = await staff(endpoints.listHolds, { params: { customerId: cle } })
  const hold = { customerId: cle, holdId: items[0]?.id ?? '' }
  await staff(endpoints.releaseHold, { params: hold })
  expect(await refusal(staff(endpoints.releaseHold, { params: hold }))).toBe('rights.not_found')
  await night()
  expect((await mails()).map(({ recipient }) => recipient)).toContain('cle@exemple.fr')
})

test('whoever is heard of after they were told stays, even when their erasure has begun to wait', async () => {
  clock.set(new Date(clock.now().getTime() + dayMs))
  const max = await know('Max Tard', { phone: '+33698765432' })
  await decide({ months: { prospect: 1, customer: 60 }, noticeDays: 14 })
  clock.set(new Date(clock.now().getTime() + 40 * dayMs))
  await night()
  expect((await casesNow()).find((line) => line.startsWith('Max'))).toContain('erasing')
  await ctx.db.query(`insert into customers.interaction (party_id, kind, at, id) values ($1, 'appointment', $2, $3)`, [
    max,
    clock.now(),
    ctx.ids.next(),
  ])
  expect(await erase()).toContain('spared')
  expect((await staff(endpoints.getCustomer, { params: { customerId: max } })).name).toBe('Max Tard')
  await night()
  expect((await casesNow()).filter((line) => line.startsWith('Max'))).toEqual([])
  const told = await one<{ n: number }>(
    ctx.db,
    sql`select count(*)::int as n from kernel.outbox where type = 'rights.retention_decided' and aggregate_id = ${max}`,
  )
  expect(told.n).toBe(1)
})

test('a night that is cut short goes on where it was: everybody is told once', async () => {
  await decide({ months: { prospect: 2, customer: 60 } })
  const given = Array.from({ length: 35 }, (_, n) => ({
    name: `Client ${n}`,
    email: `c${n}@exemple.fr`,
    phone: null,
    locale: 'fr' as const,
    source: 'test',
  }))
  await inTransaction(ctx.db, (tx) => resolveParties(ctx, tx, given))
  await settle()
  clock.set(new Date(clock.now().getTime() + 70 * dayMs))
  // A page is one transaction: whoever dies within it did nothing of it, whoever dies after it did all of it.
  let pages = 0
  const dies = (): void => {
    pages += 1
    if (pages === 2) throw new Error('killed')
  }
  await expect(runRetention(ctx, desk, { pageSize: 10, told: dies })).rejects.toThrow('killed')
  const half = (await mails()).filter(({ recipient }) => /^c\d/.test(recipient))
  expect(half.length).toBeGreaterThan(0)
  expect(half.length).toBeLessThan(35)
  await night()
  const all = (await mails()).filter(({ recipient }) => /^c\d/.test(recipient))
  expect([all.length, new Set(all.map(({ recipient }) => recipient)).size]).toEqual([35, 35])
  const { runs } = await staff(endpoints.getRetention)
  expect(runs[0]?.doneAt).not.toBeNull()
})
