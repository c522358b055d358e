import fastify, { type FastifyInstance } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { systemContext, type Actor } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { registerProblems } from '../../../kernel/http/problems.ts'
import { responseSerializer } from '../../../kernel/http/serialize.ts'
import { resolveParties } from '../resolve-parties.ts'
import { customerRoutes } from '../routes.ts'

const { db } = await createTestDatabase()
const services = createTestServices(db)
const ctx = systemContext(services, 'test')
const reader: Actor = { kind: 'api_key', keyId: 'k', name: 'lecteur', permissions: new Set(['customers:read']) }
let actor: Actor = reader

const app = fastify() as unknown as FastifyInstance
app.setValidatorCompiler(validatorCompiler)
app.setSerializerCompiler(responseSerializer('test'))
app.decorateRequest('actor')
registerProblems(app)
app.addHook('onRequest', async (request) => {
  request.actor = actor
})
customerRoutes(app, services)

const people = [
  ['Élodie Noël', 'elodie@exemple.fr', '06 12 34 56 78'],
  ['Noé Dupont-Élan', 'noe@exemple.fr', '02 40 11 22 33'],
  ['100 % Vélo SARL', 'contact@velo.example', '+32 2 555 12 12'],
  ['Émile', 'emile@exemple.fr', null],
] as const
await inTransaction(db, (tx) =>
  resolveParties(
    ctx,
    tx,
    people.map(([name, email, phone]) => ({ name, email, phone, locale: 'fr' as const, source: 'test' })),
  ),
)

const get = (url: string) => app.inject({ method: 'GET', url: `/api/v1${url}` })
const found = async (q: string) =>
  (await get(`/customers?q=${encodeURIComponent(q)}`)).json().items.map((one: { name: string }) => one.name)

test('finds by name without accents, by e-mail, by telephone as people write it', async () => {
  expect(await found('elodie')).toEqual(['Élodie Noël'])
  expect(await found('NOÉ élan')).toEqual(['Noé Dupont-Élan'])
  expect(await found('emile@')).toEqual(['Émile'])
  expect(await found('06 12 34')).toEqual(['Élodie Noël'])
  expect(await found('0240112233')).toEqual(['Noé Dupont-Élan'])
  expect(await found('+32 2 555')).toEqual(['100 % Vélo SARL'])
  expect(await found('100 %')).toEqual(['100 % Vélo SARL'])
  expect(await found('nul')).toEqual([])
  expect(await found('_')).toEqual([])
})

test('pages by name, each customer once', async () => {
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: { name: string }[]; nextCursor: string | null } = (
      await get(`/customers?limit=1${cursor ? `&cursor=${cursor}` : ''}`)
    ).json()
    seen.push(...page.items.map(({ name }) => name))
    cursor = page.nextCursor
  }
  expect(seen).toEqual(['100 % Vélo SARL', 'Élodie Noël', 'Émile', 'Noé Dupont-Élan'])
})

test('shows one, and only to who may read customers', async () => {
  const [first] = (await get('/customers')).json().items
  expect((await get(`/customers/${first.id}`)).json()).toEqual(first)
  expect((await get(`/customers/${services.ids.next()}`)).json().code).toBe('customers.not_found')
  actor = { kind: 'anonymous' }
  expect((await get('/customers')).json().code).toBe('access.not_signed_in')
  actor = { ...reader, permissions: new Set(['orders:read']) }
  expect((await get(`/customers/${first.id}`)).json().code).toBe('access.forbidden')
})
