import { z } from 'zod'
import { purposes } from './consents.ts'
import { endpoint } from './endpoint.ts'
import { cursorQuery, idSchema, instantSchema, pageOf } from './scalars.ts'

export const messageSchema = z
  .strictObject({
    id: idSchema,
    medium: z.enum(['email', 'sms', 'push', 'social', 'letter']),
    template: z.string(),
    to: z.string(),
    subject: z.string(),
    state: z
      .enum(['waiting', 'sent', 'local', 'failed', 'unknown'])
      .describe(
        '`local`: kept here because no SMTP server is set. `unknown`: a mail server had it and did not answer; not sent again.',
      ),
    orderId: idSchema.nullable(),
    purpose: z.enum(purposes),
    customerId: idSchema.nullable(),
    source: z
      .strictObject({ templateId: idSchema, name: z.string(), version: z.int().nullable() })
      .nullable()
      .describe('The template of one’s own it was made from, and its version; without one, a test.'),
    createdAt: instantSchema,
    sentAt: instantSchema.nullable(),
    attempts: z.int(),
    error: z.string().nullable(),
    parts: z.int().nullable().describe('Of a text message; sheets of a letter.'),
    costMicro: z.int().nullable().describe('Millionths of a euro.'),
    reference: z.string().nullable().describe('What whoever carried it calls it.'),
    delivery: z.enum(['delivered', 'undelivered']).nullable().describe('What whoever carried it told of its end.'),
    deliveryAt: instantSchema.nullable(),
  })
  .meta({ id: 'Message' })
export type Message = z.infer<typeof messageSchema>

export const engagementEndpoints = {
  listMessages: endpoint({
    method: 'GET',
    path: '/messages',
    summary: 'Messages sent, or kept in the local outbox',
    access: 'messages:read',
    query: z.strictObject({ ...cursorQuery, q: z.string().trim().max(200).optional(), orderId: idSchema.optional() }),
    response: pageOf(messageSchema),
  }),
  getMessage: endpoint({
    method: 'GET',
    path: '/messages/{messageId}',
    summary: 'One message with its HTML and plain text',
    access: 'messages:read',
    params: z.strictObject({ messageId: idSchema }),
    response: messageSchema.extend({ html: z.string(), text: z.string() }),
  }),
}
