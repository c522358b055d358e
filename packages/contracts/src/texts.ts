import { z } from 'zod'
import { consentPurposes, media, purposes, subjects } from './consents.ts'
import { endpoint } from './endpoint.ts'
import { cursorQuery, idSchema, instantSchema, pageOf } from './scalars.ts'

/** By what somebody may wish to hear of their orders, returns and appointments. */
export const serviceMedia = ['email', 'sms', 'push'] as const
export type ServiceMedium = (typeof serviceMedia)[number]

/** Ten parts: longer ones are refused by networks. */
const textSchema = z.string().trim().min(1).max(1_530)

const costSchema = z.strictObject({
  encoding: z.enum(['GSM-7', 'UCS-2']),
  parts: z.int(),
  unitsLeft: z.int().describe('How many more fit before another part begins.'),
  foreign: z.array(z.strictObject({ character: z.string(), instead: z.string() })),
  fixed: z.string().describe('The same with what may stand for each foreign character.'),
  fixedParts: z.int(),
  costMicro: z.int().nullable().describe('Millionths of a euro; null: no price is known for the number.'),
})
export type TextCost = z.output<typeof costSchema>

export const answerSchema = z
  .strictObject({
    id: idSchema,
    medium: z.enum(['email', 'sms', 'letter', 'social']),
    from: z.string(),
    customerId: idSchema.nullable(),
    messageId: idSchema.nullable(),
    subject: z.string(),
    text: z.string(),
    wish: z.enum(['stop', 'start', 'neither']).describe('`stop`: written as a withdrawal of consent.'),
    receivedAt: instantSchema,
    replyBy: instantSchema
      .nullable()
      .describe('By when they are answered, as they are dealt with; null: nobody we know.'),
  })
  .meta({ id: 'Answer' })
export type Answer = z.output<typeof answerSchema>

/** What whoever carries short messages tells, of people named as the medium names them. */
export const carrierEventSchema = (from: z.ZodString) =>
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('report'),
      reference: z.string().min(1).max(200),
      state: z.enum(['delivered', 'undelivered']),
      at: instantSchema,
    }),
    z.strictObject({
      type: z.literal('answer'),
      id: z.string().min(1).max(200),
      from,
      text: z.string().max(5_000),
      at: instantSchema,
      reference: z.string().max(200).optional().describe('The message it answers, where that is known.'),
    }),
  ])
export type CarrierEvent = z.output<ReturnType<typeof carrierEventSchema>>

const customer = z.strictObject({ customerId: idSchema })
const serviceWishSchema = z
  .strictObject({
    medium: z.enum(serviceMedia),
    phone: z.string().nullable(),
    notified: z.string().nullable().describe('The push services of their browsers; null: none is notified.'),
    social: z.string().nullable().describe('Who they are on a network: `network:name`; null: not known.'),
  })
  .meta({ id: 'ServiceWish' })

export const textEndpoints = {
  weighText: endpoint({
    method: 'POST',
    path: '/texts/weigh',
    summary: 'In how many parts a text message would leave, and what it would cost; nothing is sent',
    access: 'messages:write',
    reads: true,
    body: z.strictObject({ text: textSchema, purpose: z.enum(purposes), to: z.string().max(20).optional() }),
    response: costSchema.extend({
      text: z.string().describe('As it would leave: with how to stop it, when it sells.'),
    }),
  }),
  sendText: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/texts',
    summary:
      'Write a text message to a customer; what is not service leaves only with their consent, within their hours',
    access: 'messages:write',
    status: 202,
    idempotent: true,
    params: customer,
    body: z.strictObject({
      text: textSchema,
      purpose: z.enum(purposes),
      topic: z.enum(subjects).nullable().default(null),
      onePart: z.boolean().default(true).describe('Refused when it is longer than one part.'),
    }),
    response: z.strictObject({ messageId: idSchema, to: z.string(), parts: z.int(), costMicro: z.int().nullable() }),
  }),
  getServiceWish: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/service-medium',
    summary: 'By what a customer wishes to hear of their orders, returns and appointments',
    access: 'customers:read',
    params: customer,
    response: serviceWishSchema,
  }),
  putServiceWish: endpoint({
    method: 'PUT',
    path: '/customers/{customerId}/service-medium',
    summary: 'Note by what a customer wishes to hear of their orders, returns and appointments',
    access: 'customers:write',
    params: customer,
    body: z.strictObject({ medium: z.enum(serviceMedia) }),
    response: serviceWishSchema,
  }),
  getMyServiceWish: endpoint({
    method: 'GET',
    path: '/account/service-medium',
    summary: 'By what one wishes to hear of one’s orders, returns and appointments',
    access: 'account',
    response: serviceWishSchema,
  }),
  putMyServiceWish: endpoint({
    method: 'PUT',
    path: '/account/service-medium',
    summary: 'Choose by what one hears of one’s orders, returns and appointments',
    access: 'account',
    body: z.strictObject({ medium: z.enum(serviceMedia), phone: z.string().trim().max(30).nullable().default(null) }),
    response: serviceWishSchema,
  }),
  putOrderServiceWish: endpoint({
    method: 'PUT',
    path: '/orders/{orderId}/service-medium',
    summary: 'Choose by what one hears of an order, and of those to come, with the token of the order',
    access: 'public',
    status: 204,
    params: z.strictObject({ orderId: idSchema }),
    body: z.strictObject({ token: z.string().min(10).max(200), medium: z.enum(serviceMedia) }),
  }),
  chooseMedium: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/medium',
    summary: 'By which medium a customer would be reached now, and why not by another',
    access: 'customers:read',
    params: customer,
    query: z.strictObject({ purpose: z.enum(consentPurposes) }),
    response: z
      .strictObject({
        medium: z.enum(media).nullable(),
        reason: z.enum(['asked', 'first', 'failed_before', 'nothing_left']),
        passed: z.array(
          z.strictObject({
            medium: z.enum(media),
            why: z.enum(['not_allowed', 'not_asked', 'not_volunteered', 'failed', 'dearer', 'later']),
          }),
        ),
      })
      .meta({ id: 'MediumChoice' }),
  }),
  listAnswers: endpoint({
    method: 'GET',
    path: '/answers',
    summary: 'What customers answered to messages, newest first',
    access: 'messages:read',
    query: z.strictObject({ ...cursorQuery, customerId: idSchema.optional() }),
    response: pageOf(answerSchema),
  }),
  receiveTextEvent: endpoint({
    method: 'POST',
    path: '/texts/events',
    summary: 'What whoever carries text messages tells: what was delivered, and answers (signed, see operations)',
    access: 'public',
    status: 204,
    body: carrierEventSchema(z.string().min(3).max(30)),
  }),
}
