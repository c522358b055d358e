import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import {
  codeSchema,
  cursorQuery,
  idSchema,
  instantSchema,
  localeSchema,
  pageOf,
  postalAddressSchema,
} from './scalars.ts'

export const customerSchema = z
  .strictObject({
    id: idSchema,
    kind: z.enum(['person', 'company']),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    address: postalAddressSchema.nullable(),
    locale: z.enum(['fr', 'en']),
    createdAt: instantSchema,
  })
  .meta({ id: 'Customer' })
export type Customer = z.infer<typeof customerSchema>

/** By what a customer can be recognised, and what else is learned of them. */
export const learntKinds = [
  'account',
  'email',
  'phone',
  'reference',
  'card',
  'marketplace',
  'social',
  'device',
  'name',
  'address',
] as const
export const identifierKinds = ['email', 'phone', 'reference', 'card', 'marketplace', 'social', 'device'] as const

/** Who decided that two are one: somebody, a rule for what cannot be otherwise, or the device both used. */
export const mergeRules = ['staff', 'exact', 'device'] as const

export const customerProfileSchema = z
  .strictObject({
    customer: customerSchema,
    values: z.array(
      z.strictObject({
        kind: z.enum(learntKinds),
        value: z.string(),
        source: z.string().describe('What it was said in: order, import, form, card …'),
        channelCode: z.string().nullable(),
        firstAt: instantSchema,
        lastAt: instantSchema,
        current: z.boolean().describe('Whether it is the latest of its kind.'),
        memberId: idSchema.describe('Of whom it was learned, of those merged.'),
        sharedBy: z.int().nullable().describe('So many people have it that it says nothing of who somebody is.'),
      }),
    ),
    members: z
      .array(
        z.strictObject({
          id: idSchema,
          name: z.string(),
          mergedInto: idSchema,
          brought: z.int().describe('How many came along that had been merged into them before.'),
          rule: z.enum(mergeRules),
          note: z.string().nullable(),
          actor: z.string().nullable(),
          at: instantSchema,
        }),
      )
      .describe('Who was merged into this customer.'),
    history: z.array(
      z.strictObject({
        act: z.enum(['merged', 'unmerged']),
        memberId: idSchema,
        name: z.string(),
        rule: z.enum(mergeRules),
        note: z.string().nullable(),
        actor: z.string().nullable(),
        at: instantSchema,
      }),
    ),
  })
  .meta({ id: 'CustomerProfile' })
export type CustomerProfile = z.infer<typeof customerProfileSchema>

export const identifyInputSchema = z.strictObject({
  identifiers: z
    .array(z.strictObject({ kind: z.enum(identifierKinds), value: z.string().trim().min(1).max(254) }))
    .min(1)
    .max(20),
  name: z.string().trim().min(1).max(200).optional(),
  address: postalAddressSchema.optional(),
  locale: localeSchema,
  channelCode: codeSchema.optional(),
  source: codeSchema.describe('What was done: sign-in, form, card, app …'),
  at: instantSchema.optional(),
})
export type IdentifyInput = z.output<typeof identifyInputSchema>

const customerParams = z.strictObject({ customerId: idSchema })
const noteSchema = z.string().trim().max(500).optional()

export const customerEndpoints = {
  listCustomers: endpoint({
    method: 'GET',
    path: '/customers',
    summary: 'Customers, by name, e-mail or phone',
    access: 'customers:read',
    query: z.strictObject({ ...cursorQuery, q: z.string().trim().max(200).optional() }),
    response: pageOf(customerSchema),
  }),
  getCustomer: endpoint({
    method: 'GET',
    path: '/customers/{customerId}',
    summary: 'One customer',
    access: 'customers:read',
    params: z.strictObject({ customerId: idSchema }),
    response: customerSchema,
  }),
  getCustomerProfile: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/profile',
    summary: 'What is known of a customer, from where and since when',
    access: 'customers:read',
    params: customerParams,
    response: customerProfileSchema,
  }),
  identifyCustomer: endpoint({
    method: 'POST',
    path: '/customers/identify',
    summary: 'Somebody was seen: find or make the customer, and keep what is new',
    access: 'customers:write',
    idempotent: true,
    body: identifyInputSchema,
    response: z.strictObject({ customerId: idSchema, created: z.boolean() }),
  }),
  mergeCustomers: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/merge',
    summary: 'Make another customer and this one the same; this one stays',
    access: 'customers:write',
    idempotent: true,
    params: customerParams,
    body: z.strictObject({ otherId: idSchema, note: noteSchema }),
    response: z.strictObject({ customerId: idSchema, memberId: idSchema }),
  }),
  unmergeCustomer: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/unmerge',
    summary: 'Take the merge of a customer back: both are as they were',
    access: 'customers:write',
    idempotent: true,
    params: customerParams,
    body: z.strictObject({ note: noteSchema }),
    response: z.strictObject({ customerId: idSchema }),
  }),
}
