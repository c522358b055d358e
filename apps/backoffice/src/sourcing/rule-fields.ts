import type { SourcingRule } from '@ecluse/contracts/sourcing.ts'
import type { MessageId } from '../app/i18n.ts'

/** How one parameter of a rule is edited. */
export type RuleField = {
  readonly name: string
  readonly label: MessageId
} & (
  | { readonly kind: 'money' }
  | { readonly kind: 'number'; readonly max: number; readonly optional?: true; readonly unit?: 'km' | 'percent' }
  | { readonly kind: 'choice'; readonly choices: readonly { readonly value: string; readonly label: MessageId }[] }
)

const forbidOrCost = [
  { value: 'forbid', label: 'sourcing.choice.forbid' },
  { value: 'cost', label: 'sourcing.choice.cost' },
] as const

/** The parameters of each rule, in the order they are shown. Who picks up has chosen the shop: that is not a choice here. */
export const ruleFields: Readonly<Record<SourcingRule['code'], readonly RuleField[]>> = {
  same_shop: [{ name: 'elsewhereMinor', kind: 'money', label: 'sourcing.field.elsewhere' }],
  nearest: [
    { name: 'minorPer100Km', kind: 'money', label: 'sourcing.field.per100Km' },
    { name: 'maxKm', kind: 'number', max: 20_000, optional: true, unit: 'km', label: 'sourcing.field.maxKm' },
  ],
  fewest_parcels: [
    { name: 'extraLegMinor', kind: 'money', label: 'sourcing.field.extraLeg' },
    { name: 'maxLegs', kind: 'number', max: 99, optional: true, label: 'sourcing.field.maxLegs' },
  ],
  margin: [{ name: 'weightBasisPoints', kind: 'number', max: 1_000, unit: 'percent', label: 'sourcing.field.weight' }],
  capacity_per_day: [{ name: 'fullLoadMinor', kind: 'money', label: 'sourcing.field.fullLoad' }],
  franchise_consent: [],
  ship_from_store: [{ name: 'surchargeMinor', kind: 'money', label: 'sourcing.field.surcharge' }],
  supplier_last: [
    { name: 'otherwise', kind: 'choice', choices: forbidOrCost, label: 'sourcing.field.otherwise' },
    { name: 'minorPerUnit', kind: 'money', label: 'sourcing.field.perUnit' },
  ],
  promise_date: [
    { name: 'minorPerDay', kind: 'money', label: 'sourcing.field.perDay' },
    { name: 'minorPerLateDay', kind: 'money', label: 'sourcing.field.perLateDay' },
    { name: 'late', kind: 'choice', choices: forbidOrCost, label: 'sourcing.field.late' },
  ],
}
