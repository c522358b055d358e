import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { paymentMethods } from './order-payments.ts'
import { idSchema, instantSchema, moneySchema } from './scalars.ts'

/** What a shop took and gave back at its counter, of one means of payment. */
const takingsSchema = z
  .strictObject({
    method: z.enum(paymentMethods),
    taken: moneySchema,
    /** In cash and on cards at the counter; what went onto a voucher stayed in the drawer. */
    givenBack: moneySchema,
  })
  .meta({ id: 'Takings' })
export type Takings = z.infer<typeof takingsSchema>

export const takingsEndpoints = {
  getTakings: endpoint({
    method: 'GET',
    path: '/sites/{siteId}/takings',
    summary:
      'What a shop sold over the counter, carried out or brought home, took and gave back, exchanges and returns of other shops’ orders included',
    access: 'orders:read',
    params: z.strictObject({ siteId: idSchema }),
    query: z.strictObject({ from: instantSchema, until: instantSchema.optional() }),
    response: z.strictObject({ saleCount: z.int(), means: z.array(takingsSchema) }),
  }),
} as const
