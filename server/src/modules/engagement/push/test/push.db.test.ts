import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { afterAll, expect, test } from 'vitest'
import { actorHeader, clientOf, webPurchase } from '../../../../../test/kit/shop.ts'
import { sendMessagesJob } from '../../jobs/names.ts'
import { pushSender } from '../../journeys/short-sender.ts'
import { createWorld, entry, exit, way } from '../../journeys/test/world.ts'
import { startPushService, vapidClaims, type Browser, type Pushed } from './push-service.ts'

const service = await startPushService()
afterAll(() => service.close())
const { pushed, statuses } = service
const world = await createWorld({ config: { webhookPrivateAddresses: 'allow' } })
const { actAs, allow, app, clock, ctx, does, live, publish, shop, staff } = world
Object.assign(world.senders, { push: pushSender })
const visitor = clientOf(app, {})
const nothing: Pick<Pushed, 'headers' | 'said'> = { headers: {}, said: {} }
/** A Tuesday at eleven. */
clock.set('2026-09-08T11:00:00+02:00')

async function send(): Promise<void> {
  await live()
  await app.wiring.jobs.find(({ name }) => name === sendMessagesJob.name)?.run(ctx, {})
}
function account(name: string) {
  const accountId = ctx.ids.next()
  const email = `${name}@exemple.fr`
  const key = actAs({ kind: 'account', accountId, email, name: `${name} Roux` })
  return { email, call: clientOf(app, { [actorHeader]: key }) }
}
const of = (browser: Browser, marketing = true, serviceToo = false) => ({
  body: { ...browser, locale: 'fr' as const, marketing, service: serviceToo },
})
const state = ({ endpoint }: Browser, call = visitor) => call(endpoints.readDevice, { body: { endpoint } })
async function ownerOf({ endpoint }: Browser): Promise<string> {
  const { rows } = await ctx.db.query<{ party_id: string }>(
    `select party_id from engagement.push_device where endpoint = $1`,
    [endpoint],
  )
  expect(rows.length).toBeLessThanOrEqual(1)
  return rows[0]?.party_id ?? ''
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )
const messageTo = async (partyId: string) => {
  const { rows } = await ctx.db.query(
    `select medium, state, recipient, error, attempts from engagement.message where party_id = $1 order by id desc limit 1`,
    [partyId],
  )
  return rows[0] as Record<string, unknown> | undefined
}
/** Publishes a step that notifies whoever does something. */
const notify = (what: 'return' | 'quote' | 'reservation', text = 'Deux jours seulement.') =>
  publish({
    nodes: [
      entry(what),
      {
        id: 'notif',
        type: 'message',
        medium: 'push',
        subject: 'offers',
        content: {
          title: { fr: 'Les vélos sont là', en: '' },
          text: { fr: text, en: '' },
          link: { label: { fr: '', en: '' }, url: 'https://alize.example/velos' },
        },
      },
      exit,
    ],
    edges: [way('in', 'notif'), way('notif', 'out')],
  })

test('a browser nobody knows is notified by a journey, encrypted for it alone and signed; a second attempt replaces the first', async () => {
  await allow()
  const browser = service.browser('unknown')
  expect(await visitor(endpoints.putDevice, of(browser))).toEqual({
    known: true,
    marketing: true,
    service: false,
    signedIn: false,
  })
  const partyId = await ownerOf(browser)
  await notify('return')
  await does({ id: partyId, email: '' }, 'return')
  statuses.push(503)
  await send()
  expect(await messageTo(partyId)).toMatchObject({
    state: 'waiting',
    attempts: 1,
    recipient: new URL(browser.endpoint).host,
  })
  clock.advance(31_000)
  await send()
  expect(pushed).toHaveLength(1)
  const { headers, said } = pushed[0] ?? nothing
  expect(said).toMatchObject({ title: 'Les vélos sont là', body: 'Deux jours seulement.', locale: 'fr' })
  expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'normal', ttl: String(6 * 3_600) })
  expect(headers['topic']).toBe(String(said['tag']).replaceAll('-', ''))
  const { publicKey } = await visitor(endpoints.getPushKey)
  expect(vapidClaims(String(headers.authorization))).toMatchObject({
    key: publicKey,
    claims: { aud: new URL(browser.endpoint).origin, sub: 'mailto:boutique@alize.example' },
  })
  expect(await messageTo(partyId)).toMatchObject({ medium: 'push', state: 'sent' })
  const choose = (said['choose'] as { link: string }).link
  expect(choose).toContain('/mes-preferences?token=')
  const token = new URL(choose).searchParams.get('token') ?? ''
  const followed = await app.fastify.inject({ url: String(said['link']).replace(ctx.config.publicUrl, '') })
  expect(followed.headers.location).toBe('https://alize.example/velos')
  // Who chooses no more notifications on the page of their preferences gets none.
  const { preferences } = await visitor(endpoints.getPreferences, { query: { token } })
  await visitor(endpoints.putPreferences, { query: { token }, body: { media: ['letter', 'visit'], preferences } })
  expect(await state(browser)).toMatchObject({ known: true, marketing: false })
  const { entries } = await staff(endpoints.getCustomerConsents, { params: { customerId: partyId }, query: {} })
  expect(entries.map(({ act, medium, source, wording }) => `${act} ${medium} ${source} ${wording}`)).toEqual([
    'withdrawn push preferences preferences-1',
    'granted push notifications push-1',
  ])
})

