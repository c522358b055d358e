import { grouped } from './grouped.ts'

/** What was sold of an article in a week and a channel, and paid for it without VAT, in minor units. */
export type SoldWeek = {
  readonly product_id: string
  readonly variant_id: string
  readonly channel: string
  /** Its Monday, as `2026-03-02`. */
  readonly week: string
  readonly units: number
  readonly paid_minor: number
}

/** A week of a product in a channel: units, and its price for what the same articles cost on average. */
export type PricedWeek = {
  readonly productId: string
  readonly channel: string
  readonly week: string
  readonly units: number
  readonly ratio: number
}

/**
 * Prices of products week by week, from those of their articles: how much dearer than on average each article was, weighed by units. That
 * more of a dear size is sold in a week is no price that moved.
 */
export function practisedPrices(rows: readonly SoldWeek[]): PricedWeek[] {
  const usual = new Map(
    [...grouped(rows, ({ variant_id: id }) => id)].map(([id, own]) => [id, sum(own, 'paid_minor') / sum(own, 'units')]),
  )
  return [...grouped(rows, (row) => `${row.product_id} ${row.channel} ${row.week}`).values()].flatMap((own) => {
    const [first] = own
    if (!first) return []
    const units = sum(own, 'units')
    const logarithm = own.reduce(
      (total, row) => total + row.units * Math.log(row.paid_minor / row.units / (usual.get(row.variant_id) ?? 1)),
      0,
    )
    const ratio = Math.round(Math.exp(logarithm / units) * 1e6) / 1e6
    return [{ productId: first.product_id, channel: first.channel, week: first.week, units, ratio }]
  })
}

const sum = (rows: readonly SoldWeek[], key: 'units' | 'paid_minor'): number =>
  rows.reduce((total, row) => total + row[key], 0)
