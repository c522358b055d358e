import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createTestShop } from '../../../../test/kit/shop.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, one } from '../../../kernel/db.ts'
import { forgetReads } from '../jobs/forget-reads.ts'
import { noteRead } from '../reads/note-read.ts'
import { resolveParties } from '../resolve-parties.ts'

const { clock, ctx, visitor, asStaff, actAs, actorOf } = await createTestShop({ products: 1, unitsPerPlace: 1 })
const administrator = asStaff()
const curious = asStaff(['customers:read', 'orders:read'])

const idOf = (email: string) =>
  inTransaction(ctx.db, (tx) => resolveParties(ctx, tx, [{ name: email, email, locale: 'fr', source: 'test' }])).then(
    ([party]) => party?.partyId ?? '',
  )
const [ana, bob, cleo] = [await idOf('ana@lue.fr'), await idOf('bob@lu.fr'), await idOf('cleo@lue.fr')]
const readsOf = (customerId: string, query: object = {}) =>
  curious(endpoints.listReadsOfCustomer, { params: { customerId }, query }).then(({ items }) => items)
const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 200,
    (error: unknown) => (error instanceof ApiError ? [error.problem.status, error.problem.code] : error),
  )

test('a page that asks many things is one line: who, whom, which quarter of an hour, which screens', async () => {
  clock.set('2026-03-02T09:07:00Z')
  const params = { customerId: ana }
  for (let round = 0; round < 2; round++)
    await Promise.all([
      curious(endpoints.getCustomer, { params }),
      curious(endpoints.getCustomerProfile, { params }),
      curious(endpoints.getCustomerTimeline, { params, query: {} }),
      curious(endpoints.getCustomerOverview, { params }),
      curious(endpoints.getCustomerConsents, { params, query: {} }),
      curious(endpoints.listOrders, { query: { customerId: ana } }),
    ])
  await expect.poll(() => readsOf(ana).then((items) => items[0]?.screens.length)).toBe(4)
  expect(await readsOf(ana)).toMatchObject([
    {
      at: '2026-03-02T09:00:00.000Z',
      screens: ['consents', 'orders', 'profile', 'timeline'],
      reader: { kind: 'staff' },
    },
  ])
  clock.set('2026-03-02T09:15:00Z')
  await curious(endpoints.getCustomer, { params })
  await administrator(endpoints.getCustomer, { params })
  await expect.poll(() => readsOf(ana).then((items) => items.length)).toBe(3)
  const [latest] = await readsOf(ana, { limit: 1 })
  expect(latest).toMatchObject({ at: '2026-03-02T09:15:00.000Z', screens: ['profile'] })
})

test('what was read of a merged customer was read of both, before and after it is taken back', async () => {
  clock.set('2026-03-02T10:00:00Z')
  await administrator(endpoints.mergeCustomers, { params: { customerId: bob }, body: { otherId: cleo } })
  await curious(endpoints.getCustomerProfile, { params: { customerId: cleo } })
  await expect.poll(() => readsOf(bob).then((items) => items.length)).toBe(1)
  expect(await readsOf(cleo)).toEqual(await readsOf(bob))
  const { items } = await administrator(endpoints.listCustomerReads, { query: { from: '2026-03-02T10:00:00Z' } })
  expect(items).toMatchObject([{ customerId: bob, screens: ['profile'] }])
  await administrator(endpoints.unmergeCustomer, { params: { customerId: cleo }, body: {} })
  expect(await readsOf(cleo)).toMatchObject([{ at: '2026-03-02T10:00:00.000Z' }])
  expect(await readsOf(bob)).toMatchObject([{ at: '2026-03-02T10:00:00.000Z' }])
})

test('administrators find by reader and day, page by page; others see a customer’s only', async () => {
  const all = (await administrator(endpoints.listCustomerReads, { query: { limit: 200 } })).items
  expect(all.length).toBeGreaterThanOrEqual(4)
  const paged: typeof all = []
  for (let cursor: string | undefined; ;) {
    const page = await administrator(endpoints.listCustomerReads, { query: { limit: 1, cursor } })
    paged.push(...page.items)
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  expect(paged).toEqual(all)
  const readerId = all[0]?.reader.id ?? ''
  const his = (await administrator(endpoints.listCustomerReads, { query: { readerId } })).items
  expect(his).toEqual(all.filter(({ reader }) => reader.id === readerId))
  expect(await refusal(curious(endpoints.listCustomerReads, { query: {} }))).toMatchObject([403, expect.any(String)])
  expect(
    await refusal(visitor(endpoints.listReadsOfCustomer, { params: { customerId: ana }, query: {} })),
  ).toMatchObject([401, expect.any(String)])
  for (const bad of [
    { cursor: 'x' },
    { limit: 0 },
    { from: 'hier' },
    { until: '0000-01-01T00:00:00Z' },
    { readerId: 'x'.repeat(101) },
  ])
    expect(await refusal(administrator(endpoints.listCustomerReads, { query: bad }))).toMatchObject([
      400,
      expect.any(String),
    ])
  expect(await refusal(readsOf('00000000-0000-7000-8000-000000000000'))).toEqual([404, 'customers.not_found'])
  expect(await refusal(readsOf(ana, { cursor: 'x' }))).toEqual([400, 'kernel.invalid_cursor'])
})

test('a log that cannot be written fails no reading, and is written when it can be again', async () => {
  clock.set('2026-03-02T11:00:00Z')
  const actor = actorOf(
    actAs({ kind: 'api_key', keyId: 'clef', name: 'Clé', permissions: new Set(['customers:read']) }),
  )
  const errors: string[] = []
  const log = { error: (_: unknown, words: string) => errors.push(words) } as unknown as Ctx['log']
  const as = { ...ctx, actor: actor ?? ctx.actor, log }
  await ctx.db.query('alter table customers.customer_read rename to customer_read_gone')
  expect(() => noteRead(as, ana, 'profile')).not.toThrow()
  await expect.poll(() => errors.length).toBe(1)
  // Bob, not Ana: what is noted of this one may be written before or after the log is there again.
  expect((await curious(endpoints.getCustomer, { params: { customerId: bob } })).id).toBe(bob)
  await ctx.db.query('alter table customers.customer_read_gone rename to customer_read')
  noteRead(as, ana, 'profile')
  await expect
    .poll(() => readsOf(ana).then((items) => items[0]?.reader))
    .toEqual({ id: 'clef', kind: 'api_key', name: 'Clé' })
})

test('it is kept for a year', async () => {
  clock.set('2027-03-02T10:30:00Z')
  await forgetReads.run(ctx, {})
  const left = await one<{ n: number }>(
    ctx.db,
    sql`select count(*)::int as n from customers.customer_read where quarter_at < '2026-03-02T10:30Z'`,
  )
  expect(left.n).toBe(0)
  expect(await readsOf(ana)).toHaveLength(1)
})
