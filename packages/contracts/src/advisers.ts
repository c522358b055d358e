import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { codeSchema, cursorQuery, idSchema, instantSchema, locales, pageOf } from './scalars.ts'

const settingsShape = {
  languages: z.array(z.enum(locales)).min(1).max(locales.length),
  categoryCodes: z.array(codeSchema).max(50).describe('Categories of goods they know well.'),
  mostCustomers: z.int().min(1).max(10_000),
  active: z.boolean(),
}

export const adviserSchema = z
  .strictObject({
    accountId: idSchema,
    name: z.string(),
    siteNames: z.array(z.string()).describe('Shops they work in; empty: all.'),
    ...settingsShape,
    customers: z.int().describe('Whom they look after today.'),
  })
  .meta({ id: 'Adviser' })
export type Adviser = z.infer<typeof adviserSchema>

/** Why somebody was chosen, in the order it counted. */
export const adviserReasonSchema = z.strictObject({
  language: z.enum(locales).describe('That of the customer.'),
  speaks: z.boolean(),
  siteName: z.string().nullable().describe('The nearest of their shops.'),
  usualShop: z.boolean().optional().describe('Whether it is where the customer buys as a rule.'),
  km: z
    .int()
    .nullable()
    .describe(
      'As the crow flies from the customer’s postal code, or from the chief town of their département; null when not known.',
    ),
  categoryCodes: z.array(z.string()).describe('What the customer buys that they know.'),
  customers: z.int().describe('Whom they looked after then.'),
  among: z.int().describe('How many had room.'),
})
export type AdviserReason = z.infer<typeof adviserReasonSchema>

const customerAdviserSchema = z
  .strictObject({
    adviser: z.strictObject({ accountId: idSchema, name: z.string() }).nullable(),
    reason: adviserReasonSchema.nullable().describe('Null when somebody decided.'),
    actor: z.string().nullable(),
    at: instantSchema.nullable(),
  })
  .meta({ id: 'CustomerAdviser' })
export type CustomerAdviser = z.infer<typeof customerAdviserSchema>

const customerParams = z.strictObject({ customerId: idSchema })
const adviserParams = z.strictObject({ accountId: idSchema })

export const adviserEndpoints = {
  listAdvisers: endpoint({
    method: 'GET',
    path: '/advisers',
    summary: 'Members of staff who look after customers',
    access: 'customers:read',
    response: z.strictObject({ items: z.array(adviserSchema) }),
  }),
  putAdviser: endpoint({
    method: 'PUT',
    path: '/advisers/{accountId}',
    summary: 'Say what a member of staff advises on, and how many customers they take',
    access: 'users:manage',
    params: adviserParams,
    body: z.strictObject(settingsShape),
    response: adviserSchema,
  }),
  listAdvisedCustomers: endpoint({
    method: 'GET',
    path: '/advisers/{accountId}/customers',
    summary: 'The customers a member of staff looks after, the latest first',
    access: 'customers:read',
    params: adviserParams,
    query: z.strictObject(cursorQuery),
    response: pageOf(z.strictObject({ customerId: idSchema, name: z.string(), since: instantSchema })),
  }),
  getCustomerAdviser: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/adviser',
    summary: 'Who looks after a customer, and why they were chosen',
    access: 'customers:read',
    params: customerParams,
    response: customerAdviserSchema,
  }),
  setCustomerAdviser: endpoint({
    method: 'PUT',
    path: '/customers/{customerId}/adviser',
    summary: 'Give a customer to an adviser, or to nobody',
    access: 'customers:write',
    params: customerParams,
    body: z.strictObject({ accountId: idSchema.nullable() }),
    response: customerAdviserSchema,
  }),
  getMyAdviser: endpoint({
    method: 'GET',
    path: '/account/adviser',
    summary: 'Who looks after the signed-in customer',
    access: 'account',
    response: z.strictObject({
      adviser: z
        .strictObject({ name: z.string(), siteName: z.string().nullable(), phone: z.string().nullable() })
        .nullable(),
    }),
  }),
}
