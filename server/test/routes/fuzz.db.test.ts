import fc from 'fast-check'
import { permissions } from '@ecluse/contracts/permissions.ts'
import { expect, inject, test } from 'vitest'
import { createTestShop } from '../kit/shop.ts'
import { operationsOf, type JsonSchema, type Operation } from './operations.ts'

const { app, actAs, shop } = await createTestShop({ products: 3, unitsPerPlace: 5 })
const { operations, schemas } = await operationsOf(app.fastify)
const everything = actAs({
  kind: 'staff',
  accountId: '01900000-0000-7000-8000-00000000000a',
  email: 's@alize.example',
  name: 'S',
  role: 'administrator',
  permissions: new Set(permissions),
  siteIds: null,
})

/** Ids that exist make half of the fuzzing reach past the first look-up. */
const known = [...shop.variantIds, ...Object.values(shop.sites), ...Object.values(shop.places)]
const hostile = [
  "' or 1=1 --",
  '\u0000',
  '\ud800',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '𝕏'.repeat(50),
  '-0',
  '1e400',
  '',
]

function textOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.format === 'uuid') return fc.oneof(fc.constantFrom(...known), fc.uuid())
  if (schema.format === 'date-time')
    return fc
      .date({ noInvalidDate: true, min: new Date('1970-01-01'), max: new Date('2100-01-01') })
      .map((date) => date.toISOString())
  if (schema.format === 'email') return fc.emailAddress()
  const free = fc.oneof(
    fc.string({ maxLength: Math.min(schema.maxLength ?? 60, 300) }),
    fc.constantFrom(...hostile, 'web', 'shop-nantes', 'SKU-1', 'velos'),
  )
  if (schema.pattern === undefined) return free
  try {
    return fc.oneof(
      { weight: 4, arbitrary: fc.stringMatching(new RegExp(schema.pattern)) },
      { weight: 1, arbitrary: free },
    )
  } catch {
    return free
  }
}

/** Values of a schema, mostly right: wrong ones stop at the first validation, right ones go deep. */
function valueOf(schema: JsonSchema, depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref) return valueOf(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, depth)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => valueOf(choice, depth)))
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'object']
  return fc.oneof(...types.map((type) => valueOfType(type, schema, depth)))
}

function valueOfType(type: string, schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return textOf(schema)
    case 'integer':
    case 'number': {
      const least = Math.max(schema.minimum ?? -1_000, Number.MIN_SAFE_INTEGER)
      const most = Math.min(schema.maximum ?? 100_000, Number.MAX_SAFE_INTEGER)
      const range = { min: least, max: Math.max(least, Math.min(most, least + 20)) }
      return fc.oneof(
        type === 'integer' ? fc.integer(range) : fc.double({ ...range, noNaN: true }),
        fc.constantFrom(least, most, 0),
      )
    }
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(valueOf(schema.items ?? {}, depth + 1), { minLength: schema.minItems ?? 0, maxLength: 3 })
    default:
      return objectOf(schema, depth)
  }
}

function objectOf(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  if (depth > 6) return fc.constant({})
  const properties = Object.entries(schema.properties ?? {}).map(
    ([name, property]) => [name, valueOf(property, depth + 1)] as const,
  )
  return fc.record(Object.fromEntries(properties), { requiredKeys: schema.required ?? [] })
}

function requestOf(operation: Operation): fc.Arbitrary<{ url: string; body: unknown }> {
  const path = operation.parameters.filter((parameter) => parameter.in === 'path')
  const query = operation.parameters.filter((parameter) => parameter.in === 'query')
  return fc
    .record({
      path: fc.record(Object.fromEntries(path.map((parameter) => [parameter.name, valueOf(parameter.schema)]))),
      query: fc.record(Object.fromEntries(query.map((parameter) => [parameter.name, valueOf(parameter.schema)])), {
        requiredKeys: query.filter((parameter) => parameter.required).map((parameter) => parameter.name),
      }),
      body: operation.body
        ? fc.oneof(
            { weight: 5, arbitrary: valueOf(operation.body) },
            { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
          )
        : fc.constant(undefined),
    })
    .map(({ path: values, query: asked, body }) => {
      const address = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
        encode(String((values as Record<string, unknown>)[name])),
      )
      const search = Object.entries(asked as Record<string, unknown>).flatMap(([name, value]) =>
        [value].flat().map((one) => `${name}=${encode(String(one))}`),
      )
      return { url: `${address}?${search.join('&')}`, body }
    })
}

/** Half a surrogate pair has no UTF-8; a browser would send the replacement sign. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** What signs the fuzzer's own accounts out, makes an account a second of hashing each, or sets pages of paper, is tried fewer times. */
const slow = new Set(['register', 'createUser', 'changePassword', 'signIn', 'updateUser', 'getRegisterPdf'])

test.each(operations.map((operation) => [operation.id, operation] as const))(
  '%s answers anything with a success or a refusal',
  async (id, operation) => {
    await fc.assert(
      fc.asyncProperty(requestOf(operation), fc.boolean(), async ({ url, body }, signedIn) => {
        const answer = await app.fastify.inject({
          method: operation.method,
          url,
          headers: {
            ...(signedIn ? { 'x-test-actor': everything } : {}),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
        })
        expect([
          answer.statusCode < 500,
          `${operation.method} ${url}`,
          answer.statusCode < 500 ? '' : answer.body,
        ]).toEqual([true, `${operation.method} ${url}`, ''])
        if (answer.statusCode >= 400) expect(answer.headers['content-type']).toContain('application/problem+json')
      }),
      { numRuns: slow.has(id) ? 8 : 40, seed: inject('seed'), endOnFailure: true },
    )
  },
  60_000,
)
