import type { OrderSummary } from '@ecluse/contracts/orders.ts'

type Means = OrderSummary['paidBy'][number]['method']

/** How many sales, what they brought, and by which means, the largest first; amounts in minor units. */
export function dayFigures(sales: readonly Pick<OrderSummary, 'total' | 'paidBy'>[]): {
  count: number
  totalMinor: number
  byMeans: [Means, number][]
} {
  const means = new Map<Means, number>()
  for (const { method, amount } of sales.flatMap(({ paidBy }) => paidBy)) {
    means.set(method, (means.get(method) ?? 0) + amount.amountMinor)
  }
  return {
    count: sales.length,
    totalMinor: sales.reduce((sum, sale) => sum + sale.total.amountMinor, 0),
    byMeans: [...means].toSorted(([, a], [, b]) => b - a),
  }
}