test('who signs in brings what their browser was allowed, and is told of their order there; by e-mail once it is gone', async () => {
  const browser = service.browser('phone')
  await visitor(endpoints.putDevice, of(browser))
  const before = await ownerOf(browser)
  const { email, call } = account('lea')
  expect(await call(endpoints.joinDevice, { body: { endpoint: browser.endpoint } })).toMatchObject({
    known: true,
    marketing: true,
    service: false,
  })
  const laptop = service.browser('laptop')
  await call(endpoints.putDevice, of(laptop, true, true))
  expect(await call(endpoints.getMyServiceWish)).toMatchObject({
    medium: 'push',
    notified: new URL(laptop.endpoint).host,
  })
  const mine = await staff(endpoints.getCustomer, { params: { customerId: before } })
  expect(mine.email).toBe(email)
  const lines = [{ variantId: shop.variantIds[0] ?? '', quantity: 1 }]
  const siteId = shop.sites['nantes'] ?? ''
  const buy = async () => {
    const delivery = { method: 'pickup', siteId }
    const { orderId } = await visitor(endpoints.placeOrder, {
      body: webPurchase(lines, { delivery, contact: { name: 'Léa Roux', email } }),
    })
    await send()
    const { items } = await staff(endpoints.listFulfillments, { query: { siteId } })
    await staff(endpoints.markPrepared, {
      params: { fulfillmentId: items.find((one) => one.orderId === orderId)?.id ?? '' },
    })
    pushed.length = 0
    await send()
    const { items: messages } = await staff(endpoints.listMessages, { query: { orderId } })
    return { orderId, ready: messages.find(({ template }) => template === 'pickup_ready') }
  }
  // In the middle of the night: they wait for it.
  clock.set('2026-09-08T23:30:00+02:00')
  const { orderId, ready } = await buy()
  expect(ready).toMatchObject({ medium: 'push', state: 'sent' })
  expect(
    pushed.map(({ path, headers }) => `${path} ${String(headers['urgency'])} ${String(headers['ttl'])}`).sort(),
  ).toEqual(['/laptop high 86400', '/phone high 86400'])
  expect(pushed[0]?.said).toMatchObject({
    title: expect.stringMatching(/^Votre commande .* est prête$/),
    body: 'Alizé',
    link: expect.stringContaining(orderId),
    choose: null,
  })
  statuses.push(410, 404)
  const after = await buy()
  expect(after.ready).toMatchObject({ medium: 'email', to: email, state: 'waiting', error: 'push: no device is left' })
  expect([await ownerOf(browser), await ownerOf(laptop)]).toEqual(['', ''])
  expect(await call(endpoints.getMyServiceWish)).toMatchObject({ medium: 'push', notified: null })
  await send()
  expect((await staff(endpoints.listMessages, { query: { orderId: after.orderId } })).items[0]).toMatchObject({
    medium: 'email',
    state: 'local',
  })
})

test('what sells waits for the morning; a browser that is ended, or used by another, is not notified', async () => {
  const [first, second] = [account('nora'), account('marc')]
  const browser = service.browser('shared')
  await Promise.all([first, second].map(({ call }) => call(endpoints.putDevice, of(browser))))
  const owner = await ownerOf(browser)
  const states = await Promise.all([first, second].map(({ call }) => state(browser, call)))
  expect(states.filter(({ known }) => known)).toHaveLength(1)
  await notify('quote')
  clock.set('2026-09-09T22:00:00+02:00')
  pushed.length = 0
  await does({ id: owner, email: '' }, 'quote')
  await send()
  expect(pushed).toEqual([])
  clock.set('2026-09-10T08:00:00+02:00')
  await send()
  expect(pushed.map(({ path }) => path)).toEqual(['/shared'])
  await visitor(endpoints.endDevice, { body: { endpoint: browser.endpoint } })
  expect(await ownerOf(browser)).toBe('')
  const { cells } = await staff(endpoints.getCustomerConsents, { params: { customerId: owner }, query: {} })
  expect(cells.find(({ medium, purpose }) => medium === 'push' && purpose === 'marketing')?.reason).toBe('withdrawn')
})

test('what is no browser is refused, and so is a wish without a device; a text nobody reads to its end is not published', async () => {
  const browser = service.browser('wrong')
  const put = (changes: Partial<Browser>) => codeOf(visitor(endpoints.putDevice, of({ ...browser, ...changes })))
  expect(await put({ auth: 'AAAA' })).toBe('engagement.device_refused')
  expect(await put({ p256dh: 'AAAA' })).toBe('engagement.device_refused')
  expect(await put({ endpoint: 'ftp://push.example/1' })).toBe('engagement.device_refused')
  expect(await put({ endpoint: 'https://me:secret@push.example/1' })).toBe('engagement.device_refused')
  const { id: customerId } = await world.person()
  expect(await codeOf(staff(endpoints.putServiceWish, { params: { customerId }, body: { medium: 'push' } }))).toBe(
    'engagement.no_device',
  )
  await expect(notify('reservation', 'Un mot de plus. '.repeat(40))).rejects.toThrow('text_too_long')
})
