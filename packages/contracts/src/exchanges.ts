import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { lotsSchema } from './lots.ts'
import { immediateReturnBody } from './returns.ts'
import { idSchema, moneySchema, quantitySchema } from './scalars.ts'

/** What an exchange comes to, before it is made. */
export const exchangeSumsSchema = z
  .strictObject({
    /** What the articles that come back are worth. */
    credit: moneySchema,
    lines: z.array(
      z.strictObject({
        variantId: idSchema,
        sku: z.string(),
        name: z.string(),
        variantLabel: z.string(),
        imageUrl: z.string().nullable(),
        quantity: z.int(),
        unitPrice: moneySchema,
        lineTotal: moneySchema,
        /** The same product as one that comes back: its price stays what was paid. */
        priceKept: z.boolean(),
      }),
    ),
    total: moneySchema,
    /** To be paid by the customer; negative when it is given back. */
    difference: moneySchema,
  })
  .meta({ id: 'ExchangeSums' })
export type ExchangeSums = z.infer<typeof exchangeSumsSchema>

const replacements = z
  .array(z.strictObject({ variantId: idSchema, quantity: quantitySchema, lots: lotsSchema.optional() }))
  .min(1)
  .max(50)
const orderParams = z.strictObject({ orderId: idSchema })

export const exchangeEndpoints = {
  priceExchange: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/exchanges/price',
    summary: 'What an exchange would come to; nothing is changed',
    access: 'returns:write',
    params: orderParams,
    body: immediateReturnBody.extend({ replacements }),
    response: exchangeSumsSchema,
  }),
  exchangeArticles: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/exchanges',
    summary: 'Exchange articles in a shop: taken back and handed over at once, the difference paid or given back',
    access: 'returns:write',
    status: 201,
    idempotent: true,
    params: orderParams,
    body: immediateReturnBody.extend({
      replacements,
      /** How the difference is paid, when there is one to pay. */
      payments: z
        .array(
          z.strictObject({
            method: z.enum(['cash', 'terminal_card']),
            amountMinor: z.int().min(1),
            terminalReference: z.string().max(80).optional(),
          }),
        )
        .max(5)
        .default([]),
      /** By who received it as a present: its payer gets no money and no message. */
      gift: z.boolean().default(false),
      /** The difference that was shown; another one is refused. */
      expectedDifferenceMinor: z.int(),
    }),
    response: exchangeSumsSchema.extend({
      returnId: idSchema,
      number: z.string().describe('Number of the return, and of the exchange.'),
      refundState: z.enum(['pending', 'refunded', 'failed']),
    }),
  }),
}
