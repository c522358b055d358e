import type { CustomerValue, Knowledge } from '@ecluse/contracts/knowledge.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { activeSteps, latestFit, valueGrid, valueOfParty, valueTotals } from '../queries/values.ts'

/** What is computed of all customers together. */
export async function readKnowledge(db: Queryable): Promise<Knowledge> {
  const [fit, grid, steps, totals] = await Promise.all([latestFit(db), valueGrid(db), activeSteps(db), valueTotals(db)])
  return {
    fittedAt: fit?.fitted_at.toISOString() ?? null,
    fit: fit?.result ?? null,
    grid: grid.map((cell) => ({
      recency: cell.recency,
      frequency: cell.frequency,
      customers: cell.customers,
      spentMinor: Number(cell.spent_minor),
      expectedValueMinor: minor(cell.expected_value_minor),
    })),
    active: steps.map(({ step, customers, bought_once }) => ({ from: step / 10, customers, boughtOnce: bought_once })),
    customers: totals.customers,
    buyers: totals.buyers,
    expectedPurchases: totals.expected_purchases,
    expectedValueMinor: minor(totals.expected_value_minor),
  }
}

/** What is computed of one customer; null when they never bought anything. */
export async function readCustomerValue(db: Queryable, customerId: string): Promise<CustomerValue | null> {
  const row = await valueOfParty(db, customerId)
  if (row === undefined) return null
  return {
    asOf: row.as_of,
    computedAt: row.computed_at.toISOString(),
    purchases: row.purchases,
    firstOn: row.first_on,
    lastOn: row.last_on,
    spentMinor: Number(row.spent_minor),
    recency: row.recency,
    frequency: row.frequency,
    monetary: row.monetary,
    active: row.active,
    expectedPurchases: row.expected_purchases,
    expectedValueMinor: minor(row.expected_value_minor),
  }
}

const minor = (amount: bigint | null): number | null => (amount === null ? null : Number(amount))
