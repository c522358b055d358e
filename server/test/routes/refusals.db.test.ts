import type { Problem } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { permissions, permissionsOfRole, roles, type Permission } from '@ecluse/contracts/permissions.ts'
import { describe, expect, test } from 'vitest'
import { createTestShop } from '../kit/shop.ts'
import { addressOf, operationsOf, type Operation } from './operations.ts'

const { app, actAs, shop } = await createTestShop({ products: 2, unitsPerPlace: 5 })
const { operations } = await operationsOf(app.fastify)

async function ask(
  operation: Operation,
  actor: string | undefined,
  changes: { url?: string; payload?: string; type?: string } = {},
) {
  const hasBody = operation.method !== 'GET' && operation.method !== 'DELETE'
  const answer = await app.fastify.inject({
    method: operation.method,
    url: changes.url ?? addressOf(operation),
    headers: {
      ...(actor === undefined ? {} : { 'x-test-actor': actor }),
      ...(hasBody || changes.payload ? { 'content-type': changes.type ?? 'application/json' } : {}),
    },
    ...(hasBody || changes.payload ? { payload: changes.payload ?? '{}' } : {}),
  })
  return { status: answer.statusCode, problem: answer.statusCode >= 400 ? answer.json<Problem>() : undefined }
}

const guarded = operations.filter((operation) => operation.access !== 'public')
const withPermission = guarded.filter((operation) => operation.access !== 'account' && operation.access !== 'company')
const withBody = operations.filter((operation) => operation.body !== undefined)

test('the document tells of every endpoint of the contract, and of no other', () => {
  expect(operations.map((operation) => operation.id).sort()).toEqual(Object.keys(endpoints).sort())
  for (const operation of operations)
    expect(['public', 'account', 'company', ...permissions]).toContain(operation.access)
})

describe('without an account', () => {
  test.each(guarded.map((operation) => [operation.id, operation] as const))('%s refuses', async (_, operation) => {
    const { status, problem } = await ask(operation, undefined)
    expect([status, problem?.code]).toEqual([401, 'access.not_signed_in'])
  })
})

describe('with a customer’s account', () => {
  const customer = actAs({
    kind: 'account',
    accountId: '01900000-0000-7000-8000-00000000000b',
    email: 'c@exemple.fr',
    name: 'C',
  })
  test.each(withPermission.map((operation) => [operation.id, operation] as const))(
    '%s refuses',
    async (_, operation) => {
      const { status, problem } = await ask(operation, customer)
      expect([status, problem?.code]).toEqual([403, 'access.forbidden'])
    },
  )
})

describe('with every right but the one asked', () => {
  test.each(withPermission.map((operation) => [operation.id, operation] as const))(
    '%s refuses',
    async (_, operation) => {
      const rights = permissions.filter((permission) => permission !== operation.access)
      const { status, problem } = await ask(operation, actAs(staffWith(rights)))
      expect([status, problem?.code]).toEqual([403, 'access.forbidden'])
      const key = actAs({ kind: 'api_key', keyId: 'k', name: 'k', permissions: new Set(rights) })
      expect((await ask(operation, key)).problem?.code).toBe('access.forbidden')
    },
  )
})

describe('with the wrong role', () => {
  const cases = roles.flatMap((role) =>
    withPermission
      .filter((operation) => !permissionsOfRole[role].includes(operation.access as Permission))
      .map((operation) => [role, operation.id, operation] as const),
  )
  test.each(cases)('%s: %s refuses', async (role, _, operation) => {
    const { status } = await ask(operation, actAs(staffWith(permissionsOfRole[role])))
    expect(status).toBe(403)
  })
})

