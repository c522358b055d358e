import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { lotsSchema } from './lots.ts'
import { fulfillmentSchema } from './fulfillment.ts'
import { idSchema, localeSchema, moneySchema } from './scalars.ts'
import { refusalReasonSchema } from './sourcing.ts'
import { substitutionWishSchema } from './substitution-wish.ts'

/** An article that may stand in for one that is missing. */
export const substituteSchema = z
  .strictObject({
    variantId: idSchema,
    sku: z.string(),
    gtin: z.string().nullable(),
    name: z.string(),
    variantLabel: z.string(),
    imageUrl: z.string().nullable(),
    available: z.int().describe('Units that can be promised at the place of the preparation.'),
    price: moneySchema.describe('What it costs in the channel of the order.'),
    charged: moneySchema.describe('What its buyer pays for it: never more than for the article they ordered.'),
  })
  .meta({ id: 'Substitute' })
export type Substitute = z.infer<typeof substituteSchema>

export const substitutesSchema = z
  .strictObject({
    wish: substitutionWishSchema
      .nullable()
      .describe('What its buyer said at the checkout; null: they were not asked, and are to be called.'),
    phone: z.string().nullable().describe('Whom to call.'),
    ordered: moneySchema.describe('The unit price of the article that is missing.'),
    items: z.array(substituteSchema).describe('Of the same category and in stock at that place, nearest price first.'),
  })
  .meta({ id: 'Substitutes' })
export type Substitutes = z.infer<typeof substitutesSchema>

const lineParams = z.strictObject({ fulfillmentId: idSchema, lineId: idSchema })

export const substitutionEndpoints = {
  listSubstitutes: endpoint({
    method: 'GET',
    path: '/fulfillments/{fulfillmentId}/lines/{lineId}/substitutes',
    summary: 'What can stand in for an article that is missing, and what its buyer wishes',
    access: 'fulfillment:write',
    params: lineParams,
    query: z.strictObject({ locale: localeSchema }),
    response: substitutesSchema,
  }),
  substituteLine: endpoint({
    method: 'POST',
    path: '/fulfillments/{fulfillmentId}/substitutions',
    summary: 'An article of a pick-up is missing: another stands in for it, or it is refunded; its buyer is told',
    access: 'fulfillment:write',
    status: 201,
    idempotent: true,
    params: z.strictObject({ fulfillmentId: idSchema }),
    body: z.strictObject({
      lineId: idSchema,
      quantity: z.int().min(1).max(9_999).optional().describe('Units that are missing; all of the line when left out.'),
      reason: refusalReasonSchema.describe('Why; it puts the right quantity right.'),
      lots: lotsSchema.optional().describe('Which of a followed article are missing or damaged.'),
      variantId: idSchema.nullable().describe('The article that stands in; null: what is missing is refunded.'),
      agreed: z.boolean().default(false).describe('Its buyer was called and agreed; needed unless they had accepted.'),
      askToPay: z
        .boolean()
        .default(false)
        .describe(
          'A dearer article is kept, and its buyer asked to pay the difference; refused or unanswered, what is missing is refunded.',
        ),
    }),
    response: z
      .strictObject({
        outcome: z.enum(['substituted', 'refunded', 'order_cancelled', 'asked']),
        refund: moneySchema,
        changeId: idSchema.nullable().describe('The change of the order its buyer is asked for.'),
        fulfillment: fulfillmentSchema,
      })
      .meta({ id: 'SubstitutedLine' }),
  }),
  refuseSubstitute: endpoint({
    method: 'DELETE',
    path: '/fulfillments/{fulfillmentId}/substitutions/{lineId}',
    summary: 'Its buyer does not want what stands in: it stays in the shop and is refunded',
    access: 'fulfillment:write',
    params: lineParams,
    response: z
      .strictObject({
        outcome: z.enum(['refunded', 'order_cancelled']),
        refund: moneySchema,
        fulfillment: fulfillmentSchema,
      })
      .meta({ id: 'RefusedSubstitute' }),
  }),
}
