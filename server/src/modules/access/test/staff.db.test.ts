import { expect, test } from 'vitest'
import { openDoor, password } from './door.ts'

const door = await openDoor()
const { app } = door
const { db } = door.services

const site = '0195c000-0000-7000-8000-000000000001'
await db.query(
  `insert into channels.site (id, code, kind, name, street, postal_code, locality, created_at)
   values ($1, 'nantes', 'shop', 'Nantes', 'rue Crébillon', '44000', 'Nantes', now())`,
  [site],
)
const chief = await door.hire({ email: 'chef@alize.example', role: 'administrator', name: 'Ève Chef' })
const asChief = await door.enter('chef@alize.example')

const call = (method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object, headers = asChief) =>
  app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
const sessionOf = async (headers: Record<string, string>) =>
  (await call('GET', '/session', undefined, headers)).json().session

test('an administrator adds people, who then do what their role allows, where they work', async () => {
  const person = { email: 'manon@alize.example', name: 'Manon', role: 'shop_manager', siteIds: [site], password }
  const made = await call('POST', '/users', person)
  expect(made.statusCode).toBe(201)
  expect(made.json()).toMatchObject({ role: 'shop_manager', siteIds: [site], active: true, lastSeenAt: null })
  const headers = await door.enter('manon@alize.example')
  expect(await sessionOf(headers)).toMatchObject({ role: 'shop_manager', siteIds: [site] })
  expect((await call('GET', '/users', undefined, headers)).json()).toMatchObject({ code: 'access.forbidden' })
  expect((await call('POST', '/users', person)).json().code).toBe('access.email_taken')
  const lost = { ...person, email: 'x@alize.example', siteIds: ['0195c000-0000-7000-8000-0000000000ff'] }
  expect((await call('POST', '/users', lost)).json().code).toBe('channels.site_not_found')
  expect((await call('GET', '/users?q=eve')).json().items.map((user: { name: string }) => user.name)).toEqual([
    'Ève Chef',
  ])
})

test('the same request again adds nobody, and the password’s fingerprint is keyed', async () => {
  const headers = { ...asChief, 'idempotency-key': 'ajout-de-noe' }
  const person = { email: 'noe@alize.example', name: 'Noé', role: 'clerk', siteIds: [site], password }
  const first = await call('POST', '/users', person, headers)
  const again = await call('POST', '/users', person, headers)
  expect([first.statusCode, again.statusCode]).toEqual([201, 201])
  expect(again.json()).toEqual(first.json())
  const other = await call('POST', '/users', { ...person, password: `${password}!` }, headers)
  expect(other.json().code).toBe('kernel.idempotency_key_reused')
})

test('whoever is kept to shops is kept to one at least', async () => {
  const person = { email: 'nulle-part@alize.example', name: 'Nulle Part', role: 'clerk', siteIds: [], password }
  const refused = await call('POST', '/users', person)
  expect(refused.statusCode).toBe(400)
  expect(refused.json()).toMatchObject({ code: 'kernel.invalid_input', issues: [{ path: 'body/siteIds' }] })
  const made = await call('POST', '/users', { ...person, siteIds: [site] })
  const changed = await call('PATCH', `/users/${made.json().id}`, { siteIds: [] })
  expect(changed.json()).toMatchObject({ code: 'kernel.invalid_input', issues: [{ path: 'body/siteIds' }] })
  expect((await call('PATCH', `/users/${made.json().id}`, { siteIds: null })).json().siteIds).toBeNull()
})

test('lists go on where the page before ended', async () => {
  for (let n = 0; n < 5; n++)
    await door.hire({ email: `page${n}@alize.example`, name: n < 3 ? 'Même Nom' : `Page ${n}` })
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: { email: string }[]; nextCursor: string | null } = (
      await call('GET', `/users?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
    ).json()
    seen.push(...page.items.map((user) => user.email))
    cursor = page.nextCursor
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.filter((email) => email.startsWith('page'))).toHaveLength(5)
  expect((await call('GET', '/users?cursor=abc')).json().code).toBe('kernel.invalid_cursor')
})

test('a change of role counts from the next request on', async () => {
  const id = await door.hire({ email: 'role@alize.example' })
  const headers = await door.enter('role@alize.example')
  expect((await call('GET', '/users', undefined, headers)).statusCode).toBe(403)
  expect((await call('PATCH', `/users/${id}`, { role: 'administrator' })).json().siteIds).toBeNull()
  expect((await call('GET', '/users', undefined, headers)).statusCode).toBe(200)
  await call('PATCH', `/users/${id}`, { role: 'clerk', siteIds: [site] })
  expect((await call('GET', '/users', undefined, headers)).statusCode).toBe(403)
  expect((await sessionOf(headers)).siteIds).toEqual([site])
})

test('deactivating ends the sessions at once here, and within seconds in other processes', async () => {
  const id = await door.hire({ email: 'parti@alize.example' })
  const headers = await door.enter('parti@alize.example')
  const other = await door.anotherProcess()
  const there = async () => (await other.inject({ method: 'GET', url: '/api/v1/session', headers })).json().session
  expect(await there()).not.toBeNull()
  expect(await sessionOf(headers)).not.toBeNull()
  await call('PATCH', `/users/${id}`, { active: false })
  expect(await sessionOf(headers)).toBeNull()
  door.clock.advance(5_000)
  expect(await there()).toBeNull()
  await expect(door.enter('parti@alize.example')).rejects.toThrow('401')
  await call('PATCH', `/users/${id}`, { active: true })
  expect(await sessionOf(headers)).toBeNull()
  await door.enter('parti@alize.example')
  await other.close()
})

test('another’s new password signs them out', async () => {
  const id = await door.hire({ email: 'oubli@alize.example' })
  const headers = await door.enter('oubli@alize.example')
  expect((await call('PATCH', `/users/${id}`, { password: 'celui-ci est neuf' })).statusCode).toBe(200)
  expect(await sessionOf(headers)).toBeNull()
  await door.enter('oubli@alize.example', 'celui-ci est neuf')
})

test('nobody takes their own rights away', async () => {
  for (const change of [{ role: 'clerk' }, { active: false }])
    expect((await call('PATCH', `/users/${chief}`, change)).json().code).toBe('access.own_account')
  expect((await call('PATCH', `/users/${chief}`, { name: 'Ève la Cheffe' })).statusCode).toBe(200)
  expect((await call('PATCH', '/users/personne', { name: 'x' })).json().code).toBe('access.user_not_found')
})

test('two administrators who depose each other at once leave one', async () => {
  await door.hire({ email: 'b@alize.example', role: 'administrator' })
  const asB = await door.enter('b@alize.example')
  const idOf = async (headers: Record<string, string>) => (await sessionOf(headers)).accountId
  await db.query(`update access.staff set role = 'clerk' where role = 'administrator' and account_id not in ($1, $2)`, [
    chief,
    await idOf(asB),
  ])
  for (let round = 0; round < 5; round++) {
    const [idChief, idB] = [await idOf(asChief), await idOf(asB)]
    const answers = await Promise.all([
      call('PATCH', `/users/${idB}`, { role: 'clerk' }, asChief),
      call('PATCH', `/users/${idChief}`, { role: 'clerk' }, asB),
    ])
    const left = await db.query(`select 1 from access.staff where role = 'administrator' and active`)
    expect(left.rowCount).toBe(1)
    expect(answers.map(({ statusCode }) => statusCode)).toContain(200)
    await db.query(`update access.staff set role = 'administrator' where account_id in ($1, $2)`, [idChief, idB])
    door.clock.advance(5_000)
  }
})
