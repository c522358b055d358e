import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { orderSchema } from './orders.ts'
import { idSchema, instantSchema, localeSchema, moneySchema, postalAddressSchema } from './scalars.ts'

/** Why something of an order cannot be changed any more. */
export const changeRefusals = [
  'started',
  'left',
  'ended',
  'in_shop',
  'window',
  'mixed',
  'company',
  'payment',
  'meanwhile',
  'more',
] as const
export type ChangeRefusal = (typeof changeRefusals)[number]

const refusal = z.enum(changeRefusals).nullable().describe('Why not; null when it can be.')

export const orderChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('line'), name: z.string(), from: z.int(), to: z.int() }),
  z.strictObject({
    kind: z.literal('substitute'),
    name: z.string(),
    quantity: z.int(),
    instead: z.string().nullable().describe('What stands in; null: nothing, it is refunded.'),
  }),
  z.strictObject({ kind: z.literal('address'), from: postalAddressSchema.nullable(), to: postalAddressSchema }),
])
export type OrderChange = z.infer<typeof orderChangeSchema>

export const changeableSchema = z
  .strictObject({
    orderId: idSchema,
    number: z.string(),
    /** Sent back with a change, so that two who change at once do not undo each other. */
    revision: z.int(),
    address: postalAddressSchema.nullable(),
    addressRefusal: refusal,
    lines: z.array(
      z.strictObject({
        lineId: idSchema,
        name: z.string(),
        variantLabel: z.string(),
        imageUrl: z.string().nullable(),
        unitPrice: moneySchema,
        quantity: z.int(),
        refusal,
      }),
    ),
    /** What was changed before, newest first. */
    revisions: z.array(
      z.strictObject({
        revision: z.int(),
        changedAt: instantSchema,
        changedBy: z.enum(['customer', 'staff']),
        actor: z.string().nullable(),
        changes: z.array(orderChangeSchema),
        refund: moneySchema,
      }),
    ),
  })
  .meta({ id: 'ChangeableOrder' })
export type ChangeableOrder = z.infer<typeof changeableSchema>

const orderParams = z.strictObject({ orderId: idSchema })
const token = z.string().max(100).optional().describe('The access token of the order, for who is not signed in.')

export const orderChangeEndpoints = {
  getChangeable: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/changes',
    summary: 'What of an order can still be changed, and what was',
    access: 'public',
    params: orderParams,
    query: z.strictObject({ token, locale: localeSchema }),
    response: changeableSchema,
  }),
  changeOrder: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/changes',
    summary: 'Change an order before it is prepared: its address, fewer of an article, or an article less',
    access: 'public',
    idempotent: true,
    params: orderParams,
    body: z.strictObject({
      token,
      revision: z.int().min(1),
      address: postalAddressSchema.optional(),
      lines: z
        .array(z.strictObject({ lineId: idSchema, quantity: z.int().min(0).max(9_999) }))
        .max(200)
        .default([])
        .describe('The new quantity of each line that changes; none of it cancels the line.'),
      locale: localeSchema,
    }),
    response: orderSchema,
  }),
}
