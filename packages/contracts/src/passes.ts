import { z } from 'zod'
import { cartSchema } from './carts.ts'
import { endpoint } from './endpoint.ts'
import { codeSchema, idSchema, instantSchema, localeSchema, moneySchema } from './scalars.ts'

/** A pass as people type it, with or without dash and in any case, or the whole secret of its link. */
export const passCodeSchema = z.string().trim().min(6).max(60)

/** A document on its way to another channel. */
export const passSchema = z
  .strictObject({
    /** Eight characters to read aloud, in two groups: `7K4M-9QXD`. */
    code: z.string(),
    /** The unguessable end of the link; opens the pass without a limit on attempts. */
    token: z.string(),
    link: z.string().describe('Address to open on another device; its QR code says the same.'),
    documentId: idSchema,
    kind: z.enum(['cart', 'quote']),
    quoteNumber: z.string().nullable(),
    quoteLink: z.string().nullable().describe('The page its buyer reads and accepts a quote on.'),
    channelCode: codeSchema.describe('The channel the document is in now.'),
    continuesIn: z.array(codeSchema).describe('The channels this one hands over to.'),
    itemCount: z.int(),
    subtotal: moneySchema,
    expiresAt: instantSchema.describe('Prices are kept until then.'),
    heldUntil: instantSchema.nullable(),
  })
  .meta({ id: 'Pass' })
export type Pass = z.infer<typeof passSchema>

const passParams = z.strictObject({ code: passCodeSchema })

export const passEndpoints = {
  createPass: endpoint({
    method: 'POST',
    path: '/passes',
    summary: 'Make a pass for a cart or a quote; prices are kept while it is valid, and a valid one is given again',
    access: 'public',
    status: 201,
    idempotent: true,
    body: z.strictObject({ cartId: idSchema, locale: localeSchema }),
    response: passSchema,
  }),
  getPass: endpoint({
    method: 'GET',
    path: '/passes/{code}',
    summary: 'What a pass carries; attempts by code are limited',
    access: 'public',
    params: passParams,
    query: z.strictObject({ locale: localeSchema }),
    response: passSchema,
  }),
  pickUpPass: endpoint({
    method: 'POST',
    path: '/passes/{code}/pick-up',
    summary: 'Continue the document of a pass in another channel: the same one, with its lines, prices and goods',
    access: 'public',
    params: passParams,
    body: z.strictObject({ channel: codeSchema, locale: localeSchema }),
    response: z.strictObject({ pass: passSchema, cart: cartSchema }),
  }),
  revokePass: endpoint({
    method: 'DELETE',
    path: '/passes/{code}',
    summary: 'Revoke a pass, by the secret of its link',
    access: 'public',
    status: 204,
    params: passParams,
  }),
  getPassQr: endpoint({
    method: 'GET',
    path: '/passes/{code}/qr',
    summary: 'The QR code of a pass, by the secret of its link, as SVG',
    access: 'public',
    params: passParams,
    query: z.strictObject({ locale: localeSchema }),
    produces: 'image/svg+xml',
  }),
}
