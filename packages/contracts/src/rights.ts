import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { cursorQuery, emailSchema, idSchema, instantSchema, localeSchema, pageOf } from './scalars.ts'

/** What people may ask about their own data (GDPR, articles 15 to 21). */
export const rightsKinds = ['access', 'portability', 'rectification', 'erasure', 'opposition', 'restriction'] as const
export type RightsKind = (typeof rightsKinds)[number]

export const rightsStates = ['to_confirm', 'open', 'working', 'postponed', 'done', 'refused'] as const
export type RightsState = (typeof rightsStates)[number]

export const rightsOrigins = ['member', 'mailbox', 'staff', 'retention'] as const
export type RightsOrigin = (typeof rightsOrigins)[number]

/** How somebody showed who they are. */
export const identityProofs = ['session', 'mailbox', 'document', 'in_person', 'known'] as const
export type IdentityProof = (typeof identityProofs)[number]

/** What keeps an erasure waiting. */
export const rightsObstacles = [
  'order_open',
  'return_open',
  'refund_pending',
  'reservation_open',
  'quote_open',
  'request_open',
  'appointment_coming',
  'last_administrator',
  'staff_account',
  'events_waiting',
  'payment_due',
  'held_by_team',
  'restricted',
] as const
export type RightsObstacle = (typeof rightsObstacles)[number]

/** Those people ask for by themselves; the others are asked of somebody of the team. */
const asked = z.enum(['access', 'erasure'])

const archiveSchema = z.strictObject({
  bytes: z.int(),
  sha256: z.string(),
  madeAt: instantSchema,
  expiresAt: instantSchema,
  downloads: z.int(),
  firstDownloadedAt: instantSchema.nullable(),
  removed: z.boolean(),
})

const summarySchema = z
  .strictObject({
    id: idSchema,
    number: z.string(),
    kind: z.enum(rightsKinds),
    state: z.enum(rightsStates),
    origin: z.enum(rightsOrigins),
    customerId: idSchema.nullable(),
    receivedAt: instantSchema,
    dueAt: instantSchema.describe('One month after it was received, three when it was extended (GDPR, 12.3).'),
    identity: z.enum(identityProofs).nullable(),
    progress: z.int(),
    closedAt: instantSchema.nullable(),
  })
  .meta({ id: 'RightsRequestSummary' })
export type RightsSummary = z.infer<typeof summarySchema>

export const rightsRequestSchema = summarySchema
  .extend({
    email: z.string().nullable(),
    extendedReason: z.string().nullable(),
    identifiedAt: instantSchema.nullable(),
    identifiedBy: z.string().nullable(),
    reason: z.string(),
    answer: z.string(),
    closedBy: z.string().nullable(),
    obstacles: z.array(z.string()),
    archive: archiveSchema.nullable(),
    erased: z.array(z.strictObject({ table: z.string(), rows: z.int() })),
    kept: z.array(z.strictObject({ law: z.string(), records: z.int(), until: z.string() })),
    certificate: z.strictObject({ number: z.int(), hash: z.string() }).nullable(),
  })
  .meta({ id: 'RightsRequest' })
export type RightsRequest = z.infer<typeof rightsRequestSchema>

export const rightsLinkSchema = z
  .strictObject({
    number: z.string(),
    kind: z.enum(rightsKinds),
    state: z.enum(rightsStates),
    progress: z.int(),
    obstacles: z.array(z.string()),
    locale: localeSchema,
    receivedAt: instantSchema,
    dueAt: instantSchema,
    archive: archiveSchema.nullable(),
    certificate: z.boolean(),
  })
  .meta({ id: 'RightsLink' })
export type RightsLink = z.infer<typeof rightsLinkSchema>

const tokenQuery = z.strictObject({ token: z.string().min(20).max(400) })
const requestParams = z.strictObject({ requestId: idSchema })
const words = z.string().trim().min(3).max(2_000)

