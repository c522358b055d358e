import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { query } from '../../../kernel/db.ts'
import { openDoor, password, sessionHeaders } from './door.ts'

const door = await openDoor()
const { app, clock } = door
const { db } = door.services

const post = (url: string, payload: object, headers: Record<string, string> = {}, remoteAddress = '192.0.2.1') =>
  app.inject({ method: 'POST', url: `/api/v1${url}`, payload, headers, remoteAddress })
const session = (headers: Record<string, string>) => app.inject({ method: 'GET', url: '/api/v1/session', headers })

test('a customer registers, is signed in, signs out, and signs in again in other letters', async () => {
  const payload = { email: 'Lea@Exemple.fr', password, name: 'Léa Martin' }
  const registered = await post('/accounts', payload, { 'accept-language': 'en' })
  expect(registered.statusCode).toBe(201)
  expect(registered.json().session).toMatchObject({
    email: 'lea@exemple.fr',
    role: null,
    permissions: [],
    locale: 'en',
  })
  const [cookie] = registered.cookies
  expect(cookie).toMatchObject({ name: 'ecluse.session_token', httpOnly: true, sameSite: 'Lax', path: '/' })

  const headers = sessionHeaders(registered.cookies)
  expect((await session(headers)).json().session.name).toBe('Léa Martin')
  const out = await app.inject({ method: 'DELETE', url: '/api/v1/session', headers })
  expect(out.statusCode).toBe(204)
  expect(out.cookies.find(({ name }) => name === cookie?.name)?.value).toBe('')
  expect((await session(headers)).json()).toEqual({ session: null })
  expect((await session(await door.enter('LEA@exemple.fr'))).json().session.email).toBe('lea@exemple.fr')
})

