import { z } from 'zod'
import { cartSchema } from './carts.ts'
import { endpoint } from './endpoint.ts'
import { codeSchema, idSchema, instantSchema, localeSchema, moneySchema, quantitySchema } from './scalars.ts'

/** Most lines a quick order takes. */
export const quickOrderLines = 500

/** What keeps a line of a quick order from being ordered as it is. */
export const quickOrderProblems = ['unknown', 'no_quantity', 'not_sold', 'short', 'too_many_lines'] as const

export const quickOrderLineSchema = z
  .strictObject({
    /** Number of the line as it was given, from 1. */
    position: z.int(),
    text: z.string(),
    code: z.string(),
    quantity: z.int(),
    problem: z.enum(quickOrderProblems).nullable(),
    article: z
      .strictObject({
        variantId: idSchema,
        productId: idSchema,
        sku: z.string(),
        name: z.string(),
        variantLabel: z.string(),
        unitNet: moneySchema.describe('Without VAT, from the company’s list.'),
        available: z.int(),
      })
      .nullable(),
    /** SKUs that look like what was given. */
    suggestions: z.array(z.strictObject({ sku: z.string(), name: z.string() })),
  })
  .meta({ id: 'QuickOrderLine' })
export type QuickOrderLine = z.infer<typeof quickOrderLineSchema>

const savedListSchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    lines: z.array(z.strictObject({ sku: z.string(), quantity: z.int() })),
    createdBy: z.string(),
    updatedAt: instantSchema,
  })
  .meta({ id: 'SavedList' })
export type SavedList = z.infer<typeof savedListSchema>

const companyParams = z.strictObject({ companyId: idSchema })
const savedLists = z.strictObject({ items: z.array(savedListSchema) })

export const quickOrderEndpoints = {
  readQuickOrder: endpoint({
    method: 'POST',
    path: '/companies/{companyId}/quick-orders',
    summary: 'Read a list of SKUs or GTINs with quantities, in any separation, and say line by line what it finds',
    access: 'company',
    params: companyParams,
    body: z.strictObject({
      channel: codeSchema,
      locale: localeSchema,
      text: z.string().min(1).max(60_000).describe('One article a line: code and quantity, in either order.'),
    }),
    response: z.strictObject({
      lines: z.array(quickOrderLineSchema),
      /** What can be ordered as it is: lines of one article are joined. */
      ready: z.array(z.strictObject({ variantId: idSchema, quantity: quantitySchema })),
      net: moneySchema,
    }),
  }),
  addCartLines: endpoint({
    method: 'POST',
    path: '/carts/{cartId}/lines',
    summary: 'Put many articles into a cart at once, beside what is in it',
    access: 'public',
    params: z.strictObject({ cartId: idSchema }),
    query: z.strictObject({ locale: localeSchema }),
    body: z.strictObject({
      lines: z
        .array(z.strictObject({ variantId: idSchema, quantity: quantitySchema }))
        .min(1)
        .max(quickOrderLines),
    }),
    response: cartSchema,
  }),
  listSavedLists: endpoint({
    method: 'GET',
    path: '/companies/{companyId}/lists',
    summary: 'The lists a company orders again',
    access: 'company',
    params: companyParams,
    response: savedLists,
  }),
  saveList: endpoint({
    method: 'POST',
    path: '/companies/{companyId}/lists',
    summary: 'Keep a list to order it again; one of the same name is replaced',
    access: 'company',
    status: 201,
    idempotent: true,
    params: companyParams,
    body: z.strictObject({
      name: z.string().trim().min(1).max(80),
      lines: z
        .array(z.strictObject({ sku: z.string().min(1).max(80), quantity: quantitySchema }))
        .min(1)
        .max(quickOrderLines),
    }),
    response: savedLists,
  }),
  deleteSavedList: endpoint({
    method: 'DELETE',
    path: '/companies/{companyId}/lists/{listId}',
    summary: 'Forget a list',
    access: 'company',
    params: companyParams.extend({ listId: idSchema }),
    response: savedLists,
  }),
}
