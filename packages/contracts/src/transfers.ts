import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { lotsSchema } from './lots.ts'
import { reasonCodeSchema } from './reason-codes.ts'
import { cursorQuery, dateSchema, idSchema, instantSchema, localeSchema, pageOf } from './scalars.ts'
import { documentUnits, eachArticleOnce, stockArticle } from './stock-articles.ts'

export const transferStates = ['requested', 'sent', 'received', 'cancelled'] as const
export type TransferState = (typeof transferStates)[number]

const head = {
  id: idSchema,
  number: z.string(),
  fromPlaceId: idSchema,
  fromPlaceName: z.string(),
  toPlaceId: idSchema,
  toPlaceName: z.string(),
  state: z.enum(transferStates),
  requestedAt: instantSchema,
  sentAt: instantSchema.nullable(),
  receivedAt: instantSchema.nullable(),
  expectedOn: dateSchema
    .nullable()
    .describe(
      'The day it arrives, once it has left: its units can be promised there from then on. Null: nobody knows.',
    ),
}

export const transferSummarySchema = z
  .strictObject({
    ...head,
    requestedUnits: z.int(),
    sentUnits: z.int(),
    receivedUnits: z.int(),
    inTransitUnits: z.int().describe('What has left and not arrived; nothing once it is received.'),
  })
  .meta({ id: 'TransferSummary' })
export type TransferSummary = z.infer<typeof transferSummarySchema>

const lineSchema = z.strictObject({
  ...stockArticle,
  requestedUnits: z.int(),
  sentUnits: z.int().nullable(),
  receivedUnits: z.int().nullable(),
  reasonCode: reasonCodeSchema.nullable().describe('Why what arrived is not what left.'),
})

export const transferSchema = z
  .strictObject({
    ...head,
    note: z.string().nullable(),
    requestedBy: z.string().nullable(),
    sentBy: z.string().nullable(),
    receivedBy: z.string().nullable(),
    lines: z.array(lineSchema),
  })
  .meta({ id: 'Transfer' })
export type Transfer = z.infer<typeof transferSchema>

export const transferInputSchema = z.strictObject({
  fromPlaceId: idSchema,
  toPlaceId: idSchema,
  note: z.string().trim().max(500).nullable(),
  lines: z
    .array(z.strictObject({ variantId: idSchema, requestedUnits: documentUnits }))
    .min(1)
    .max(500)
    .refine(eachArticleOnce, { error: 'lines.same_article_twice' }),
})
export type TransferInput = z.infer<typeof transferInputSchema>

const units = z.int().min(0).max(1_000_000)
const params = z.strictObject({ transferId: idSchema })

export const transferEndpoints = {
  listTransfers: endpoint({
    method: 'GET',
    path: '/transfers',
    summary: 'Goods that go from one place to another, newest first',
    access: 'stock:read',
    query: z.strictObject({
      ...cursorQuery,
      q: z.string().trim().max(200).optional().describe('Part of a number, or an SKU.'),
      state: z.enum(transferStates).optional(),
      placeId: idSchema.optional().describe('From or to this place.'),
    }),
    response: pageOf(transferSummarySchema),
  }),
  getTransfer: endpoint({
    method: 'GET',
    path: '/transfers/{transferId}',
    summary: 'A transfer: what was asked for, what left and what arrived',
    access: 'stock:read',
    params,
    query: z.strictObject({ locale: localeSchema }),
    response: transferSchema,
  }),
  requestTransfer: endpoint({
    method: 'POST',
    path: '/transfers',
    summary: 'Ask one place for goods for another',
    access: 'stock:write',
    status: 201,
    idempotent: true,
    body: transferInputSchema,
    response: transferSchema,
  }),
  sendTransfer: endpoint({
    method: 'POST',
    path: '/transfers/{transferId}/send',
    summary: 'Goods leave: they are in transit from now on',
    access: 'stock:write',
    idempotent: true,
    params,
    body: z.strictObject({
      lines: z
        .array(z.strictObject({ variantId: idSchema, units, lots: lotsSchema.optional() }))
        .max(500)
        .refine(eachArticleOnce, { error: 'lines.same_article_twice' })
        .refine((lines) => lines.some((line) => line.units > 0), { error: 'lines.nothing' })
        .describe('What leaves; nothing of a line that is not named.'),
      expectedOn: dateSchema.optional().describe('The day it arrives; two days later when nothing is said.'),
    }),
    response: transferSchema,
  }),
  receiveTransfer: endpoint({
    method: 'POST',
    path: '/transfers/{transferId}/receive',
    summary: 'Goods arrive; what is missing is written off with its reason',
    access: 'stock:receive',
    idempotent: true,
    params,
    body: z.strictObject({
      lines: z
        .array(
          z.strictObject({
            variantId: idSchema,
            units,
            reasonCode: reasonCodeSchema.nullable(),
            lots: lotsSchema.optional().describe('Which are missing, or came in excess, of a followed article.'),
          }),
        )
        .max(500)
        .refine(eachArticleOnce, { error: 'lines.same_article_twice' })
        .describe('What arrived: every line that left is named.'),
    }),
    response: transferSchema,
  }),
  rescheduleTransfer: endpoint({
    method: 'PUT',
    path: '/transfers/{transferId}/expected-date',
    summary: 'Say on which day goods in transit arrive; customers promised these units are told when it is later',
    access: 'stock:write',
    params,
    body: z.strictObject({ expectedOn: dateSchema.nullable() }),
    response: transferSchema,
  }),
  cancelTransfer: endpoint({
    method: 'POST',
    path: '/transfers/{transferId}/cancel',
    summary: 'Give up a transfer that has not left',
    access: 'stock:write',
    idempotent: true,
    params,
    body: z.strictObject({}),
    response: transferSchema,
  }),
}
