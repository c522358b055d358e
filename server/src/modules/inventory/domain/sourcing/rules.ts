import { z } from 'zod'
import type { CarriageBand } from './types.ts'

/**
 * The rules of sourcing are data: a list read in order, that a screen can edit and a table can store. Amounts are minor
 * units. A rule left out or not enabled says nothing.
 */

const amountSchema = z.int().min(0).max(10_000_000)
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
export type RuleCode = SourcingRule['code']
export type RuleOf<Code extends RuleCode> = Extract<SourcingRule, { code: Code }>

/** A list of rules as it is stored: each code at most once. */
export const sourcingRulesSchema = z
  .array(sourcingRuleSchema)
  .refine((rules) => new Set(rules.map(({ code }) => code)).size === rules.length, {
    error: 'sourcing.rule_twice',
  })

/**
 * What a French retailer may begin with. The figures are of the order of its costs (a parcel around six euros, a quarter of
 * an hour of a shop assistant around five) and are meant to be changed.
 */
export const defaultSourcingRules: readonly SourcingRule[] = [
  { code: 'same_shop', enabled: true, parameters: { pickupElsewhere: 'forbid', elsewhereMinor: 100 } },
  { code: 'franchise_consent', enabled: true, parameters: {} },
  { code: 'ship_from_store', enabled: true, parameters: { surchargeMinor: 150 } },
  { code: 'capacity_per_day', enabled: true, parameters: { fullLoadMinor: 300 } },
  { code: 'nearest', enabled: true, parameters: { minorPer100Km: 20, maxKm: null } },
  { code: 'fewest_parcels', enabled: true, parameters: { extraLegMinor: 350, maxLegs: null } },
  { code: 'margin', enabled: true, parameters: { weightBasisPoints: 10_000 } },
  { code: 'promise_date', enabled: true, parameters: { minorPerDay: 50, minorPerLateDay: 500, late: 'cost' } },
  { code: 'supplier_last', enabled: true, parameters: { otherwise: 'forbid', minorPerUnit: 0 } },
]

/** Carriage of one parcel in France to begin with: mainland by distance, Corsica apart. Illustrative, not a tariff. */
export const defaultCarriage: readonly CarriageBand[] = [
  { zone: 'corse', upToKm: null, costMinor: 1_090, transitDays: 3 },
  { upToKm: 100, costMinor: 550, transitDays: 1 },
  { upToKm: 400, costMinor: 620, transitDays: 1 },
  { upToKm: null, costMinor: 690, transitDays: 2 },
]
