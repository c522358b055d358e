import type { CustomersResults } from '@ecluse/contracts/analysis-results.ts'
import { compareCustomers } from '@ecluse/strategy-engine/effects/compared-customers.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import type { CustomersInput } from './analysis-input.ts'

/** What is known of customers before the year that is compared. */
const known = ['orders', 'sales', 'months'] as const

/**
 * Customers of several channels beside those of one: what they brought in a year, as it is seen and between customers who were alike in
 * the year before. What is the same for all tells nothing and is left out.
 * @throws Unanswerable
 */
export function compareKinds({ customers, sampled }: CustomersInput): CustomersResults {
  requireBoth(customers)
  const told = known.filter((name) => new Set(customers.map((one) => one[name])).size > 1)
  const { raw, corrected, selection, balance, leftOut, treated, others } = compareCustomers({
    treated: customers.map(({ several }) => (several ? 1 : 0)),
    outcome: customers.map(({ next }) => next),
    before: { names: [...told], values: told.map((name) => Float64Array.from(customers, (one) => one[name])) },
  })
  const mean = (kind: boolean): number => {
    const of = customers.filter(({ several }) => several === kind)
    return of.reduce((sum, { next }) => sum + next, 0) / of.length
  }
  return {
    kind: 'customers',
    several: treated,
    one: others,
    leftOut,
    sampled,
    meanSeveral: mean(true),
    meanOne: mean(false),
    raw,
    corrected,
    selection,
    balance,
  }
}

/** Refuses when there are too few of a kind, in words of customers. */
function requireBoth(customers: CustomersInput['customers']): void {
  const several = customers.filter((one) => one.several).length
  const need = known.length + 2
  if (several < need) throw new Unanswerable('too_few', { what: 'customers of several channels', have: several, need })
  const one = customers.length - several
  if (one < need) throw new Unanswerable('too_few', { what: 'customers of one channel', have: one, need })
}
