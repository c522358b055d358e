import { expect, test } from 'vitest'
import { openDoor } from './door.ts'

const door = await openDoor()
const { app, clock } = door
const { db } = door.services
await door.hire({ email: 'chef@alize.example', role: 'administrator' })
const asChief = await door.enter('chef@alize.example')

const call = (method: 'GET' | 'POST' | 'DELETE', url: string, headers: Record<string, string>, payload?: object) =>
  app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })
const ask = { name: 'Entrepôt', scopes: ['users:manage', 'users:manage'], expiresAt: null }

test('a key does what its scopes say, is shown once, and is stored as a hash', async () => {
  const made = await call('POST', '/api-keys', asChief, ask)
  expect(made.statusCode).toBe(201)
  const { key, secret } = made.json()
  expect(secret).toMatch(/^ecl_[\w-]{44}$/)
  expect(key).toMatchObject({ prefix: secret.slice(0, 10), scopes: ['users:manage'], lastUsedAt: null })
  expect((await call('GET', '/users', bearer(secret))).statusCode).toBe(200)
  expect((await call('GET', '/api-keys', bearer(secret))).json().code).toBe('access.forbidden')
  expect((await call('GET', '/session', bearer(secret))).json()).toEqual({ session: null })
  const listed = (await call('GET', '/api-keys', asChief)).body
  expect(listed).not.toContain(secret)
  const dump = await db.query(`select row_to_json(k)::text as text from access.api_key k
    union all select row_to_json(i)::text from kernel.idempotency_key i`)
  expect(dump.rows.map(({ text }) => text).join()).not.toContain(secret)
})

test('the same request again shows the same secret, which is stored nowhere', async () => {
  const headers = { ...asChief, 'idempotency-key': 'cle-de-caisse-1' }
  const first = await call('POST', '/api-keys', headers, ask)
  const again = await call('POST', '/api-keys', headers, ask)
  expect(again.json()).toEqual(first.json())
  expect(again.headers['idempotency-replayed']).toBe('true')
  const dump = await db.query(`select row_to_json(i)::text as text from kernel.idempotency_key i`)
  expect(dump.rows.map(({ text }) => text).join()).not.toContain(first.json().secret)
  const other = await call('POST', '/api-keys', headers, { ...ask, name: 'Autre' })
  expect(other.json().code).toBe('kernel.idempotency_key_reused')
})

test('a revoked, an expired and an unknown key open nothing, not even what is public', async () => {
  const revoked = (await call('POST', '/api-keys', asChief, ask)).json()
  expect((await call('GET', '/users', bearer(revoked.secret))).statusCode).toBe(200)
  const first = await call('DELETE', `/api-keys/${revoked.key.id}`, asChief)
  clock.advance(1_000)
  expect((await call('DELETE', `/api-keys/${revoked.key.id}`, asChief)).json()).toEqual(first.json())
  const soon = new Date(clock.now().getTime() + 2_000).toISOString()
  const short = (await call('POST', '/api-keys', asChief, { ...ask, expiresAt: soon })).json()
  expect((await call('GET', '/users', bearer(short.secret))).statusCode).toBe(200)
  clock.advance(2_000)
  for (const secret of [revoked.secret, short.secret, `ecl_${'A'.repeat(43)}`, 'deux mots', ''])
    for (const url of ['/users', '/session']) {
      const answer = await call('GET', url, bearer(secret))
      expect(answer.json().code).toBe('access.not_signed_in')
    }
  const nobody = await call('DELETE', '/api-keys/0195c000-0000-7000-8000-0000000000ff', asChief)
  expect(nobody.json().code).toBe('access.key_not_found')
})

test('a key gives no more rights than its maker has', async () => {
  const { secret } = (
    await call('POST', '/api-keys', asChief, { ...ask, scopes: ['keys:manage', 'stock:read'] })
  ).json()
  const wider = await call('POST', '/api-keys', bearer(secret), { ...ask, scopes: ['orders:write'] })
  expect(wider.json()).toMatchObject({ code: 'access.forbidden', details: { permission: 'orders:write' } })
  expect((await call('POST', '/api-keys', bearer(secret), { ...ask, scopes: ['stock:read'] })).statusCode).toBe(201)
  const manager = (await call('POST', '/api-keys', asChief, ask)).json().secret
  const person = { email: 'n@alize.example', name: 'N', role: 'clerk', siteIds: null, password: 'assez long pour cela' }
  expect((await call('POST', '/users', bearer(manager), person)).json().code).toBe('access.forbidden')
})

test('its use is noted, at most once a minute', async () => {
  const { key, secret } = (await call('POST', '/api-keys', asChief, ask)).json()
  const lastUse = async () => {
    await call('GET', '/users', bearer(secret))
    const { items } = (await call('GET', '/api-keys', asChief)).json()
    return items.find(({ id }: { id: string }) => id === key.id).lastUsedAt
  }
  const first = await lastUse()
  expect(first).toBe(clock.now().toISOString())
  clock.advance(30_000)
  expect(await lastUse()).toBe(first)
  clock.advance(31_000)
  expect(await lastUse()).toBe(clock.now().toISOString())
})

test('who brings nothing costs the database nothing', async () => {
  const statements: unknown[] = []
  const query = db.query.bind(db)
  db.query = ((...args: unknown[]) => {
    statements.push(args[0])
    return (query as (...all: unknown[]) => unknown)(...args)
  }) as typeof db.query
  try {
    expect((await call('GET', '/session', {})).json()).toEqual({ session: null })
    expect(statements).toEqual([])
    await call('GET', '/session', { cookie: asChief['cookie'] ?? '' })
    expect(statements.length).toBeGreaterThan(0)
  } finally {
    db.query = query
  }
})
