import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { cursorQuery, idSchema, instantSchema, pageOf, postalAddressSchema } from './scalars.ts'

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
}
