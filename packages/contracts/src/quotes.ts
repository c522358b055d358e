import { z } from 'zod'
import { deliveryMethodSchema } from './carts.ts'
import { endpoint } from './endpoint.ts'
import { giftSchema } from './gifts.ts'
import { agreedHourSchema } from './kept-hours.ts'
import { chosenHourSchema, contactSchema, timelineEntrySchema } from './orders.ts'
import { passSchema } from './passes.ts'
import {
  codeSchema,
  cursorQuery,
  dateSchema,
  idSchema,
  instantSchema,
  localeSchema,
  moneySchema,
  pageOf,
  postalAddressSchema,
  quantitySchema,
  unitPriceMinorSchema,
} from './scalars.ts'

/** A quote that became an order is `ordered`; its document then goes on as that order. */
export const quoteStates = [
  'draft',
  'to_approve',
  'approved',
  'sent',
  'accepted',
  'ordered',
  'refused',
  'expired',
] as const
export type QuoteState = (typeof quoteStates)[number]

/** What is proposed. Prices are per unit, VAT included, after discount. */
export const quoteInputSchema = z
  .strictObject({
    channel: codeSchema,
    locale: localeSchema,
    contact: contactSchema,
    company: z.string().trim().max(120).nullable().default(null),
    lines: z
      .array(
        z.strictObject({
          variantId: idSchema,
          quantity: quantitySchema,
          /** The negotiated price of one; the channel's own price when left out. */
          unitPriceMinor: unitPriceMinorSchema.optional(),
          note: z.string().trim().max(300).default(''),
        }),
      )
      .min(1)
      .max(100),
    delivery: z.strictObject({
      /** Files alone are downloaded, whatever is said here. */
      method: deliveryMethodSchema,
      siteId: idSchema.nullable().default(null),
      address: postalAddressSchema.nullable().default(null),
      /** What carriage was agreed to cost; the channel's own fee when left out. */
      feeMinor: unitPriceMinorSchema.optional(),
      windowId: idSchema.optional().describe('The window it is brought in, kept from now on; needs an address.'),
      slotId: idSchema.optional().describe('The time at the drive of the shop it is picked up in, kept from now on.'),
    }),
    appointment: chosenHourSchema
      .nullable()
      .default(null)
      .describe('An hour of a service that goes with one of the articles, kept from now on.'),
    gift: giftSchema.nullable().default(null).describe('Proposed where it is paid; its buyer may say otherwise there.'),
    notes: z.string().trim().max(2_000).default(''),
    validUntil: dateSchema.describe('The last day it can be accepted.'),
    /** Whether its goods are put aside until then, from its sending on. */
    keepGoods: z.boolean().default(false),
  })
  .meta({ id: 'QuoteDraft' })
export type QuoteInput = z.output<typeof quoteInputSchema>

export const quoteLineSchema = z
  .strictObject({
    variantId: idSchema,
    /** Null for what its channel does not sell any more. */
    productId: idSchema.nullable(),
    sku: z.string(),
    name: z.string(),
    variantLabel: z.string(),
    imageUrl: z.string().nullable(),
    quantity: z.int(),
    listPrice: moneySchema,
    unitPrice: moneySchema,
    lineTotal: moneySchema,
    discountBasisPoints: z.int(),
    vatRateBasisPoints: z.int(),
    note: z.string(),
  })
  .meta({ id: 'QuoteLine' })
export type QuoteLine = z.infer<typeof quoteLineSchema>

