import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Role } from '@ecluse/contracts/permissions.ts'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { clientOf } from '../../../../test/kit/shop.ts'
import { actorHeader, createTestShop } from '../../../../test/kit/shop.ts'
import { execute, inTransaction } from '../../../kernel/db.ts'
import { resolveParties } from '../../customers/public.ts'
import { assignAdvisers } from '../advisers/assign-advisers.ts'

const { app, clock, ctx, shop, visitor, asStaff, actAs, settle } = await createTestShop({
  products: 1,
  unitsPerPlace: 1,
})
const { db } = ctx
const { nantes = '', lyon = '' } = shop.sites
const boss = asStaff()
const manager = asStaff(['customers:read'])
await execute(
  db,
  sql`update channels.site set latitude = 47.22, longitude = -1.55, phone = '+33240000000' where id = ${nantes}`,
)
await execute(db, sql`update channels.site set latitude = 45.76, longitude = 4.83 where id = ${lyon}`)

async function hire(name: string, siteId: string, role: Role = 'shop_manager'): Promise<string> {
  const id = ctx.ids.next()
  const email = `${name.toLowerCase()}@conseil.fr`
  await execute(
    db,
    sql`insert into access.account (id, email, name, created_at, updated_at) values (${id}, ${email}, ${name}, now(), now())`,
  )
  await execute(
    db,
    sql`insert into access.staff (account_id, role, every_site, created_at) values (${id}, ${role}, false, now())`,
  )
  await execute(db, sql`insert into access.staff_site (account_id, site_id) values (${id}, ${siteId})`)
  return id
}
async function customer(
  name: string,
  postalCode: string,
  locale: 'fr' | 'en' = 'fr',
  account: string | null = ctx.ids.next(),
): Promise<string> {
  clock.advance(1_000)
  const address = { name, street: '1 rue du Port', postalCode, locality: 'Ville', country: 'FR' as const }
  const input = { name, email: `${name}@conseil.fr`, accountId: account, address, locale, source: 'test' }
  const [party] = await inTransaction(db, (tx) => resolveParties(ctx, tx, [input]))
  return party?.partyId ?? ''
}
const settings = { languages: ['fr' as const], categoryCodes: [], mostCustomers: 10, active: true }
const put = (accountId: string, changes: object = {}) =>
  boss(endpoints.putAdviser, { params: { accountId }, body: { ...settings, ...changes } })
const adviserOf = (customerId: string) => manager(endpoints.getCustomerAdviser, { params: { customerId } })
const give = (customerId: string, accountId: string | null) =>
  boss(endpoints.setCustomerAdviser, { params: { customerId }, body: { accountId } })
const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 200,
    (error: unknown) => (error instanceof ApiError ? [error.problem.status, error.problem.code] : error),
  )

const [yann, ines] = [await hire('Yann', nantes), await hire('Ines', lyon)]
await put(yann, { mostCustomers: 2 })
await put(ines, { languages: ['fr', 'en'] })
const account = ctx.ids.next()
const west = await customer('ouest', '44000', 'fr', account)
const east = await customer('est', '69000')
const english = await customer('anglais', '44000', 'en')
const guest = await customer('passante', '44000', 'fr', null)

test('each customer of the web is given to the nearest who speaks their language and has room, with the reason', async () => {
  expect(await assignAdvisers(ctx)).toBe(3)
  expect(await adviserOf(west)).toMatchObject({
    adviser: { accountId: yann, name: 'Yann' },
    reason: { speaks: true, language: 'fr', customers: 0, among: 2, km: expect.any(Number) },
    actor: null,
  })
  expect((await adviserOf(east)).adviser?.accountId).toBe(ines)
  expect((await adviserOf(english)).adviser?.accountId).toBe(ines)
  expect(await adviserOf(guest)).toMatchObject({ adviser: null, reason: null })
  const more = [await customer('ouest2', '44000'), await customer('ouest3', '44000')]
  // Two jobs at once give each customer once, and nobody more than they take.
  await Promise.all([assignAdvisers(ctx), assignAdvisers(ctx)])
  expect((await adviserOf(more[0] ?? '')).adviser?.accountId).toBe(yann)
  expect((await adviserOf(more[1] ?? '')).adviser?.accountId).toBe(ines)
  const { items } = await manager(endpoints.listAdvisers, {})
  expect(items.map(({ name, customers }) => [name, customers])).toEqual([
    ['Ines', 3],
    ['Yann', 2],
  ])
})

