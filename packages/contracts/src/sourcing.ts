import { z } from 'zod'
import { aheadKinds } from './ahead.ts'
import { endpoint } from './endpoint.ts'
import { codeSchema, dateSchema, idSchema, instantSchema, quantitySchema } from './scalars.ts'

/**
 * Sourcing: which place serves which line of an order. The rules are data, read in order, that a screen edits and a table
 * stores; amounts are minor units. A rule left out or not enabled says nothing.
 */

const amountSchema = z.int().min(0).max(10_000_000)
const basisPointsSchema = z.int().min(0).max(10_000)
const rule = <Code extends string, Parameters extends z.ZodRawShape>(code: Code, parameters: Parameters) =>
  z.strictObject({ code: z.literal(code), enabled: z.boolean(), parameters: z.strictObject(parameters) })

export const sourcingRuleSchema = z.discriminatedUnion('code', [
  rule('same_shop', {
    pickupElsewhere: z
      .enum(['forbid', 'cost'])
      .describe('Whether another place may send to the shop where the buyer picks up.'),
    elsewhereMinor: amountSchema.describe('For each leg from elsewhere than the shop of the pick-up or of the sale.'),
  }),
  rule('nearest', {
    minorPer100Km: amountSchema.describe('Preference for near places, over what carriage costs.'),
    maxKm: z.number().positive().nullable().describe('Farther places are out; none: no limit.'),
  }),
  rule('fewest_parcels', {
    extraLegMinor: amountSchema.describe('For each parcel or pick-up after the first.'),
    maxLegs: z.int().min(1).max(99).nullable(),
  }),
  rule('margin', {
    weightBasisPoints: z
      .int()
      .min(0)
      .max(100_000)
      .describe('How much a margin left to others weighs: 10,000 is in full.'),
  }),
  rule('capacity_per_day', {
    fullLoadMinor: amountSchema.describe('For a leg from a place that is full; in proportion below.'),
  }),
  rule('franchise_consent', {}),
  rule('ship_from_store', { surchargeMinor: amountSchema.describe('For a parcel that shop staff prepare.') }),
  rule('supplier_last', {
    otherwise: z.enum(['forbid', 'cost']).describe('When own places have all that is asked of an article.'),
    minorPerUnit: amountSchema.describe('For each unit from a supplier that is not forbidden.'),
  }),
  rule('promise_date', {
    minorPerDay: amountSchema.describe('For each day, begun, between now and arrival.'),
    minorPerLateDay: amountSchema.describe('For each day, begun, after the date wanted.'),
    late: z.enum(['cost', 'forbid']),
  }),
])

/** One rule with its parameters. */
export type SourcingRule = z.infer<typeof sourcingRuleSchema>

/** A list of rules as it is stored: each code at most once. */
export const sourcingRulesSchema = z
  .array(sourcingRuleSchema)
  .max(20)
  .refine((rules) => new Set(rules.map(({ code }) => code)).size === rules.length, {
    error: 'sourcing.rule_twice',
  })

export const placeKinds = ['warehouse', 'shop', 'franchise', 'supplier'] as const

/** One row of what carriage costs: the first that fits the zone and the distance is taken. */
export const carriageBandSchema = z.strictObject({
  upToKm: z.number().positive().nullable().describe('Great-circle distance this row reaches to; none: any.'),
  zone: z
    .enum(['corse', 'outre-mer'])
    .optional()
    .describe('Only for this zone; left out: the mainland, and every zone without a row above.'),
  costMinor: amountSchema,
  transitDays: z.int().min(0).max(60).describe("Working days from the carrier's collection to the door."),
})

/** What sourcing must know of a place beside its address and its stock. */
export const placeSettingSchema = z.strictObject({
  placeId: idSchema,
  kind: z.enum(placeKinds),
  ownerConsents: z.boolean().describe('Of a franchise: its owner lets other channels sell its stock.'),
  marginKeptBasisPoints: basisPointsSchema.describe("The part of a unit's margin the company keeps from here."),
  dailyCapacity: z.int().min(0).max(100_000).nullable().describe('Preparations a day; none: no limit.'),
  handlingMinutes: z.int().min(0).max(20_160),
  handlingMinorPerUnit: amountSchema,
  cutOff: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .describe('What is asked for until this hour, local time, leaves the same working day.'),
  leadDays: z
    .int()
    .min(0)
    .max(60)
    .optional()
    .describe('Of a supplier: days before they let go of what they have; left out: none.'),
  parcelMinor: amountSchema
    .nullable()
    .optional()
    .describe('Of a supplier: what they ask for carrying one parcel; left out: what carriage usually costs.'),
})
export type PlaceSetting = z.infer<typeof placeSettingSchema>