export const quoteRevisionSchema = z
  .strictObject({
    revision: z.int(),
    /** SHA-256 over what it says and the revision before: what was accepted can be proven. */
    hash: z.string(),
    author: z.string().nullable(),
    createdAt: instantSchema,
    sentAt: instantSchema.nullable(),
    approval: z.enum(['asked', 'given', 'denied']).nullable(),
    approvedBy: z.string().nullable(),
    /** Whether its discounts go over what may be granted without approval. */
    overLimit: z.boolean(),
    contact: contactSchema,
    company: z.string().nullable(),
    lines: z.array(quoteLineSchema),
    delivery: z.strictObject({
      method: deliveryMethodSchema,
      siteId: idSchema.nullable(),
      siteName: z.string().nullable(),
      address: postalAddressSchema.nullable(),
      fee: moneySchema,
      windowId: idSchema.nullable(),
      slotId: idSchema.nullable(),
    }),
    appointment: chosenHourSchema.nullable(),
    /** The hours it names, and until when they are kept. */
    hours: z.array(agreedHourSchema),
    gift: giftSchema.nullable().describe('Set when it is to be given to somebody.'),
    notes: z.string(),
    validUntil: dateSchema,
    keepGoods: z.boolean(),
    subtotal: moneySchema,
    discount: moneySchema,
    total: moneySchema,
    vatByRate: z.array(z.strictObject({ rateBasisPoints: z.int(), base: moneySchema, vat: moneySchema })),
  })
  .meta({ id: 'QuoteRevision' })
export type QuoteRevision = z.infer<typeof quoteRevisionSchema>

