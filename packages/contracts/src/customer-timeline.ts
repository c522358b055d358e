import { z } from 'zod'
import { appointmentStates } from './appointments.ts'
import { consentPurposes, media } from './consents.ts'
import { learntKinds } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { messageSchema } from './engagement.ts'
import { interactionKinds, type InteractionKind } from './interactions.ts'
import { quoteStates } from './quotes.ts'
import { reservationStates } from './reservations.ts'
import { codeSchema, cursorQuery, idSchema, instantSchema, moneySchema, pageOf } from './scalars.ts'

/** Articles bought are told with their order, messages that left as messages. */
type ShownInteraction = Exclude<InteractionKind, 'purchase' | 'message_sent'>
const shownInteractions = interactionKinds.filter(
  (kind): kind is ShownInteraction => kind !== 'purchase' && kind !== 'message_sent',
)

/** What the timeline of a customer tells: the log of interactions, messages, what they allow, what was learned of them, merges. */
export const timelineKinds = ['message', ...shownInteractions, 'consent', 'identification', 'merge'] as const
export type TimelineKind = (typeof timelineKinds)[number]

/** What an entry tells of, and what has become of it since. */
const documentSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('order'), id: idSchema, label: z.string() }),
  z.strictObject({ type: z.literal('quote'), id: idSchema, label: z.string(), state: z.enum(quoteStates) }),
  z.strictObject({ type: z.literal('reservation'), id: idSchema, label: z.string(), state: z.enum(reservationStates) }),
  z.strictObject({
    type: z.literal('appointment'),
    id: idSchema,
    label: z.string(),
    state: z.enum(appointmentStates),
    siteId: idSchema,
    startsAt: instantSchema,
  }),
  z.strictObject({ type: z.literal('product'), id: idSchema, label: z.string() }),
  z.strictObject({
    type: z.literal('message'),
    id: idSchema,
    label: z.string().describe('Its subject; empty until it is written.'),
    state: messageSchema.shape.state,
  }),
])
export type TimelineDocument = z.infer<typeof documentSchema>

export const timelineEntrySchema = z
  .strictObject({
    kind: z.enum(timelineKinds),
    id: idSchema,
    at: instantSchema,
    channelCode: z.string().nullable(),
    actor: z.string().nullable().describe('Who of the staff, or which API key, did it.'),
    memberId: idSchema.describe('Of whom it is told, of those who are one customer today.'),
    document: documentSchema.nullable(),
    amount: moneySchema.nullable(),
    count: z.int().nullable().describe('How many articles.'),
    detail: z.string().nullable().describe('The medium of a message, the outcome of a call, the category looked at.'),
    consent: z
      .strictObject({
        act: z.enum(['asked', 'granted', 'withdrawn', 'preferred']),
        medium: z.enum(media).nullable(),
        purpose: z.enum(consentPurposes).nullable(),
      })
      .nullable(),
    learnt: z.array(z.strictObject({ kind: z.enum(learntKinds), value: z.string() })).nullable(),
    source: z.string().nullable().describe('What it was learned or said in.'),
    merge: z
      .strictObject({ act: z.enum(['merged', 'unmerged']), otherId: idSchema, name: z.string() })
      .nullable()
      .describe('Who was merged into whom, or taken apart.'),
  })
  .meta({ id: 'CustomerTimelineEntry' })
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

export const customerOverviewSchema = z
  .strictObject({
    figures: z.strictObject({
      orders: z.int(),
      ordered: moneySchema.describe('Of all orders, cancelled ones taken off.'),
      returned: moneySchema.describe('Paid back for what came back.'),
      averageOrder: moneySchema.nullable(),
      firstOrderAt: instantSchema.nullable(),
      lastOrderAt: instantSchema.nullable(),
      lastSeenAt: instantSchema.nullable().describe('The latest of all interactions that are theirs.'),
      channels: z
        .array(z.strictObject({ code: z.string(), orders: z.int() }))
        .describe('Where they order, the most first.'),
    }),
    segments: z.array(z.strictObject({ id: idSchema, name: z.string(), since: instantSchema })),
  })
  .meta({ id: 'CustomerOverview' })
export type CustomerOverview = z.infer<typeof customerOverviewSchema>

export const customerTimelineEndpoints = {
  getCustomerTimeline: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/timeline',
    summary: 'What happened between a customer and the firm, in every channel, the latest first',
    access: 'customers:read',
    params: z.strictObject({ customerId: idSchema }),
    query: z.strictObject({
      ...cursorQuery,
      kind: z.enum(timelineKinds).optional(),
      channel: codeSchema.optional(),
    }),
    response: pageOf(timelineEntrySchema),
  }),
  getCustomerOverview: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/overview',
    summary: 'What a customer bought over their life, and the segments they are in',
    access: 'customers:read',
    params: z.strictObject({ customerId: idSchema }),
    response: customerOverviewSchema,
  }),
}