export const sourcingSettingsSchema = z.strictObject({
  carriage: z.array(carriageBandSchema).min(1).max(50),
  grossMarginBasisPoints: basisPointsSchema.describe(
    'Gross margin of an article on its price without VAT, to weigh what is left to others.',
  ),
  places: z.array(placeSettingSchema).max(5_000).describe('Places not named work with what is usual for their kind.'),
})
export type SourcingSettings = z.infer<typeof sourcingSettingsSchema>

export const refusalReasons = ['not_found', 'damaged', 'display_only', 'too_busy', 'closed'] as const
export const refusalReasonSchema = z.enum(refusalReasons)
export type RefusalReason = (typeof refusalReasons)[number]

/** Why a plan is what it is: each code is put into words by the screens, with the details it carries. */
export const reasonCodes = [
  'carriage',
  'out_of_reach',
  'does_not_ship',
  'on_the_spot',
  'not_in_hand',
  'handling',
  'refused',
  'same_shop',
  'other_shop',
  'distance',
  'too_far',
  'extra_legs',
  'margin_left',
  'capacity_left',
  'capacity_used_up',
  'owner_consents',
  'owner_does_not_consent',
  'shop_ships',
  'shop_does_not_ship',
  'supplier_needed',
  'supplier_not_needed',
  'arrives',
  'arrives_too_late',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

const saidSchema = z
  .strictObject({
    by: z.string().describe('The rule, or `carriage`, `handling`, `refusal`.'),
    effect: z.enum(['allow', 'forbid', 'cost']),
    costMinor: z.int(),
    reason: z.strictObject({
      code: z.enum(reasonCodes),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    }),
    placeId: idSchema.nullable(),
    lineId: z.string().nullable(),
  })
  .meta({ id: 'SourcingReason' })
export type SourcingReason = z.infer<typeof saidSchema>

/** Plans ranked, and what became of every place: "why Nantes and not Lyon?". */
export const sourcingSchema = z
  .strictObject({
    plans: z
      .array(
        z.strictObject({
          costMinor: z.int(),
          behindMinor: z.int().describe('How much dearer than the first.'),
          promiseAt: instantSchema,
          legs: z.array(
            z.strictObject({
              placeId: idSchema,
              kind: z.enum(['parcel', 'pickup', 'transfer', 'carry_out']),
              km: z.number().nullable(),
              leavesAt: instantSchema,
              arrivesAt: instantSchema,
            }),
          ),
          allocations: z.array(z.strictObject({ lineId: z.string(), placeId: idSchema, quantity: z.int() })),
          said: z.array(saidSchema).describe('Their costs add up to that of the plan.'),
        }),
      )
      .describe('Best first; none when the order cannot be served whole.'),
    places: z.array(
      z.strictObject({
        placeId: idSchema,
        placeName: z.string(),
        outcome: z.enum(['chosen', 'dearer', 'forbidden', 'has_nothing']),
        behindMinor: z.int().nullable(),
        said: z.array(saidSchema),
        /** Units of each line's article that could be promised there, in the order of the lines. */
        available: z.array(z.int()),
      }),
    ),
    missing: z.array(z.strictObject({ variantId: idSchema, wanted: z.int(), allowed: z.int() })),
    proven: z.boolean().describe('The first plan is proven the cheapest.'),
    lines: z.array(
      z.strictObject({ lineId: z.string(), variantId: idSchema, name: z.string(), sku: z.string(), quantity: z.int() }),
    ),
  })
  .meta({ id: 'Sourcing' })
export type Sourcing = z.infer<typeof sourcingSchema>

const versionSchema = z.strictObject({
  version: z.int().describe('0: what the program begins with; nobody has changed it.'),
  changedAt: instantSchema.nullable(),
  changedBy: z.string().nullable(),
  note: z.string().nullable(),
})

export const sourcingPolicySchema = versionSchema
  .extend({ rules: sourcingRulesSchema, settings: sourcingSettingsSchema })
  .meta({ id: 'SourcingPolicy' })
export type SourcingPolicy = z.infer<typeof sourcingPolicySchema>

const aheadReasonSchema = z.strictObject({
  lineId: idSchema,
  name: z.string(),
  sku: z.string(),
  quantity: z.int(),
  kind: z.enum(aheadKinds),
  placeName: z.string(),
  shipsOn: dateSchema.nullable().describe('The day its buyer was told; null: nobody knows.'),
  allocatedAt: instantSchema.nullable().describe('When its goods had come.'),
  unitsBefore: z.int().describe('Units promised to others before, that are served first; 0 once its goods have come.'),
  arrival: z
    .strictObject({
      kind: z.enum(['supplier_order', 'transfer']),
      documentId: idSchema,
      number: z.string(),
      sender: z.string(),
      expectedOn: dateSchema,
      units: z.int(),
    })
    .nullable()
    .describe('What serves it as things stand now; null: its goods have come, or its day was stated.'),
})
export type AheadReason = z.infer<typeof aheadReasonSchema>

export const orderSourcingSchema = z
  .strictObject({
    ahead: z.array(aheadReasonSchema).describe('Lines sold before their goods were there: from where those come.'),
    decisions: z.array(
      z.strictObject({
        at: instantSchema,
        /** Why places were chosen: the order was placed, or a place refused a line. */
        cause: z.enum(['placed', 'refused']),
        rulesVersion: z.int(),
        refusal: z
          .strictObject({
            lineId: idSchema,
            placeId: idSchema,
            placeName: z.string(),
            reason: refusalReasonSchema,
            quantity: z.int(),
            actor: z.string().nullable(),
            note: z.string().nullable().describe('What whoever refused says of it, as a supplier in its answer.'),
          })
          .nullable(),
        sourcing: sourcingSchema,
      }),
    ),
  })
  .meta({ id: 'OrderSourcing' })
export type OrderSourcing = z.infer<typeof orderSourcingSchema>

export const sourcingEndpoints = {
  getSourcingPolicy: endpoint({
    method: 'GET',
    path: '/sourcing-policy',
    summary: 'The rules of sourcing in force, with what they know of costs and places',
    access: 'stock:read',
    response: sourcingPolicySchema,
  }),
  listSourcingVersions: endpoint({
    method: 'GET',
    path: '/sourcing-policy/versions',
    summary: 'Who changed the rules of sourcing, newest first',
    access: 'stock:read',
    response: z.strictObject({ items: z.array(sourcingPolicySchema) }),
  }),
  saveSourcingPolicy: endpoint({
    method: 'PUT',
    path: '/sourcing-policy',
    summary: 'Put new rules into force: a new version; what was decided keeps the rules it was decided by',
    access: 'sourcing:write',
    body: z.strictObject({
      basedOn: z.int().describe('The version that was changed; refused when another came in between.'),
      note: z.string().trim().max(200).nullable(),
      rules: sourcingRulesSchema,
      settings: sourcingSettingsSchema,
    }),
    response: sourcingPolicySchema,
  }),
  trySourcing: endpoint({
    method: 'POST',
    path: '/sourcing-trials',
    summary: 'What rules would decide now for these articles: nothing is taken, nothing is stored',
    access: 'stock:read',
    body: z.strictObject({
      rules: sourcingRulesSchema.optional().describe('Left out: those in force.'),
      settings: sourcingSettingsSchema.optional(),
      lines: z
        .array(z.strictObject({ variantId: idSchema, quantity: quantitySchema }))
        .min(1)
        .max(50),
      channel: codeSchema.optional().describe('Whose prices margins are counted from.'),
      destination: z.discriminatedUnion('method', [
        z.strictObject({
          method: z.literal('delivery'),
          postalCode: z.string().trim().min(1).max(12),
          country: z.string().length(2).default('FR'),
        }),
        z.strictObject({ method: z.literal('pickup'), siteId: idSchema }),
      ]),
    }),
    response: sourcingSchema,
  }),
  getOrderSourcing: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/sourcing',
    summary:
      'Why the lines of an order are taken from where they are: the decisions, recomputed from what was known then',
    access: 'orders:read',
    params: z.strictObject({ orderId: idSchema }),
    response: orderSourcingSchema,
  }),
}
