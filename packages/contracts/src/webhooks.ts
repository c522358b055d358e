import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { publicEventTypes } from './public-events.ts'
import { cursorQuery, idSchema, instantSchema, pageOf } from './scalars.ts'

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** Why a webhook was switched off: by somebody, by the receiver's answer 410, or after days without an answer. */
export const disabledReasons = ['paused', 'gone', 'unreachable'] as const

/** What can go wrong with an attempt. */
export const deliveryErrors = [
  'http',
  'redirect',
  'timeout',
  'private_address',
  'dns',
  'tls',
  'connection',
  'secret_unreadable',
  'event_unreadable',
] as const
export type DeliveryError = (typeof deliveryErrors)[number]

const eventTypeSchema = z.enum(publicEventTypes)
const typesSchema = z
  .array(eventTypeSchema)
  .min(1)
  .max(publicEventTypes.length)
  .nullable()
  .describe('Types of event to send; null is all of them, those to come too.')
/** An address, as far as its text tells: whether it may be sent to is decided by the server. */
const addressSchema = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .describe('https, without a user name or password in it.')
const descriptionSchema = z.string().trim().max(200).default('')

const typesQuery = z
  .string()
  .max(1_000)
  .regex(/^[a-z_.]+(?:,[a-z_.]+)*$/)
  .optional()
  .describe('Only these types, separated by commas.')

export const webhookSchema = z
  .strictObject({
    id: idSchema,
    url: z.string(),
    description: z.string(),
    types: z.array(z.string()).nullable(),
    active: z.boolean(),
    disabledReason: z.enum(disabledReasons).nullable(),
    disabledAt: instantSchema.nullable(),
    restingUntil: instantSchema.nullable().describe('Nothing is sent before: the receiver does not answer.'),
    previousSecretUntil: instantSchema.nullable().describe('Until then the secret before signs too.'),
    createdAt: instantSchema,
    createdBy: z.string().nullable(),
    health: z.strictObject({
      waiting: z.int(),
      oldestWaitingAt: instantSchema.nullable(),
      delivered24h: z.int(),
      failing24h: z.int().describe('Events whose last attempt within 24 hours failed.'),
      lastDeliveredAt: instantSchema.nullable(),
      lastError: z.enum(deliveryErrors).nullable(),
      lastErrorAt: instantSchema.nullable(),
    }),
  })
  .meta({ id: 'Webhook' })
export type Webhook = z.output<typeof webhookSchema>

export const deliverySchema = z
  .strictObject({
    eventId: idSchema,
    type: z.string(),
    aggregateId: idSchema,
    sequence: z.int(),
    state: z.enum(deliveryStates),
    behind: z.boolean().describe('Waits because an earlier event of the same thing is not delivered yet.'),
    attempts: z.int(),
    createdAt: instantSchema,
    nextAttemptAt: instantSchema.nullable(),
    lastAttemptAt: instantSchema.nullable(),
    deliveredAt: instantSchema.nullable(),
    status: z.int().nullable().describe('HTTP status of the last answer.'),
    durationMs: z.int().nullable(),
    error: z.enum(deliveryErrors).nullable(),
    answer: z.string().nullable().describe('Beginning of the last answer.'),
  })
  .meta({ id: 'WebhookDelivery' })
export type Delivery = z.output<typeof deliverySchema>

/** An event as it is sent, and as the list of events gives it. */
export const publicEventSchema = z
  .strictObject({
    id: idSchema,
    type: z.string(),
    version: z.int(),
    timestamp: instantSchema.describe('When it happened.'),
    aggregateId: idSchema.describe('What it happened to: events of one aggregate come in order.'),
    sequence: z.int().describe('Grows within one aggregate; events that stay inside leave gaps.'),
    channelCode: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'PublicEvent' })
export type PublicEvent = z.output<typeof publicEventSchema>

const webhookParams = z.strictObject({ webhookId: idSchema })
const deliveryParams = z.strictObject({ webhookId: idSchema, eventId: idSchema })
const secretAnswer = z.strictObject({
  webhook: webhookSchema,
  secret: z.string().describe('`whsec_…`: shown this once.'),
})

const startFields = {
  since: instantSchema.optional().describe('From the events recorded at this time on.'),
  after: idSchema.optional().describe('From the event after this one on.'),
}

