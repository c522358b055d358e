import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { localeSchema } from './scalars.ts'

/** Where a browser takes notifications (Push API): as the browser itself writes it. */
const subscriptionSchema = z.strictObject({
  endpoint: z.url().max(1_000),
  p256dh: z
    .string()
    .max(120)
    .regex(/^[\w-]+={0,2}$/),
  auth: z
    .string()
    .max(60)
    .regex(/^[\w-]+={0,2}$/),
})
export type PushSubscriptionInput = z.output<typeof subscriptionSchema>

const deviceSchema = z
  .strictObject({
    known: z.boolean().describe('Whether this browser is notified for whoever asks.'),
    marketing: z.boolean().describe('News and offers.'),
    service: z.boolean().describe('Their orders, returns and appointments.'),
    signedIn: z.boolean(),
  })
  .meta({ id: 'NotifiedDevice' })
export type NotifiedDevice = z.output<typeof deviceSchema>

const ofEndpoint = z.strictObject({ endpoint: z.url().max(1_000) })

export const notificationEndpoints = {
  getPushKey: endpoint({
    method: 'GET',
    path: '/notifications/key',
    summary: 'The key browsers subscribe to notifications with (VAPID, RFC 8292)',
    access: 'public',
    response: z.strictObject({ publicKey: z.string() }),
  }),
  readDevice: endpoint({
    method: 'POST',
    path: '/notifications/device/state',
    summary: 'What this browser is notified of; whoever holds its endpoint is that browser',
    access: 'public',
    reads: true,
    body: ofEndpoint,
    response: deviceSchema,
  }),
  putDevice: endpoint({
    method: 'PUT',
    path: '/notifications/device',
    summary: 'Let this browser be notified, and of what; without an account, of news and offers only',
    access: 'public',
    body: subscriptionSchema.extend({ locale: localeSchema, marketing: z.boolean(), service: z.boolean() }),
    response: deviceSchema,
  }),
  endDevice: endpoint({
    method: 'POST',
    path: '/notifications/device/end',
    summary: 'Notify this browser no more',
    access: 'public',
    status: 204,
    body: ofEndpoint,
  }),
  joinDevice: endpoint({
    method: 'POST',
    path: '/notifications/device/join',
    summary: 'Whoever signed in brings what their browser was allowed before',
    access: 'account',
    body: ofEndpoint,
    response: deviceSchema,
  }),
}
