import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { emailSchema, idSchema, instantSchema, localeSchema, postalAddressSchema } from './scalars.ts'
import { placeSettingSchema } from './sourcing.ts'

/**
 * Suppliers who send to our customers for us. Such a supplier has a place like ours: what they tell us of their stock lies there,
 * the rules of sourcing know its delay and its costs, and what is sold from it is prepared there.
 */

const { leadDays, cutOff, dailyCapacity, handlingMinorPerUnit, marginKeptBasisPoints } = placeSettingSchema.shape

const addressSchema = postalAddressSchema.pick({ street: true, postalCode: true, locality: true, country: true })

const terms = {
  supplierName: z.string().trim().min(1).max(120),
  email: emailSchema.nullable().describe('Where orders are sent to.'),
  locale: localeSchema.describe('The language in which they are written to.'),
  address: addressSchema.describe('From where they send.'),
  ships: z.boolean().describe('Whether they are asked at all.'),
  sendsOrders: z
    .boolean()
    .describe('Orders go out to them by themselves, once a preparation of theirs is there; else as drafts.'),
  leadDays: leadDays.unwrap(),
  cutOff,
  parcelMinor: z
    .int()
    .min(0)
    .max(10_000_000)
    .nullable()
    .describe('What they ask for carrying one parcel; none: what carriage usually costs.'),
  handlingMinorPerUnit,
  marginKeptBasisPoints,
  dailyCapacity,
}

export const supplierPlaceSchema = z
  .strictObject({
    placeId: idSchema,
    placeCode: z.string().describe('The name of the place in files of stock.'),
    ...terms,
    address: z.strictObject({
      street: z.string(),
      postalCode: z.string(),
      locality: z.string(),
      country: z.string(),
    }),
    articles: z.int().describe('Articles of which they have some.'),
    units: z.int(),
    promised: z.int().describe('Of these, held or sold.'),
    openOrders: z.int().describe('Orders for customers that are not over.'),
    stockToldAt: instantSchema.nullable().describe('When they last told their stock through their file.'),
  })
  .meta({ id: 'SupplierPlace' })
export type SupplierPlace = z.infer<typeof supplierPlaceSchema>

const params = z.strictObject({ placeId: idSchema })

export const supplierPlaceEndpoints = {
  listSupplierPlaces: endpoint({
    method: 'GET',
    path: '/supplier-places',
    summary: 'Suppliers who send to our customers for us, with their terms and what they have',
    access: 'stock:read',
    response: z.strictObject({ items: z.array(supplierPlaceSchema) }),
  }),
  createSupplierPlace: endpoint({
    method: 'POST',
    path: '/supplier-places',
    summary: 'Declare that a supplier sends to our customers: its place, its delay, its costs',
    access: 'sourcing:write',
    status: 201,
    idempotent: true,
    body: z.strictObject(terms),
    response: supplierPlaceSchema,
  }),
  updateSupplierPlace: endpoint({
    method: 'PUT',
    path: '/supplier-places/{placeId}',
    summary: 'Change the terms of a supplier who sends for us; what was promised before stays as it was',
    access: 'sourcing:write',
    params,
    body: z.strictObject(terms),
    response: supplierPlaceSchema,
  }),
  tellSupplierStock: endpoint({
    method: 'PUT',
    path: '/supplier-places/{placeId}/stock',
    summary:
      'Tell what a supplier has, by SKU or GTIN: counted as on a shelf of ours, with what is already promised; the same file again changes nothing',
    access: 'stock:write',
    bodyLimit: 2_000_000,
    params,
    body: z.strictObject({
      lines: z
        .array(z.strictObject({ code: z.string().trim().min(1).max(64), units: z.int().min(0).max(1_000_000) }))
        .min(1)
        .max(10_000)
        .refine((lines) => new Set(lines.map(({ code }) => code)).size === lines.length, {
          error: 'lines.same_article_twice',
        }),
      complete: z.boolean().default(false).describe('What is not in the file, they have no more.'),
    }),
    response: z.strictObject({
      changed: z.int().describe('Articles whose number changed.'),
      unchanged: z.int(),
      emptied: z.int().describe('Articles that were not in a complete file, and had units.'),
      refused: z
        .array(z.strictObject({ code: z.string(), reason: z.enum(['unknown', 'same_article_twice', 'lots_followed']) }))
        .describe('Lines that were left out.'),
    }),
  }),
}