const managing = {
  listWebhooks: endpoint({
    method: 'GET',
    path: '/webhooks',
    summary: 'Webhooks and how they fare',
    access: 'webhooks:manage',
    response: z.strictObject({ items: z.array(webhookSchema) }),
  }),
  createWebhook: endpoint({
    method: 'POST',
    path: '/webhooks',
    summary: 'Have events sent to an address; the secret that signs them is shown this once',
    access: 'webhooks:manage',
    status: 201,
    idempotent: true,
    body: z.strictObject({ url: addressSchema, description: descriptionSchema, types: typesSchema.default(null) }),
    response: secretAnswer,
  }),
  getWebhook: endpoint({
    method: 'GET',
    path: '/webhooks/{webhookId}',
    summary: 'One webhook and how it fares',
    access: 'webhooks:manage',
    params: webhookParams,
    response: webhookSchema,
  }),
  updateWebhook: endpoint({
    method: 'PATCH',
    path: '/webhooks/{webhookId}',
    summary: 'Change address, types or description; pause, or switch on again',
    access: 'webhooks:manage',
    params: webhookParams,
    body: z.strictObject({
      url: addressSchema.optional(),
      description: z.string().trim().max(200).optional(),
      types: typesSchema.optional(),
      active: z.boolean().optional(),
    }),
    response: webhookSchema,
  }),
  deleteWebhook: endpoint({
    method: 'DELETE',
    path: '/webhooks/{webhookId}',
    summary: 'Delete a webhook, with what waits for it',
    access: 'webhooks:manage',
    status: 204,
    params: webhookParams,
  }),
  rotateWebhookSecret: endpoint({
    method: 'POST',
    path: '/webhooks/{webhookId}/secret',
    summary: 'Make a new secret; for a while the old one signs too',
    access: 'webhooks:manage',
    status: 201,
    idempotent: true,
    params: webhookParams,
    body: z.strictObject({
      overlapHours: z.int().min(0).max(168).default(24).describe('How long the secret before goes on signing.'),
    }),
    response: secretAnswer,
  }),
}

const deliveries = {
  testWebhook: endpoint({
    method: 'POST',
    path: '/webhooks/{webhookId}/test',
    summary: 'Send a test event to this webhook alone',
    access: 'webhooks:manage',
    status: 202,
    idempotent: true,
    params: webhookParams,
    response: deliverySchema,
  }),
  listDeliveries: endpoint({
    method: 'GET',
    path: '/webhooks/{webhookId}/deliveries',
    summary: 'Deliveries of a webhook, newest events first',
    access: 'webhooks:manage',
    params: webhookParams,
    query: z.strictObject({
      ...cursorQuery,
      state: z.enum(deliveryStates).optional(),
      type: z.string().max(80).optional(),
    }),
    response: pageOf(deliverySchema),
  }),
  getDelivery: endpoint({
    method: 'GET',
    path: '/webhooks/{webhookId}/deliveries/{eventId}',
    summary: 'One delivery and the event as it is sent',
    access: 'webhooks:manage',
    params: deliveryParams,
    response: z.strictObject({ delivery: deliverySchema, event: publicEventSchema }),
  }),
  resendDelivery: endpoint({
    method: 'POST',
    path: '/webhooks/{webhookId}/deliveries/{eventId}/resend',
    summary: 'Send one event again, now',
    access: 'webhooks:manage',
    status: 202,
    idempotent: true,
    params: deliveryParams,
    response: deliverySchema,
  }),
  countReplay: endpoint({
    method: 'GET',
    path: '/webhooks/{webhookId}/replay',
    summary: 'How many events a replay would send',
    access: 'webhooks:manage',
    params: webhookParams,
    query: z.strictObject({ ...startFields, types: typesQuery }),
    response: z.strictObject({ count: z.int(), most: z.int().describe('More than this at once is refused.') }),
  }),
  replayEvents: endpoint({
    method: 'POST',
    path: '/webhooks/{webhookId}/replay',
    summary: 'Send past events again, in order, from a time or an event on',
    access: 'webhooks:manage',
    status: 202,
    idempotent: true,
    params: webhookParams,
    body: z.strictObject({ ...startFields, types: typesSchema.default(null) }),
    response: z.strictObject({ count: z.int() }),
  }),
}

const events = {
  listEventTypes: endpoint({
    method: 'GET',
    path: '/event-types',
    summary: 'Every type of event, its version and the JSON schema of its data',
    access: 'public',
    response: z.strictObject({
      items: z.array(
        z.strictObject({
          type: z.string(),
          version: z.int(),
          summary: z.string(),
          schema: z.record(z.string(), z.unknown()).describe('JSON Schema 2020-12 of `data`.'),
        }),
      ),
    }),
  }),
  listEvents: endpoint({
    method: 'GET',
    path: '/events',
    summary: 'Events in order, for those who fetch them rather than have them sent',
    access: 'events:read',
    query: z.strictObject({
      after: z.string().max(500).optional().describe('`next` of the answer before, or the id of the last event seen.'),
      since: instantSchema.optional().describe('Without `after`: from the events recorded at this time on.'),
      types: typesQuery,
      limit: cursorQuery.limit,
    }),
    response: z.strictObject({
      items: z.array(publicEventSchema),
      next: z.string().describe('Where to go on; always there, at the end of the list too.'),
      hasMore: z.boolean(),
    }),
  }),
}

export const webhookEndpoints = { ...managing, ...deliveries, ...events }
