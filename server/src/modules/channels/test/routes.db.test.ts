import fastify from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { systemContext } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { registerProblems } from '../../../kernel/http/problems.ts'
import { responseSerializer } from '../../../kernel/http/serialize.ts'
import { eventsOf } from '../../../kernel/outbox.ts'
import { putChannel, putSite, siteById, type ChannelInput, type SiteInput } from '../public.ts'
import { channelRoutes } from '../routes.ts'

const { db } = await createTestDatabase()
const services = createTestServices(db)
const ctx = systemContext(services, 'test')
const app = fastify()
app.setValidatorCompiler(validatorCompiler)
app.setSerializerCompiler(responseSerializer('test'))
app.decorateRequest('actor')
app.addHook('onRequest', async (request) => {
  request.actor = { kind: 'anonymous' }
})
registerProblems(app)
channelRoutes(app, services)
afterAll(() => app.close())

const nantes: SiteInput = {
  code: 'nantes',
  kind: 'shop',
  name: 'Alizé Nantes',
  street: '3 quai de la Fosse',
  postalCode: '44000',
  locality: 'Nantes',
  country: 'FR',
  latitude: 47.21,
  longitude: -1.56,
  phone: null,
  timeZone: 'Europe/Paris',
  openingHours: [
    { weekday: 2, opens: '14:00', closes: '19:00' },
    { weekday: 2, opens: '10:00', closes: '12:30' },
  ],
  offersPickup: true,
  pickupReadyMinutes: 120,
}
const web: ChannelInput = {
  code: 'web',
  medium: 'web',
  name: { fr: 'Site', en: 'Site' },
  circuit: 'direct',
  siteIds: [],
  sells: true,
  costs: { perOrderMinor: 120, commissionBasisPoints: 250 },
}
const put = <T>(work: Parameters<typeof inTransaction<T>>[1]) => inTransaction(db, work)

test('sites and channels are written by code; the same again tells nobody', async () => {
  const site = await put((tx) => putSite(ctx, tx, nantes))
  const again = await put((tx) => putSite(ctx, tx, nantes))
  expect(again).toEqual(site)
  expect(site.openingHours.map(({ opens }) => opens)).toEqual(['10:00', '14:00'])
  expect(await eventsOf(db, site.id)).toHaveLength(1)
  await put((tx) => putSite(ctx, tx, { ...nantes, pickupReadyMinutes: 60 }))
  expect((await siteById(db, site.id))?.pickupReadyMinutes).toBe(60)
  expect(await eventsOf(db, site.id)).toHaveLength(2)

  const channel = await put((tx) => putChannel(ctx, tx, { ...web, siteIds: [site.id] }))
  await put((tx) => putChannel(ctx, tx, { ...web, code: 'till', medium: 'store', handsOffTo: ['web'] }))
  await put((tx) => putChannel(ctx, tx, { ...web, siteIds: [site.id], handsOffTo: ['till'] }))
  await put((tx) => putChannel(ctx, tx, { ...web, siteIds: [site.id] }))
  expect(await eventsOf(db, channel.id)).toHaveLength(2)
  const missing = put((tx) => putChannel(ctx, tx, { ...web, handsOffTo: ['moon'] }))
  await expect(missing).rejects.toThrow('channels.not_found')
})

test('a shop that closes before it opens is a bug, not a shop', async () => {
  const upsideDown = { ...nantes, openingHours: [{ weekday: 1, opens: '19:00', closes: '10:00' }] }
  await expect(put((tx) => putSite(ctx, tx, upsideDown))).rejects.toThrow('opening hours')
})

test('a shopper sees sites and channels, and no costs', async () => {
  const get = (path: string) => app.inject({ method: 'GET', url: `/api/v1${path}` })
  const channels = (await get('/channels')).json().items
  expect(channels.map((channel: { code: string }) => channel.code)).toEqual(['till', 'web'])
  for (const channel of channels) expect(Object.keys(channel)).not.toContain('costs')
  expect(channels[1].handsOffTo).toEqual(['till'])
  expect((await get('/sites')).json().items[0].name).toBe('Alizé Nantes')
  expect((await get('/channel-costs')).statusCode).toBe(401)
})
