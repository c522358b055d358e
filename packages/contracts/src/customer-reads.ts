import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { cursorQuery, idSchema, instantSchema, pageOf } from './scalars.ts'

/** What of a customer can be read: each is a screen, or a file. */
export const readScreens = ['profile', 'timeline', 'consents', 'orders', 'archive', 'card', 'visit_sheet'] as const
export type ReadScreen = (typeof readScreens)[number]

const readSchema = z
  .strictObject({
    reader: z.strictObject({ id: z.string(), kind: z.enum(['staff', 'api_key']), name: z.string() }),
    at: instantSchema.describe('The quarter of an hour in which it was read.'),
    screens: z.array(z.enum(readScreens)),
  })
  .meta({ id: 'CustomerRead' })
export type CustomerRead = z.infer<typeof readSchema>

const readOfSchema = readSchema.extend({ customerId: idSchema, customerName: z.string() })

export const customerReadEndpoints = {
  listReadsOfCustomer: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/reads',
    summary: 'Who read the data of a customer, the latest first',
    access: 'customers:read',
    params: z.strictObject({ customerId: idSchema }),
    query: z.strictObject(cursorQuery),
    response: pageOf(readSchema),
  }),
  listCustomerReads: endpoint({
    method: 'GET',
    path: '/customer-reads',
    summary: 'Who read the data of which customers, the latest first',
    access: 'users:manage',
    query: z.strictObject({
      ...cursorQuery,
      readerId: z.string().min(1).max(100).optional().describe('Of one member of staff, or API key.'),
      from: instantSchema.optional(),
      until: instantSchema.optional(),
    }),
    response: pageOf(readOfSchema),
  }),
}
