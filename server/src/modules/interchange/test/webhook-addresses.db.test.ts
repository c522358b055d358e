import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { createTestShop } from '../../../../test/kit/shop.ts'
import { openAgents, postMessage } from '../../../kernel/http/post-message.ts'
import { createSender } from '../send-deliveries.ts'

const { ctx, asStaff } = await createTestShop({ products: 1, unitsPerPlace: 5 })
const staff = asStaff()

let knocks = 0
const server = createServer((_request, response) => {
  knocks += 1
  response.end()
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
afterAll(() => server.close())
const { port } = server.address() as AddressInfo
const message = { headers: {}, body: '{}' }

test.each([
  ['http://hooks.example.com', 'scheme'],
  ['https://user:pass@hooks.example.com', 'credentials'],
  ['https://127.0.0.1/x', 'private'],
  ['https://169.254.169.254/latest', 'private'],
  ['https://[::ffff:10.0.0.1]/x', 'private'],
  ['https://intranet.local/x', 'private'],
])('%s is refused when it is typed: %s', async (url, reason) => {
  const error: unknown = await staff(endpoints.createWebhook, { body: { url, types: null } }).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(ApiError)
  expect((error as ApiError).problem).toMatchObject({
    status: 422,
    code: 'interchange.address_refused',
    details: { reason },
  })
})

test('a name that leads inside is refused when it is connected to', async () => {
  // `localhost` is a name like any other here: what counts is where it leads.
  const { webhook } = await staff(endpoints.createWebhook, { body: { url: 'https://hooks.example.com/', types: null } })
  const params = { webhookId: webhook.id }
  await ctx.db.query('update interchange.webhook set url = $1', [`https://localhost:${port}/`])
  const test = await staff(endpoints.testWebhook, { params })
  await createSender()(ctx)
  const { delivery } = await staff(endpoints.getDelivery, { params: { ...params, eventId: test.eventId } })
  expect(delivery).toMatchObject({ state: 'waiting', error: 'private_address', status: null })
  expect(knocks).toBe(0)
})

test('the connection itself is guarded, whatever the text of the address', async () => {
  const limits = { allowPrivate: false, timeoutMs: 1_000 }
  const byName = await postMessage(openAgents(), { ...message, url: `https://ip6-localhost:${port}/` }, limits)
  expect(byName.status).toBeNull()
  expect(['private_address', 'dns']).toContain(byName.error)
  const allowed = { allowPrivate: true, timeoutMs: 1_000 }
  const inside = await postMessage(openAgents(), { ...message, url: `http://localhost:${port}/` }, allowed)
  expect(inside).toMatchObject({ status: 200, error: null })
  expect(knocks).toBe(1)
})
