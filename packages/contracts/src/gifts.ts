import { z } from 'zod'

/** What makes an order a gift: no paper in its parcel says a price, and a few words may go with it. */
export const giftSchema = z
  .strictObject({
    message: z.string().trim().max(300).describe('Printed on the packing slip as it was typed; may be empty.'),
  })
  .meta({ id: 'Gift' })
export type Gift = z.infer<typeof giftSchema>
