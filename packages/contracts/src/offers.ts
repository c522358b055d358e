import { z } from 'zod'
import { aheadKinds, soldAheadSchema } from './ahead.ts'
import { endpoint } from './endpoint.ts'
import {
  codeSchema,
  goodsKindSchema,
  idSchema,
  instantSchema,
  localeSchema,
  moneySchema,
  slugSchema,
} from './scalars.ts'
import { withdrawalExceptionSchema } from './withdrawal-exceptions.ts'

/** Why a price is what it is: the rules tried, in order, and the one kept (primitive 2 of the design). */
export const priceReasonSchema = z
  .strictObject({
    kept: z.string().describe('Code of the rule that decided.'),
    tried: z.array(z.strictObject({ rule: z.string(), outcome: z.enum(['kept', 'passed']), detail: z.string() })),
  })
  .meta({ id: 'PriceReason' })

export const shopAvailabilitySchema = z
  .strictObject({
    siteId: idSchema,
    siteName: z.string(),
    locality: z.string(),
    available: z.int(),
    /** When a pick-up ordered now would be ready, by the shop's opening hours; null where it cannot be. */
    readyAt: instantSchema.nullable(),
  })
  .meta({ id: 'ShopAvailability' })
export type ShopAvailability = z.infer<typeof shopAvailabilitySchema>

const opensAtSchema = instantSchema
  .nullable()
  .describe('From when on everybody may buy it: until then, whoever is entitled to early access. Null: now.')

export const offerCardSchema = z
  .strictObject({
    productId: idSchema,
    handle: slugSchema,
    name: z.string(),
    brand: z.string().nullable(),
    imageUrl: z.string().nullable(),
    imageAlt: z.string(),
    priceFrom: moneySchema,
    /** Whether variants differ in price: the screen then says "from". */
    priceVaries: z.boolean(),
    compareAtPrice: moneySchema.nullable(),
    availability: z.enum(['in_stock', 'low_stock', 'out_of_stock', ...aheadKinds]),
    /** Set when there is one variant only: it can go into the basket from the list. */
    variantId: idSchema.nullable(),
    opensAt: opensAtSchema,
  })
  .meta({ id: 'OfferCard' })
export type OfferCard = z.infer<typeof offerCardSchema>

export const facetSchema = z
  .strictObject({
    code: z.string().describe('`brand`, `category`, `price`, `inStock`, `shop` or `option.<code>`.'),
    name: z.string(),
    values: z.array(z.strictObject({ value: z.string(), label: z.string(), count: z.int(), selected: z.boolean() })),
  })
  .meta({ id: 'Facet' })
export type Facet = z.infer<typeof facetSchema>

export const offeredVariantSchema = z
  .strictObject({
    variantId: idSchema,
    sku: z.string(),
    gtin: z.string().nullable(),
    options: z.record(z.string(), z.string()),
    label: z.string().describe('Option values in words: “Bleu lagon · M”. Empty without options.'),
    price: moneySchema,
    compareAtPrice: moneySchema.nullable(),
    priceReason: priceReasonSchema,
    imageUrl: z.string().nullable(),
    weightGrams: z.int().nullable(),
    /** Units this channel may promise for delivery. */
    deliverable: z.int(),
    shops: z.array(shopAvailabilitySchema),
    ahead: soldAheadSchema
      .extend({ orderable: z.int().describe('Units that can be ordered so.') })
      .nullable()
      .describe('Set when it is sold before it is there.'),
  })
  .meta({ id: 'OfferedVariant' })
export type OfferedVariant = z.infer<typeof offeredVariantSchema>

export const productPageSchema = z
  .strictObject({
    productId: idSchema,
    handle: slugSchema,
    kind: goodsKindSchema,
    withdrawalException: withdrawalExceptionSchema.nullable().describe('Why nobody may withdraw from its purchase.'),
    name: z.string(),
    descriptionHtml: z.string().describe('Sanitised by the server.'),
    brand: z.string().nullable(),
    categories: z.array(z.strictObject({ code: codeSchema, name: z.string() })),
    attributes: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    media: z.array(z.strictObject({ url: z.string(), alt: z.string() })),
    options: z.array(
      z.strictObject({
        code: codeSchema,
        name: z.string(),
        values: z.array(z.strictObject({ code: z.string(), name: z.string() })),
      }),
    ),
    variants: z.array(offeredVariantSchema),
    vatRateBasisPoints: z.int(),
    opensAt: opensAtSchema,
    seoTitle: z.string(),
    seoDescription: z.string(),
    related: z.array(offerCardSchema),
  })
  .meta({ id: 'ProductPage' })
export type ProductPage = z.infer<typeof productPageSchema>

/** One value or several, as a query string repeats them: `?brand=A&brand=B`. */
const several = z
  .union([z.string().max(120), z.array(z.string().max(120)).max(30)])
  .optional()
  .transform((value) => (value === undefined ? [] : typeof value === 'string' ? [value] : value))

export const offerSorts = ['relevance', 'price_asc', 'price_desc', 'name', 'newest'] as const

export const offerEndpoints = {
  listOffers: endpoint({
    method: 'GET',
    path: '/offers',
    summary: 'What one channel sells now: list, search and counted facets',
    access: 'public',
    query: z.strictObject({
      channel: codeSchema,
      locale: localeSchema,
      q: z.string().trim().max(200).optional(),
      category: codeSchema.optional(),
      brand: several,
      /** `code:value`, repeated: `option=size:m&option=colour:blue`. */
      option: several,
      priceMin: z.coerce.number().int().min(0).optional().describe('Minor units.'),
      priceMax: z.coerce.number().int().min(0).optional().describe('Minor units.'),
      inStock: z.enum(['true', 'false']).optional(),
      shop: codeSchema.optional().describe('Only what this shop has in stock.'),
      sort: z.enum(offerSorts).default('relevance'),
      limit: z.coerce.number().int().min(1).max(100).default(24),
      cursor: z.string().max(500).optional(),
    }),
    response: z
      .strictObject({
        items: z.array(offerCardSchema),
        nextCursor: z.string().nullable(),
        total: z.int(),
        facets: z.array(facetSchema),
        /** The words actually searched, when a typo was mended. */
        correctedQuery: z.string().nullable(),
      })
      .meta({ id: 'OfferList' }),
  }),
  getOffer: endpoint({
    method: 'GET',
    path: '/offers/{handle}',
    summary: 'Product page data: variants, prices with their reason, stock in each shop',
    access: 'public',
    params: z.strictObject({ handle: slugSchema }),
    query: z.strictObject({ channel: codeSchema, locale: localeSchema }),
    response: productPageSchema,
  }),
  suggestOffers: endpoint({
    method: 'GET',
    path: '/offer-suggestions',
    summary: 'Up to eight products for what has been typed so far',
    access: 'public',
    query: z.strictObject({ channel: codeSchema, locale: localeSchema, q: z.string().trim().min(1).max(200) }),
    response: z.strictObject({ items: z.array(offerCardSchema) }),
  }),
  findOfferByGtin: endpoint({
    method: 'GET',
    path: '/offers-by-code/{code}',
    summary: 'The variant a scanned GTIN or a typed SKU names, as this channel sells it',
    access: 'public',
    params: z.strictObject({ code: z.string().min(1).max(80) }),
    query: z.strictObject({ channel: codeSchema, locale: localeSchema }),
    response: z.strictObject({ product: offerCardSchema, variant: offeredVariantSchema }),
  }),
}