test('an address opens one account, also when two ask at once', async () => {
  const payload = { email: 'deux@exemple.fr', password, name: 'Deux' }
  const answers = await Promise.all([1, 2, 3].map(() => post('/accounts', payload)))
  expect(answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([201, 409, 409])
  expect(answers.find(({ statusCode }) => statusCode === 409)?.json().code).toBe('access.email_taken')
  expect(await query(db, sql`select 1 from access.account where email = 'deux@exemple.fr'`)).toHaveLength(1)
})

test('a wrong password, an unknown address and a deactivated person get the same answer', async () => {
  await door.hire({ email: 'ici@alize.example' })
  const gone = await door.hire({ email: 'parti@alize.example' })
  await db.query('update access.staff set active = false where account_id = $1', [gone])
  const answers = await Promise.all([
    post('/session', { email: 'ici@alize.example', password: 'pas le bon' }),
    post('/session', { email: 'personne@alize.example', password: 'pas le bon' }),
    post('/session', { email: 'parti@alize.example', password }),
  ])
  const seen = answers.map(({ statusCode, json }) => ({ statusCode, ...json(), traceId: null }))
  expect(seen[0]).toMatchObject({ statusCode: 401, code: 'access.wrong_credentials' })
  expect(seen[1]).toEqual(seen[0])
  expect(seen[2]).toEqual(seen[0])
  expect(answers.flatMap(({ cookies }) => cookies)).toEqual([])
})

test('an unknown address costs the same work as a wrong password', async () => {
  await door.hire({ email: 'temps@alize.example' })
  const timed = async (email: string, n: number) => {
    const startedAt = performance.now()
    await post('/session', { email, password: 'pas le bon' }, {}, `198.51.100.${n}`)
    return performance.now() - startedAt
  }
  const known: number[] = []
  const unknown: number[] = []
  for (let n = 0; n < 7; n++) {
    known.push(await timed('temps@alize.example', n))
    unknown.push(await timed(`personne${n}@alize.example`, n))
  }
  const median = (times: number[]) => times.sort((a, b) => a - b)[3] ?? 0
  // Without the work the answer would come some ten times sooner; the margin is for a busy machine.
  expect(median(unknown)).toBeGreaterThan(median(known) / 3)
})

test('guessing is slowed per address and network, in parallel too, and a right password is not punished', async () => {
  await door.hire({ email: 'cible@alize.example' })
  const guess = (ip = '203.0.113.7') =>
    post('/session', { email: 'cible@alize.example', password: 'au hasard' }, {}, ip)
  const answers = await Promise.all(Array.from({ length: 14 }, () => guess()))
  expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(10)
  const refused = answers.find(({ statusCode }) => statusCode === 429)
  expect(refused?.json().code).toBe('kernel.too_many_requests')
  expect(Number(refused?.headers['retry-after'])).toBe(900)
  const right = { email: 'cible@alize.example', password }
  expect((await post('/session', right, {}, '203.0.113.7')).statusCode).toBe(429)
  expect((await post('/session', right, {}, '203.0.113.8')).statusCode).toBe(200)
  clock.advance(15 * 60_000)
  expect((await post('/session', right, {}, '203.0.113.7')).statusCode).toBe(200)
  for (let n = 0; n < 12; n++) expect((await post('/session', right, {}, '203.0.113.7')).statusCode).toBe(200)
})

test('a network that tries many addresses is refused as a whole; an IPv6 household is one network', async () => {
  const tries = Array.from({ length: 104 }, (_, n) =>
    post('/session', { email: `liste${n}@exemple.fr`, password: 'x' }, {}, `2001:db8:1:2::${n.toString(16)}`),
  )
  const codes = (await Promise.all(tries)).map(({ statusCode }) => statusCode)
  expect(codes.filter((code) => code === 401)).toHaveLength(100)
  expect(codes.filter((code) => code === 429)).toHaveLength(4)
  const neighbour = await post('/session', { email: 'liste@exemple.fr', password: 'x' }, {}, '2001:db8:1:3::1')
  expect(neighbour.statusCode).toBe(401)
})

test('a new password ends every other session, and asks for the current one', async () => {
  await door.hire({ email: 'change@alize.example' })
  const here = await door.enter('change@alize.example')
  const elsewhere = await door.enter('change@alize.example')
  expect((await session(elsewhere)).json().session).not.toBeNull()
  const put = (payload: object) =>
    app.inject({ method: 'PUT', url: '/api/v1/account/password', payload, headers: here })
  expect((await put({ currentPassword: 'pas le bon', newPassword: 'un autre mot de passe' })).statusCode).toBe(401)
  const changed = await put({ currentPassword: password, newPassword: 'un autre mot de passe' })
  expect(changed.statusCode).toBe(204)
  expect((await session(elsewhere)).json()).toEqual({ session: null })
  expect((await session(sessionHeaders(changed.cookies))).json().session.email).toBe('change@alize.example')
  await expect(door.enter('change@alize.example')).rejects.toThrow('401')
  await door.enter('change@alize.example', 'un autre mot de passe')
})

test('a page elsewhere can neither use a session nor make one', async () => {
  await door.hire({ email: 'origine@alize.example' })
  const { cookie = '' } = await door.enter('origine@alize.example')
  const signOut = (headers: Record<string, string>) =>
    app.inject({ method: 'DELETE', url: '/api/v1/session', headers: { cookie, ...headers } })
  const foreignWays: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://ailleurs.example' },
    { 'sec-fetch-site': 'same-site', origin: 'https://autre.alize.example' },
    { origin: 'https://ailleurs.example' },
    { origin: 'null' },
    {},
  ]
  for (const headers of foreignWays) expect((await signOut(headers)).json().code).toBe('kernel.foreign_origin')
  const foreign = { origin: 'https://ailleurs.example' }
  const forced = await post('/session', { email: 'origine@alize.example', password }, foreign)
  expect(forced.json().code).toBe('kernel.foreign_origin')
  expect((await signOut({ origin: 'http://localhost:3999', host: 'localhost:3999' })).statusCode).toBe(204)
})

test('a cookie that was tampered with is nobody’s', async () => {
  await door.hire({ email: 'signe@alize.example' })
  const { cookie = '' } = await door.enter('signe@alize.example')
  const forged = cookie.replace(/=(.)/, (_, first) => (first === 'a' ? '=b' : '=a'))
  expect((await session({ cookie: forged })).json()).toEqual({ session: null })
  expect((await session({ cookie: 'ecluse.session_token=' })).json()).toEqual({ session: null })
})

test('the database holds no password, and nothing of where anyone signed in', async () => {
  const rows = await query<{ password_hash: string }>(db, sql`select password_hash from access.credential`)
  for (const { password_hash } of rows) expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  const columns = await query<{ name: string }>(
    db,
    sql`select column_name as name from information_schema.columns where table_schema = 'access'`,
  )
  expect(columns.filter(({ name }) => /ip|agent/.test(name))).toEqual([])
})
