import { z } from 'zod'
import { endpoint } from './endpoint.ts'

const amount = z.number().describe('In euros without VAT, a year.')
const share = z.number().describe('Between 0 and 1.')

export const directChannelSchema = z
  .strictObject({
    sales: amount.describe('What the firm sells a year through all channels, in euros without VAT.'),
    growth: z.number().describe('By how much the market grows in a year: 0.2.'),
    partnerShare: share.describe('Of the sales, what goes through partners.'),
    captured: share.describe('Of a year’s growth, what would come to the direct channel.'),
    diverted: share.describe('Of what partners sell, what would move to the direct channel.'),
    retaliation: share.describe('Of what partners sell, what they would drop once they sell less than before.'),
    partnerMargin: z.number().describe('Of a sale through partners, what is left to the firm.'),
    directMargin: z.number().describe('Of a direct sale, what is left after all that serving it costs.'),
    fixedCost: amount.describe('What the direct channel costs a year whatever it sells.'),
  })
  .meta({ id: 'DirectChannelQuestion' })
export type DirectChannelBody = z.infer<typeof directChannelSchema>

export const directChannelReasons = [
  'growth_pays_partners',
  'pays_despite_answer',
  'partners_answer_costs_more',
  'does_not_pay',
] as const
/** What opening comes to in a market: in peace, against an answer of partners, or not at all. */
export const regionStates = ['peace', 'conflict', 'no'] as const

const verdictSchema = z
  .strictObject({
    open: z.boolean(),
    reason: z.enum(directChannelReasons),
    conflict: z.boolean().describe('Partners would sell less than today.'),
    partnersWithout: z
      .number()
      .describe('What partners sell a year later over what they sell today, without the direct channel.'),
    partnersWith: z.number().describe('The same with it, before they answer.'),
    gainBeforeAnswer: z.number(),
    gain: z.number().describe('What the year brings more with the direct channel, after partners have answered.'),
    growthWithoutConflict: z
      .number()
      .nullable()
      .describe('From which growth partners lose nothing; null where none does.'),
    bearableRetaliation: z.number().nullable().describe('The most they may drop before opening stops paying.'),
    directMarginNeeded: z.number().nullable().describe('From which direct margin opening pays; null where none does.'),
    regions: z
      .array(z.strictObject({ growth: z.number(), partnerShare: z.number(), state: z.enum(regionStates) }))
      .describe('The same question for other growths and shares of partners.'),
  })
  .meta({ id: 'DirectChannelVerdict' })
export type DirectChannelAnswer = z.infer<typeof verdictSchema>

const todaySchema = z
  .strictObject({
    months: z.int().describe('Whole months of the last twelve that have sales.'),
    sales: amount.nullable(),
    growth: z.number().nullable().describe('Of twelve months over the twelve before.'),
    partnerShare: share.nullable().describe('Of channels whose circuit is not direct.'),
    partnerMargin: z.number().nullable(),
    directMargin: z.number().nullable(),
  })
  .meta({ id: 'CircuitsToday', description: 'What the firm’s own figures say; null where they say nothing.' })
export type CircuitsToday = z.infer<typeof todaySchema>

export const circuitKinds = ['direct', 'short', 'integrated_long', 'long', 'very_long'] as const
export type CircuitKind = (typeof circuitKinds)[number]
export const circuitRoles = ['maker', 'agent', 'group', 'wholesaler', 'retailer'] as const
export type CircuitRole = (typeof circuitRoles)[number]
export const contractKinds = ['two_part', 'revenue_share', 'price_ceiling'] as const

export const circuitsSchema = z
  .strictObject({
    price: z.number().describe('At which consumers buy today, in euros without VAT.'),
    quantity: z.number().describe('What they buy a year at that price, in units.'),
    elasticity: z.number().describe('By how many per cent they buy less when the price rises by one: 2.'),
    shape: z.enum(['linear', 'constant_elasticity']),
    costs: z
      .strictObject({
        maker: z.number().describe('Of making one unit.'),
        direct: z.number().describe('Of selling one unit oneself.'),
        agent: z.number(),
        wholesaler: z.number(),
        group: z.number().describe('Of a buying group, which does the work of wholesaler and retailers as one.'),
        retailer: z.number(),
      })
      .describe('What handling one unit costs each.'),
    retailerShare: share.describe('Of the common profit, what the reseller keeps under a contract.'),
    leaveOut: z
      .strictObject({
        takenOverBy: z.enum(['maker', 'retailer']),
        unitCost: z.number().describe('What the wholesaler’s work costs there.'),
        fixedCost: z.number().describe('What it costs a year besides.'),
        demandFactor: z.number().describe('What is left of demand if service suffers, or grows.'),
      })
      .describe('The long circuit without its wholesaler.'),
  })
  .meta({ id: 'CircuitsQuestion' })
export type CircuitsBody = z.infer<typeof circuitsSchema>

const builtSchema = z.strictObject({
  stages: z.array(
    z.strictObject({
      role: z.enum(circuitRoles),
      unitCost: z.number(),
      buysAt: z.number(),
      sellsAt: z.number(),
      margin: z.number().describe('On a unit, after the own cost.'),
      profit: z.number(),
    }),
  ),
  price: z.number(),
  quantity: z.number(),
  profit: z.number().describe('Of all stages together, a year.'),
  consumerSurplus: z.number(),
})
const circuitSchema = builtSchema
  .extend({
    kind: z.enum(circuitKinds),
    integratedPrice: z.number().describe('At which one decider for the whole circuit would sell.'),
    integratedProfit: z.number(),
  })
  .meta({ id: 'Circuit' })
export type Circuit = z.infer<typeof circuitSchema>

const contractSchema = z.strictObject({
  kind: z.enum(contractKinds),
  wholesalePrice: z.number(),
  fee: z.number().nullable(),
  ceiling: z.number().nullable(),
  price: z.number(),
  quantity: z.number(),
  makerProfit: z.number(),
  retailerProfit: z.number(),
})
const comparisonSchema = z
  .strictObject({
    circuits: z.array(circuitSchema),
    contracts: z
      .array(contractSchema)
      .describe('Between maker and reseller of the short circuit; each restores the integrated profit.'),
    leftOut: z.strictObject({
      before: builtSchema,
      after: builtSchema,
      gain: z.number().describe('Of who takes the work over, after the fixed cost.'),
      breakEvenUnitCost: z.number().nullable().describe('Up to which cost of the work it does not lose.'),
    }),
  })
  .meta({ id: 'CircuitsComparison' })
export type CircuitsComparison = z.infer<typeof comparisonSchema>

export const circuitEndpoints = {
  getCircuitsToday: endpoint({
    method: 'GET',
    path: '/strategy/circuits/today',
    summary: 'What the firm’s figures say of its direct and indirect circuits',
    access: 'strategy:read',
    response: todaySchema,
  }),
  judgeDirectChannel: endpoint({
    method: 'POST',
    path: '/strategy/circuits/direct-channel',
    summary: 'Whether a direct channel is worth its conflict with partners, and why',
    access: 'strategy:read',
    reads: true,
    body: directChannelSchema,
    response: verdictSchema,
  }),
  compareCircuits: endpoint({
    method: 'POST',
    path: '/strategy/circuits/comparison',
    summary:
      'Prices, margins and volumes of five circuits for one demand, contracts that repair them, and one stage fewer',
    access: 'strategy:read',
    reads: true,
    body: circuitsSchema,
    response: comparisonSchema,
  }),
}