describe('malformed input', () => {
  const all = actAs(staffWith(permissions))
  test('half a surrogate pair is refused, where a schema lets it through and PostgreSQL does not; a whole one is a sign like others', async () => {
    const operation = withBody.find(({ id }) => id === 'putService')
    if (!operation) throw new Error('services are put')
    const service = (name: string) =>
      JSON.stringify({
        name: { fr: name, en: name },
        description: { fr: '', en: '' },
        durationMinutes: 30,
        bufferMinutes: 0,
        stepMinutes: 15,
        starts: null,
        leadMinutes: 0,
        horizonDays: 15,
        mostSeats: 1,
        active: false,
        together: false,
        productIds: [],
      })
    for (const half of ['\ud83d', 'a\udeb2', '\\\\\ud83d'])
      expect((await ask(operation, all, { payload: service(half) })).problem?.code).toBe('kernel.invalid_input')
    expect((await ask(operation, all, { payload: service('🚲 \\ud83d') })).status).toBe(200)
  })
  test.each(withBody.map((operation) => [operation.id, operation] as const))(
    '%s refuses what is no JSON, no object, or too much',
    async (_, operation) => {
      for (const payload of [
        '{',
        '[]',
        '"text"',
        'null',
        '{"__proto__": {"a": 1}}',
        JSON.stringify({ unheardOf: true }),
      ]) {
        const { status, problem } = await ask(operation, all, { payload })
        expect([payload, status, problem?.code]).toEqual([payload, 400, 'kernel.invalid_input'])
      }
      expect((await ask(operation, all, { payload: '<a/>', type: 'application/xml' })).status).toBe(415)
    },
  )
  test.each(withBody.map((operation) => [operation.id, operation] as const))(
    '%s refuses what is oversized',
    async (_, operation) => {
      const { status, problem } = await ask(operation, all, {
        payload: JSON.stringify({ filler: 'x'.repeat(2_100_000) }),
      })
      expect([status, problem?.code]).toEqual([413, 'kernel.too_large'])
    },
  )
  const withId = operations.filter((operation) =>
    operation.parameters.some((parameter) => parameter.in === 'path' && parameter.schema.format === 'uuid'),
  )
  test.each(withId.map((operation) => [operation.id, operation] as const))(
    '%s refuses an id that is none',
    async (_, operation) => {
      const { status } = await ask(operation, all, { url: addressOf(operation, () => "1' or '1'='1") })
      expect(status).toBe(400)
    },
  )
})

describe('in the wrong shop', () => {
  const nantes = shop.sites['nantes'] ?? ''
  const lyon = { siteId: shop.sites['lyon'] ?? '', placeId: shop.places['lyon'] ?? '' }
  const inNantes = actAs({ ...staffWith(permissions), siteIds: new Set([nantes]) })
  const variantId = shop.variantIds[0] ?? ''
  const order = '01900000-0000-7000-8000-000000000000'
  const line = { lineId: order, quantity: 1, reason: 'other', disposition: 'restock' }
  const acts: [keyof typeof endpoints, string, string, object | undefined][] = [
    [
      'recordMovement',
      'POST',
      '/stock-movements',
      { kind: 'receipt', variantId, placeId: lyon.placeId, quantity: 1, reason: null },
    ],
    ['createReturn', 'POST', `/orders/${order}/returns`, { siteId: lyon.siteId, lines: [line] }],
    ['getToday', 'GET', `/today?siteId=${lyon.siteId}`, undefined],
    [
      'placeOrder',
      'POST',
      '/orders',
      {
        channel: 'shop-lyon',
        lines: [{ variantId, quantity: 1 }],
        delivery: { method: 'carry_out', siteId: lyon.siteId },
        payments: [{ method: 'cash', amountMinor: 1_000 }],
      },
    ],
  ]
  test.each(acts)('%s refuses', async (_, method, path, body) => {
    const answer = await app.fastify.inject({
      method: method as 'GET',
      url: `/api/v1${path}`,
      headers: { 'x-test-actor': inNantes },
      ...(body ? { payload: body } : {}),
    })
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([403, 'access.wrong_site'])
  })
  test('lists show one’s own shop only', async () => {
    for (const path of ['/stock?limit=200', '/stock-movements?limit=200']) {
      const { items } = (
        await app.fastify.inject({ url: `/api/v1${path}`, headers: { 'x-test-actor': inNantes } })
      ).json<{ items: { placeId: string }[] }>()
      expect(items.length).toBeGreaterThan(0)
      expect(new Set(items.map((item) => item.placeId))).toEqual(new Set([shop.places['nantes']]))
    }
  })
})

function staffWith(rights: readonly Permission[]) {
  return {
    kind: 'staff' as const,
    accountId: '01900000-0000-7000-8000-00000000000a',
    email: 's@alize.example',
    name: 'S',
    role: 'clerk' as const,
    permissions: new Set(rights),
    siteIds: null,
  }
}
