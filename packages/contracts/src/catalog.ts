import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import {
  codeSchema,
  cursorQuery,
  goodsKindSchema,
  gtinSchema,
  idSchema,
  instantSchema,
  localeSchema,
  moneySchema,
  pageOf,
  slugSchema,
  textSchema,
  vatClassSchema,
  unitPriceMinorSchema,
} from './scalars.ts'
import { withdrawalExceptionSchema } from './withdrawal-exceptions.ts'

/** A picture: a drawing recipe of our own, a file we keep, or an address it has in the system it came from. */
export const mediaSchema = z
  .strictObject({
    url: z.string().max(2_000),
    alt: textSchema,
  })
  .meta({ id: 'Media' })
export type Media = z.infer<typeof mediaSchema>

export const optionSchema = z.strictObject({
  code: codeSchema,
  name: textSchema,
  values: z
    .array(z.strictObject({ code: z.string().min(1).max(120), name: textSchema }))
    .min(1)
    .max(200),
})

const priceSchema = moneySchema
  .extend({ amountMinor: unitPriceMinorSchema })
  .meta({ id: 'PriceAmount', description: 'What something costs: an amount that is not negative.' })

export const variantInputSchema = z.strictObject({
  sku: z.string().trim().min(1).max(80),
  gtin: gtinSchema.nullable(),
  /** Option code → value code; empty for a product without options. */
  options: z.record(codeSchema, z.string().max(120)),
  weightGrams: z.int().min(0).max(2_000_000).nullable(),
  /** Price including VAT, the consumer's price in France. */
  price: priceSchema,
  compareAtPrice: priceSchema.nullable(),
  mediaIndex: z.int().min(0).nullable(),
})
export type VariantInput = z.infer<typeof variantInputSchema>

/**
 * A whole product as one writes it: by the editor of the back office, an import or the demo company.
 * The handle is the natural key: writing the same handle twice updates.
 */
export const productInputSchema = z
  .strictObject({
    handle: slugSchema,
    kind: goodsKindSchema.default('physical'),
    withdrawalException: withdrawalExceptionSchema
      .nullable()
      .optional()
      .describe('Why nobody may withdraw from its purchase (Code de la consommation, L221-28); null for most goods.'),
    name: textSchema.refine((text) => text.fr.length > 0 && text.fr.length <= 300),
    /** HTML, sanitised by the server. */
    description: textSchema,
    brand: z.string().max(120).nullable(),
    vatClass: vatClassSchema.default('standard'),
    categoryCodes: z.array(codeSchema).max(20),
    tags: z.array(z.string().min(1).max(120)).max(250),
    attributes: z.record(z.string().max(60), z.string().max(500)),
    options: z.array(optionSchema).max(3),
    media: z.array(mediaSchema).max(250),
    variants: z.array(variantInputSchema).min(1).max(2_000),
    /** Where and when it is sold: outside these dates it cannot be reached in that channel. */
    publications: z.array(
      z.strictObject({
        channelCode: codeSchema,
        from: instantSchema.nullable(),
        until: instantSchema.nullable(),
        opensAt: instantSchema
          .nullable()
          .optional()
          .describe(
            'Until then only whoever is entitled to early access buys it; null: everybody, as soon as it is shown.',
          ),
      }),
    ),
    seoTitle: textSchema.nullable(),
    seoDescription: textSchema.nullable(),
  })
  .meta({ id: 'ProductWrite' })
export type ProductInput = z.infer<typeof productInputSchema>

export const categorySchema = z
  .strictObject({
    code: codeSchema,
    parentCode: codeSchema.nullable(),
    name: textSchema,
    position: z.int().min(-1_000_000).max(1_000_000),
  })
  .meta({ id: 'Category' })
export type Category = z.infer<typeof categorySchema>

/** A product as the back office sees it: all languages, all channels, published or not. */
export const productSchema = productInputSchema
  .omit({ variants: true })
  .extend({
    id: idSchema,
    createdAt: instantSchema,
    updatedAt: instantSchema,
    /** Grows with each change; send it back to be told of a change made meanwhile. */
    revision: z.int(),
    variants: z.array(variantInputSchema.extend({ id: idSchema })),
  })
  .meta({ id: 'Product' })
export type Product = z.infer<typeof productSchema>

export const productSummarySchema = z
  .strictObject({
    id: idSchema,
    handle: slugSchema,
    kind: goodsKindSchema,
    name: z.string(),
    brand: z.string().nullable(),
    imageUrl: z.string().nullable(),
    variantCount: z.int(),
    priceFrom: moneySchema.nullable(),
    available: z.int().describe('Units available to promise over all places.'),
    channelCodes: z.array(codeSchema),
    updatedAt: instantSchema,
  })
  .meta({ id: 'ProductSummary' })
export type ProductSummary = z.infer<typeof productSummarySchema>

export const catalogEndpoints = {
  listCategories: endpoint({
    method: 'GET',
    path: '/categories',
    summary: 'The tree of categories',
    access: 'public',
    response: z.strictObject({ items: z.array(categorySchema) }),
  }),
  listCatalogProducts: endpoint({
    method: 'GET',
    path: '/catalog/products',
    summary: 'All products, published or not',
    access: 'catalog:read',
    query: z.strictObject({
      ...cursorQuery,
      locale: localeSchema,
      q: z.string().trim().max(200).optional(),
      category: codeSchema.optional(),
      channel: codeSchema.optional(),
      publication: z.enum(['published', 'unpublished']).optional(),
      sort: z.enum(['name', 'updated', 'price', 'available']).default('updated'),
      order: z.enum(['asc', 'desc']).default('desc'),
    }),
    response: pageOf(productSummarySchema).extend({ total: z.int() }),
  }),
  getCatalogProduct: endpoint({
    method: 'GET',
    path: '/catalog/products/{productId}',
    summary: 'One product, with everything that can be edited',
    access: 'catalog:read',
    params: z.strictObject({ productId: idSchema }),
    response: productSchema,
  }),
  createProduct: endpoint({
    method: 'POST',
    path: '/catalog/products',
    summary: 'Create a product',
    access: 'catalog:write',
    status: 201,
    idempotent: true,
    body: productInputSchema,
    response: productSchema,
    bodyLimit: 2_000_000,
  }),
  updateProduct: endpoint({
    method: 'PUT',
    path: '/catalog/products/{productId}',
    summary: 'Replace a product; variants keep their identity by SKU',
    access: 'catalog:write',
    params: z.strictObject({ productId: idSchema }),
    query: z.strictObject({ revision: z.coerce.number().int().optional() }),
    body: productInputSchema,
    response: productSchema,
    bodyLimit: 2_000_000,
  }),
  putCategory: endpoint({
    method: 'PUT',
    path: '/categories/{code}',
    summary: 'Create or change a category',
    access: 'catalog:write',
    params: z.strictObject({ code: codeSchema }),
    body: categorySchema.omit({ code: true }),
    response: categorySchema,
  }),
}
