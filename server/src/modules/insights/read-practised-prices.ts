import type { LocalizedText } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../kernel/context.ts'
import { grouped } from './domain/grouped.ts'
import { practisedPrices, type PricedWeek, type SoldWeek } from './domain/practised-prices.ts'
import { lastCosts, namedProducts, soldWeeks } from './queries/practised-prices.ts'
import type { Days } from './queries/order-facts.ts'

/** Products that are looked at where each is told of, and where categories are. */
const mostProducts = { product: 60, category: 200 } as const
/** A cost that is known of fewer of the units is not known. */
const knownShare = 0.9

/** A product, or the products of a category, with their prices and units week by week. */
export type PricedGoods = {
  readonly unit: string
  readonly name: LocalizedText | null
  readonly articles: number
  readonly weeks: readonly PricedWeek[]
  readonly sold: number
  readonly priceMinor: number
  readonly costMinor: number | null
}

/** Prices practised and quantities sold, week by week, of what sold most in some whole weeks; the most sold first. */
export async function readPractisedPrices(
  ctx: Ctx,
  asked: Days & { per: 'product' | 'category'; channel: string | null },
): Promise<PricedGoods[]> {
  const rows = await soldWeeks(ctx.db, { ...asked, most: mostProducts[asked.per] })
  const [costs, products] = await Promise.all([
    lastCosts(ctx.db, [...new Set(rows.map(({ variant_id: id }) => id))]),
    namedProducts(ctx.db, [...new Set(rows.map(({ product_id: id }) => id))]),
  ])
  const costOf = new Map(costs.map(({ variant_id: id, cost_minor: cost }) => [id, cost]))
  const unitOf = new Map(
    products.map((row) => [
      row.id,
      asked.per === 'product'
        ? { unit: row.id, name: { fr: row.name_fr, en: row.name_en } }
        : {
            unit: row.category ?? '',
            name: row.category_fr === null ? null : { fr: row.category_fr, en: row.category_en ?? row.category_fr },
          },
    ]),
  )
  return [...grouped(rows, ({ product_id: id }) => unitOf.get(id)?.unit ?? '')]
    .map(([unit, own]) => ({
      unit,
      name: unitOf.get(own[0]?.product_id ?? '')?.name ?? null,
      articles: new Set(own.map(({ variant_id: id }) => id)).size,
      weeks: practisedPrices(own),
      ...sums(own, costOf),
    }))
    .toSorted((a, b) => b.sold - a.sold || (a.unit < b.unit ? -1 : 1))
    .slice(0, mostProducts.product)
}

function sums(rows: readonly SoldWeek[], costOf: ReadonlyMap<string, number>) {
  const sold = rows.reduce((sum, { units }) => sum + units, 0)
  const paid = rows.reduce((sum, { paid_minor: minor }) => sum + minor, 0)
  const known = rows.filter(({ variant_id: id }) => costOf.has(id))
  const units = known.reduce((sum, row) => sum + row.units, 0)
  const cost = known.reduce((sum, row) => sum + row.units * (costOf.get(row.variant_id) ?? 0), 0)
  return {
    sold,
    priceMinor: paid / sold,
    costMinor: units > 0 && units >= knownShare * sold ? cost / units : null,
  }
}