test('the customer sees who it is, and the adviser their customers', async () => {
  const key = actAs({ kind: 'account', accountId: account, email: 'ouest@conseil.fr', name: 'Ouest' })
  const mine = clientOf(app, { [actorHeader]: key })
  expect((await mine(endpoints.getMyAdviser, {})).adviser).toEqual({
    name: 'Yann',
    siteName: expect.any(String),
    phone: '+33240000000',
  })
  const stranger = actAs({ kind: 'account', accountId: ctx.ids.next(), email: 'x@conseil.fr', name: 'X' })
  expect(await clientOf(app, { [actorHeader]: stranger })(endpoints.getMyAdviser, {})).toEqual({ adviser: null })
  const { items } = await manager(endpoints.listAdvisedCustomers, { params: { accountId: yann }, query: {} })
  expect(items.map(({ name }) => name)).toEqual(['ouest2', 'ouest'])
})

test('given by hand, to somebody or nobody, it stays so; a merge keeps the latest, taken back each has their own', async () => {
  await give(west, null)
  await assignAdvisers(ctx)
  expect(await adviserOf(west)).toMatchObject({ adviser: null, actor: expect.any(String) })
  clock.advance(60_000)
  await give(west, yann)
  expect((await adviserOf(west)).adviser?.accountId).toBe(yann)
  await boss(endpoints.mergeCustomers, { params: { customerId: east }, body: { otherId: west } })
  expect((await adviserOf(east)).adviser?.accountId).toBe(yann)
  const advised = await manager(endpoints.listAdvisedCustomers, { params: { accountId: ines }, query: {} })
  expect(advised.items.map(({ customerId }) => customerId)).not.toContain(east)
  await boss(endpoints.unmergeCustomer, { params: { customerId: west }, body: {} })
  expect((await adviserOf(east)).adviser?.accountId).toBe(ines)
  expect((await adviserOf(west)).adviser?.accountId).toBe(yann)
})

test('who leaves looks after nobody at once, and theirs are given to others', async () => {
  await boss(endpoints.updateUser, { params: { userId: yann }, body: { active: false } })
  expect((await adviserOf(west)).adviser).toBeNull()
  await settle()
  const { rows } = await db.query(
    `select 1 from graphile_worker.jobs where task_identifier = 'service.assign-advisers'`,
  )
  expect(rows).toHaveLength(1)
  expect(await assignAdvisers(ctx)).toBe(2)
  expect((await adviserOf(west)).adviser?.accountId).toBe(ines)
})

test('what is asked wrongly is refused', async () => {
  const unknown = '00000000-0000-7000-8000-000000000000'
  const clerk = await hire('Tom', nantes, 'clerk')
  expect(await refusal(put(unknown))).toEqual([404, 'service.adviser_not_found'])
  expect(await refusal(put(yann))).toEqual([404, 'service.adviser_not_found'])
  expect(await refusal(put(clerk))).toEqual([422, 'service.adviser_reads_none'])
  expect(await refusal(give(unknown, null))).toEqual([404, 'customers.not_found'])
  expect(await refusal(adviserOf(unknown))).toEqual([404, 'customers.not_found'])
  expect(await refusal(give(west, clerk))).toEqual([404, 'service.adviser_not_found'])
  for (const bad of [
    { languages: [] },
    { languages: ['de'] },
    { mostCustomers: 0 },
    { categoryCodes: ['Ça'] },
    { more: 1 },
  ])
    expect(await refusal(put(ines, bad))).toMatchObject([400, expect.any(String)])
  expect(
    await refusal(manager(endpoints.setCustomerAdviser, { params: { customerId: west }, body: { accountId: null } })),
  ).toMatchObject([403, expect.any(String)])
  expect(await refusal(visitor(endpoints.getMyAdviser, {}))).toMatchObject([401, expect.any(String)])
  expect(await refusal(visitor(endpoints.listAdvisers, {}))).toMatchObject([401, expect.any(String)])
})