export const rightsEndpoints = {
  askForMyData: endpoint({
    method: 'POST',
    path: '/rights/links',
    summary: 'Ask for one’s data, or to be erased: a link is sent to the mailbox, whether it is known or not',
    access: 'public',
    status: 202,
    body: z.strictObject({ kind: asked, email: emailSchema, locale: localeSchema }),
    response: z.strictObject({}),
  }),
  askForMyDataAsMember: endpoint({
    method: 'POST',
    path: '/rights/account',
    summary: 'Ask for the data of one’s account, or to be erased: a link is sent to the account’s mailbox',
    access: 'account',
    status: 202,
    body: z.strictObject({ kind: asked, locale: localeSchema }),
    response: z.strictObject({}),
  }),
  askForMyPreferences: endpoint({
    method: 'POST',
    path: '/rights/preferences',
    summary: 'Ask for the page of one’s wishes: its link is sent to the account’s mailbox, which nobody has verified',
    access: 'account',
    status: 202,
    body: z.strictObject({ locale: localeSchema }),
    response: z.strictObject({}),
  }),
  getMyRequest: endpoint({
    method: 'GET',
    path: '/rights/links/request',
    summary: 'A request as whoever holds its link sees it',
    access: 'public',
    query: tokenQuery,
    response: rightsLinkSchema,
  }),
  confirmMyRequest: endpoint({
    method: 'POST',
    path: '/rights/links/confirm',
    summary: 'Confirm a request by the link of the message: the work begins',
    access: 'public',
    query: tokenQuery,
    response: rightsLinkSchema,
  }),
  getMyArchive: endpoint({
    method: 'GET',
    path: '/rights/links/archive',
    summary: 'Everything held on a person, as a ZIP: pages to read, JSON and CSV',
    access: 'public',
    query: tokenQuery,
    produces: 'application/octet-stream',
  }),
  getMyCertificate: endpoint({
    method: 'GET',
    path: '/rights/links/certificate',
    summary: 'The certificate of an erasure, as a PDF',
    access: 'public',
    query: tokenQuery,
    produces: 'application/pdf',
  }),
  listRightsRequests: endpoint({
    method: 'GET',
    path: '/rights/requests',
    summary: 'What people asked about their data: those that wait by their term, or those that are closed',
    access: 'rights:manage',
    query: z.strictObject({ ...cursorQuery, state: z.enum(['open', 'closed']).default('open') }),
    response: pageOf(summarySchema).extend({ open: z.int(), late: z.int() }),
  }),
  getRightsRequest: endpoint({
    method: 'GET',
    path: '/rights/requests/{requestId}',
    summary: 'One request, with what was done of it',
    access: 'rights:manage',
    params: requestParams,
    response: rightsRequestSchema,
  }),
  openRightsRequest: endpoint({
    method: 'POST',
    path: '/rights/requests',
    summary: 'Note what a customer asked by letter, by telephone or in a shop',
    access: 'rights:manage',
    status: 201,
    idempotent: true,
    body: z.strictObject({
      customerId: idSchema,
      kind: z.enum(rightsKinds),
      reason: words.describe('How it was asked, in their words, and why it is done for them.'),
    }),
    response: rightsRequestSchema,
  }),
  actOnRightsRequest: endpoint({
    method: 'POST',
    path: '/rights/requests/{requestId}/acts',
    summary: 'Identify who asks, add two months, begin the work, or close it with an answer',
    access: 'rights:manage',
    idempotent: true,
    params: requestParams,
    body: z.discriminatedUnion('act', [
      z.strictObject({ act: z.literal('identify'), identity: z.enum(['document', 'in_person', 'known']) }),
      z.strictObject({ act: z.literal('extend'), reason: words }),
      z.strictObject({ act: z.literal('start') }),
      z.strictObject({ act: z.literal('send') }),
      z.strictObject({ act: z.literal('close'), outcome: z.enum(['done', 'refused']), answer: words }),
    ]),
    response: rightsRequestSchema,
  }),
  getRightsArchive: endpoint({
    method: 'GET',
    path: '/rights/requests/{requestId}/archive',
    summary: 'The archive of a request, to hand it over in person',
    access: 'rights:manage',
    params: requestParams,
    produces: 'application/octet-stream',
  }),
  getRightsCertificate: endpoint({
    method: 'GET',
    path: '/rights/requests/{requestId}/certificate',
    summary: 'The certificate of an erasure, as a PDF',
    access: 'rights:manage',
    params: requestParams,
    query: z.strictObject({ locale: localeSchema.optional() }),
    produces: 'application/pdf',
  }),
  verifyCertificates: endpoint({
    method: 'GET',
    path: '/rights/certificates',
    summary: 'The chain of certificates as it was sealed, and whether it is what was written',
    access: 'rights:manage',
    response: z.strictObject({
      intact: z.boolean(),
      items: z.array(
        z.strictObject({
          number: z.int(),
          requestId: idSchema,
          content: z.string(),
          hash: z.string(),
          keyId: z.string(),
        }),
      ),
    }),
  }),
  getLegalRecords: endpoint({
    method: 'GET',
    path: '/rights/legal-records',
    summary: 'What the law keeps of an order, a quote or a withdrawal of somebody who was erased',
    access: 'rights:manage',
    query: z.strictObject({ reference: z.string().trim().min(3).max(40) }),
    response: z.strictObject({
      items: z.array(
        z.strictObject({
          law: z.string(),
          reference: z.string(),
          content: z.record(z.string(), z.unknown()),
          keptUntil: z.string(),
        }),
      ),
    }),
  }),
}