export const quoteSchema = z
  .strictObject({
    id: idSchema,
    number: z.string(),
    state: z.enum(quoteStates),
    channelCode: codeSchema,
    locale: z.enum(['fr', 'en']),
    revision: z.int(),
    /** Newest first; whoever is no staff sees the current one only. */
    revisions: z.array(quoteRevisionSchema),
    accepted: z.strictObject({ revision: z.int(), by: z.string().nullable(), at: instantSchema }).nullable(),
    reason: z.string().nullable(),
    order: z.strictObject({ id: idSchema, number: z.string(), accessToken: z.string() }).nullable(),
    /** How it is opened elsewhere, once sent. */
    pass: passSchema.nullable(),
    /** The page its buyer accepts it on. */
    link: z.string(),
    heldUntil: instantSchema.nullable(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
    timeline: z.array(timelineEntrySchema),
  })
  .meta({ id: 'Quote' })
export type Quote = z.infer<typeof quoteSchema>

export const quoteSummarySchema = z
  .strictObject({
    id: idSchema,
    number: z.string(),
    state: z.enum(quoteStates),
    channelCode: codeSchema,
    revision: z.int(),
    contactName: z.string(),
    company: z.string().nullable(),
    total: moneySchema,
    validUntil: instantSchema,
    updatedAt: instantSchema,
    author: z.string().nullable(),
  })
  .meta({ id: 'QuoteSummary' })
export type QuoteSummary = z.infer<typeof quoteSummarySchema>

/** What a quote comes to. */
export const quoteSumsSchema = z
  .strictObject({
    method: deliveryMethodSchema,
    fee: moneySchema.describe('What carriage costs: as agreed upon, or what the channel asks.'),
    subtotal: moneySchema,
    discount: moneySchema,
    total: moneySchema,
    vatByRate: z.array(z.strictObject({ rateBasisPoints: z.int(), base: moneySchema, vat: moneySchema })),
  })
  .meta({ id: 'QuoteSums' })
export type QuoteSums = z.infer<typeof quoteSumsSchema>

/** What anyone may grant without asking, and how long a quote is valid unless said otherwise. */
export const quoteRulesSchema = z
  .strictObject({
    mostDiscountBasisPoints: z.int().min(0).max(10_000),
    mostDiscountMinor: z.int().min(0),
    validityDays: z.int().min(1).max(365),
  })
  .meta({ id: 'QuoteRules' })
export type QuoteRules = z.infer<typeof quoteRulesSchema>

const quoteParams = z.strictObject({ quoteId: idSchema })
const tokenQuery = { token: z.string().max(100).optional(), locale: localeSchema }

export const quoteEndpoints = {
  listQuotes: endpoint({
    method: 'GET',
    path: '/quotes',
    summary: 'Quotes, last changed first',
    access: 'quotes:read',
    query: z.strictObject({
      ...cursorQuery,
      q: z.string().trim().max(200).optional().describe('Number, name, company or e-mail.'),
      state: z.enum(quoteStates).optional(),
    }),
    response: pageOf(quoteSummarySchema),
  }),
  createQuote: endpoint({
    method: 'POST',
    path: '/quotes',
    summary: 'Draw up a quote, or make one of a cart, which then is the same document',
    access: 'quotes:write',
    status: 201,
    idempotent: true,
    body: z.strictObject({ ...quoteInputSchema.shape, cartId: idSchema.optional() }),
    response: quoteSchema,
  }),
  getQuote: endpoint({
    method: 'GET',
    path: '/quotes/{quoteId}',
    summary: 'One quote, for staff or the holder of its token',
    access: 'public',
    params: quoteParams,
    query: z.strictObject(tokenQuery),
    response: quoteSchema,
  }),
  priceQuote: endpoint({
    method: 'POST',
    path: '/quotes/price',
    summary: 'What a quote that is being written would come to, its carriage with it; nothing is kept',
    access: 'quotes:write',
    body: quoteInputSchema.pick({ channel: true, locale: true, lines: true, delivery: true }),
    response: quoteSumsSchema,
  }),
  reviseQuote: endpoint({
    method: 'PUT',
    path: '/quotes/{quoteId}',
    summary: 'Change a quote: another revision, which replaces the one before once sent',
    access: 'quotes:write',
    params: quoteParams,
    body: z.strictObject({ ...quoteInputSchema.shape, basedOn: z.int().min(1) }),
    response: quoteSchema,
  }),
  sendQuote: endpoint({
    method: 'POST',
    path: '/quotes/{quoteId}/sending',
    summary: 'Send a revision to its buyer; over the limit, ask for approval first',
    access: 'quotes:write',
    idempotent: true,
    params: quoteParams,
    body: z.strictObject({ revision: z.int().min(1) }),
    response: quoteSchema,
  }),
  approveQuote: endpoint({
    method: 'POST',
    path: '/quotes/{quoteId}/approval',
    summary: 'Approve a revision over the limit, or deny it',
    access: 'quotes:approve',
    idempotent: true,
    params: quoteParams,
    body: z.strictObject({
      revision: z.int().min(1),
      approved: z.boolean(),
      reason: z.string().trim().max(500).default(''),
    }),
    response: quoteSchema,
  }),
  acceptQuote: endpoint({
    method: 'POST',
    path: '/quotes/{quoteId}/acceptance',
    summary: 'Accept a revision by name; it can then be paid, online or in a shop',
    access: 'public',
    idempotent: true,
    params: quoteParams,
    body: z.strictObject({
      token: z.string().max(100),
      revision: z.int().min(1),
      name: z.string().trim().min(1).max(120),
    }),
    response: quoteSchema,
  }),
  refuseQuote: endpoint({
    method: 'POST',
    path: '/quotes/{quoteId}/refusal',
    summary: 'Decline a quote, by its buyer or on their behalf',
    access: 'public',
    idempotent: true,
    params: quoteParams,
    body: z.strictObject({ token: z.string().max(100).optional(), reason: z.string().trim().max(500).default('') }),
    response: quoteSchema,
  }),
  getQuotePdf: endpoint({
    method: 'GET',
    path: '/quotes/{quoteId}/pdf',
    summary: 'A revision of a quote on paper (PDF, A4)',
    access: 'public',
    params: quoteParams,
    query: z.strictObject({ ...tokenQuery, revision: z.coerce.number().int().min(1).optional() }),
    produces: 'application/pdf',
  }),
  getQuoteRules: endpoint({
    method: 'GET',
    path: '/quote-rules',
    summary: 'What may be granted without approval',
    access: 'quotes:read',
    response: quoteRulesSchema,
  }),
  putQuoteRules: endpoint({
    method: 'PUT',
    path: '/quote-rules',
    summary: 'Set what may be granted without approval',
    access: 'quotes:approve',
    body: quoteRulesSchema,
    response: quoteRulesSchema,
  }),
}
