import { createServer } from 'node:http'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { afterAll, expect, test } from 'vitest'
import type { ChainValue } from '../../../../kernel/chain.ts'
import { sendMessagesJob } from '../../jobs/names.ts'
import { socialSender } from '../../journeys/short-sender.ts'
import { createWorld, entry, exit, way } from '../../journeys/test/world.ts'
import { isSealed, textSignature } from '../../media/text-provider.ts'

const secret = 'a secret for social messages'
const carried: { key: string; body: Record<string, string> }[] = []
const statuses: number[] = []
const provider = createServer((request, response) => {
  let written = ''
  request.on('data', (chunk: Buffer) => (written += chunk.toString()))
  request.on('end', () => {
    const body = JSON.parse(written) as Record<string, string>
    const told = (name: string) => String(request.headers[name])
    const sealed = { timestamp: told('x-ecluse-timestamp'), signature: told('x-ecluse-signature'), body }
    const status = isSealed(secret, sealed, clock.now()) ? (statuses.shift() ?? 200) : 403
    const key = told('idempotency-key')
    if (status === 200) carried.push({ key, body })
    response.writeHead(status).end(JSON.stringify({ reference: `ref-${key}` }))
  })
})
await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
afterAll(() => {
  provider.closeAllConnections()
  provider.close()
})
const bound = provider.address()
const port = typeof bound === 'object' && bound !== null ? bound.port : 0
const world = await createWorld({
  config: { socialUrl: `http://127.0.0.1:${port}/`, socialSecret: secret, socialAccount: 'alize.velos' },
})
const { allow, app, clock, ctx, does, live, publish, staff } = world
Object.assign(world.senders, { social: socialSender })
/** A Tuesday at eleven. */
clock.set('2026-09-08T11:00:00+02:00')

async function send(): Promise<void> {
  await live()
  await app.wiring.jobs.find(({ name }) => name === sendMessagesJob.name)?.run(ctx, {})
}
async function tell(body: ChainValue, sealedWith = secret): Promise<number> {
  const timestamp = String(Math.floor(clock.now().getTime() / 1_000))
  const answer = await app.fastify.inject({
    method: 'POST',
    url: '/api/v1/social/events',
    headers: { 'x-ecluse-timestamp': timestamp, 'x-ecluse-signature': textSignature(sealedWith, timestamp, body) },
    payload: body as object,
  })
  return answer.statusCode
}
const says = (id: string, from: string, text: string) =>
  tell({ type: 'answer', id, from, text, at: clock.now().toISOString() })
const report = (reference: string, state: 'delivered' | 'undelivered') =>
  tell({ type: 'report', reference, state, at: clock.now().toISOString() })
/** Who wrote last. */
async function writer(): Promise<string> {
  return (await staff(endpoints.listAnswers, { query: {} })).items[0]?.customerId ?? ''
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  )
const write = (customerId: string, text: string) =>
  staff(endpoints.sendSocial, { params: { customerId }, body: { text, purpose: 'service' } })

test('who writes on a network is somebody, is answered there once under a key, and the end is proved', async () => {
  expect(await says('m1', 'instagram:lea.roux', 'Avez-vous le cadre 54 ?')).toBe(204)
  expect(await says('m1', 'instagram:lea.roux', 'Avez-vous le cadre 54 ?')).toBe(204)
  const customerId = await writer()
  const { items } = await staff(endpoints.listAnswers, { query: { customerId } })
  expect(items).toMatchObject([{ medium: 'social', from: 'instagram:lea.roux', text: 'Avez-vous le cadre 54 ?' }])
  const { messageId, to } = await write(customerId, 'Oui, à Nantes.')
  expect(to).toBe('instagram:lea.roux')
  statuses.push(503)
  await send()
  clock.advance(31_000)
  await Promise.all([send(), send()])
  expect(carried).toEqual([
    {
      key: messageId,
      body: { account: 'alize.velos', network: 'instagram', to: 'lea.roux', text: 'Oui, à Nantes.' },
    },
  ])
  expect(await report(`ref-${messageId}`, 'delivered')).toBe(204)
  expect(await staff(endpoints.getMessage, { params: { messageId } })).toMatchObject({
    medium: 'social',
    state: 'sent',
    delivery: 'delivered',
  })
})

test('each network has its length; nobody is written to where they are not known, and nobody else is believed', async () => {
  const customerId = await writer()
  expect(await codeOf(write(customerId, 'a'.repeat(1_001)))).toBe('engagement.social_too_long')
  const { id } = await world.person()
  expect(await codeOf(write(id, 'Bonjour'))).toBe('engagement.no_social_id')
  const event = { type: 'answer', id: 'x', from: 'instagram:x', text: 'STOP', at: clock.now().toISOString() }
  expect(await tell(event, 'a secret of somebody else')).toBe(403)
  expect(await tell({ ...event, from: 'nobody' })).toBe(400)
})

test('a journey writes to who said yes, hears what arrived and what was answered; STOP ends it', async () => {
  await allow()
  await says('m2', 'whatsapp:+33600000000', 'Bonjour')
  const customerId = await writer()
  await staff(endpoints.recordConsent, {
    params: { customerId },
    body: { act: 'granted', medium: 'social', purpose: 'marketing', proof: 'Dit sur le réseau' },
  })
  const message = {
    id: 'reseau',
    type: 'message',
    medium: 'social',
    subject: 'offers',
    content: {
      title: { fr: '', en: '' },
      text: { fr: 'Les vélos sont là.', en: '' },
      link: { label: { fr: '', en: '' }, url: 'https://alize.example/velos' },
    },
  }
  const graph = (what: 'return' | 'quote') => ({
    nodes: [entry(what), message, exit],
    edges: [way('in', 'reseau'), way('reseau', 'out')],
  })
  const journeyId = await publish(graph('return'))
  await does({ id: customerId, email: '' }, 'return')
  carried.length = 0
  await send()
  expect(carried.map(({ body }) => body['text'])).toEqual([expect.stringMatching(/^Les vélos sont là\.\nhttp.*token=/)])
  await report(`ref-${carried[0]?.key ?? ''}`, 'undelivered')
  const { nodes } = await staff(endpoints.getJourneyResults, { params: { journeyId } })
  expect(nodes.find(({ nodeId }) => nodeId === 'reseau')?.contacts).toMatchObject({ failed: 1 })
  await says('m3', 'whatsapp:+33600000000', 'Stop')
  await publish(graph('quote'))
  await does({ id: customerId, email: '' }, 'quote')
  carried.length = 0
  await send()
  expect(carried).toEqual([])
  const { cells } = await staff(endpoints.getCustomerConsents, { params: { customerId }, query: {} })
  expect(cells.find(({ medium, purpose }) => medium === 'social' && purpose === 'marketing')).toMatchObject({
    allowed: false,
    reason: 'withdrawn',
    source: 'social',
  })
})
