import { z } from 'zod'
import { idSchema, instantSchema, moneySchema } from './scalars.ts'

/** What came back of an order, as its order tells it. */
export const orderReturnSchema = z.strictObject({
  id: idSchema,
  number: z.string(),
  siteName: z.string(),
  createdAt: instantSchema,
  refund: moneySchema,
  carriage: moneySchema.describe('What of the refund is carriage.'),
  refundState: z.enum(['pending', 'refunded', 'failed']),
  lines: z.array(
    z.strictObject({
      lineId: idSchema,
      quantity: z.int(),
      reason: z.string(),
      disposition: z.string(),
      condition: z.string().nullable(),
      deduction: moneySchema.nullable(),
      deductionReason: z.string().nullable(),
    }),
  ),
})
