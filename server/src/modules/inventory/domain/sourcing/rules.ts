import type { SourcingRule } from '@ecluse/contracts/sourcing.ts'
import type { CarriageBand } from './types.ts'

export type { SourcingRule } from '@ecluse/contracts/sourcing.ts'
export type RuleCode = SourcingRule['code']
export type RuleOf<Code extends RuleCode> = Extract<SourcingRule, { code: Code }>

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
