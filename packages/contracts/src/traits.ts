import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { codeSchema, idSchema, instantSchema } from './scalars.ts'

export const traitKinds = ['interest', 'size', 'shop'] as const
export type TraitKind = (typeof traitKinds)[number]

/** What people say of themselves: it counts instead of what is computed. An empty list says nothing. */
export const declarationSchema = z
  .strictObject({
    interests: z.array(codeSchema).max(20).describe('Codes of categories.'),
    sizes: z
      .array(z.strictObject({ categoryCode: codeSchema, value: z.string().trim().min(1).max(20) }))
      .max(40)
      .refine((sizes) => new Set(sizes.map(({ categoryCode }) => categoryCode)).size === sizes.length),
    shopCode: codeSchema.nullable(),
  })
  .meta({ id: 'Declaration' })
export type Declaration = z.output<typeof declarationSchema>

const saidSchema = z
  .strictObject({ ...declarationSchema.shape, at: instantSchema })
  .nullable()
  .describe('What they said last; null when they never did.')

export const traitSchema = z
  .strictObject({
    kind: z.enum(traitKinds),
    key: z.string().describe('The code of a category, or of a shop.'),
    value: z.string().describe('The size; empty for the others.'),
    share: z
      .number()
      .nullable()
      .describe('Of all that speaks for one of its kind, from 0 to 1, the later the heavier; null when only said.'),
    bought: z.int().describe('Articles bought and kept; of a shop, orders bought or collected there.'),
    returned: z.int().describe('Articles that came back: they count against.'),
    seen: z.int().describe('How often it was looked at in the online shop.'),
    declared: z.boolean().describe('Whether they said it themselves.'),
    counts: z.boolean().describe('Whether segments, advisers and offers go by it.'),
  })
  .meta({ id: 'CustomerTrait' })
export type CustomerTrait = z.output<typeof traitSchema>

const distanceSchema = z.strictObject({ siteId: idSchema, km: z.number().nullable() }).nullable()

export const customerTraitsSchema = z
  .strictObject({
    traits: z.array(traitSchema),
    said: saidSchema,
    usualShop: distanceSchema,
    nearestShop: distanceSchema,
    knownBy: z
      .enum(['postal_code', 'department'])
      .nullable()
      .describe('How well it is known where they live; null when it is not.'),
  })
  .meta({ id: 'CustomerTraits' })
export type CustomerTraits = z.output<typeof customerTraitsSchema>

/** Part of what a shop sells, by where buyers live. */
export const catchmentSchema = z
  .strictObject({
    siteId: idSchema,
    since: instantSchema,
    orders: z.int(),
    located: z.int().describe('Orders whose buyer is known to live somewhere: shares are of these.'),
    codesFor: z
      .strictObject({ half: z.int(), most: z.int() })
      .describe('How many postal codes bring 50 % and 80 % of the sales.'),
    medianKm: z.number().nullable().describe('Half of the located sales come from nearer; null when it is not known.'),
    areas: z.array(
      z.strictObject({
        postalCode: z.string(),
        locality: z.string(),
        orders: z.int(),
        customers: z.int(),
        salesMinor: z.int(),
        share: z.number(),
        upTo: z.number().describe('The share of this and of all before it.'),
        km: z.number().nullable(),
        knownBy: z.enum(['postal_code', 'department']).nullable(),
      }),
    ),
  })
  .meta({ id: 'Catchment' })
export type Catchment = z.output<typeof catchmentSchema>

export const traitEndpoints = {
  getCustomerTraits: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/traits',
    summary: 'What interests a customer, their sizes, where they buy and how far that is',
    access: 'customers:read',
    params: z.strictObject({ customerId: idSchema }),
    response: customerTraitsSchema,
  }),
  declareForCustomer: endpoint({
    method: 'PUT',
    path: '/customers/{customerId}/declaration',
    summary: 'What a customer said of their interests, sizes and shop',
    access: 'customers:write',
    params: z.strictObject({ customerId: idSchema }),
    body: declarationSchema,
    response: z.strictObject({}),
  }),
  getMyTraits: endpoint({
    method: 'GET',
    path: '/account/traits',
    summary: 'What the signed-in customer said of themself, and what is computed of them',
    access: 'account',
    response: z.strictObject({ said: saidSchema, traits: z.array(traitSchema) }),
  }),
  declareForMe: endpoint({
    method: 'PUT',
    path: '/account/declaration',
    summary: 'The signed-in customer’s own word on their interests, sizes and shop',
    access: 'account',
    body: declarationSchema,
    response: z.strictObject({}),
  }),
  getCatchment: endpoint({
    method: 'GET',
    path: '/sites/{siteId}/catchment',
    summary: 'Where the buyers of a shop come from',
    access: 'customers:read',
    params: z.strictObject({ siteId: idSchema }),
    query: z.strictObject({ months: z.coerce.number().int().min(1).max(36).default(12) }),
    response: catchmentSchema,
  }),
}
