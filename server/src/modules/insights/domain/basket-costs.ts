type Sold = { readonly units: number; readonly paid: number }
/** What each article was sold for, by channel and in all. */
export type PaidTable = ReadonlyMap<string, { readonly all: Sold; readonly by: ReadonlyMap<string, Sold> }>

/** Gathers what was paid, by article. */
export function paidTable(
  rows: readonly { variant_id: string; channel: string; units: number; paid_minor: number }[],
): PaidTable {
  const table = new Map<string, { all: Sold; by: Map<string, Sold> }>()
  for (const { variant_id: id, channel, units, paid_minor: paid } of rows) {
    const before = table.get(id) ?? { all: { units: 0, paid: 0 }, by: new Map<string, Sold>() }
    before.by.set(channel, { units, paid })
    table.set(id, { all: { units: before.all.units + units, paid: before.all.paid + paid }, by: before.by })
  }
  return table
}

/**
 * What a basket would have cost in each channel, by what *others* paid there for its articles: its own price in the channel it was bought in
 * would tell of the choice by the choice. Where a channel sold none of an article to others, what all others paid counts; where nobody
 * else bought it, its own price does in every channel, which tells nothing of prices. Null of an empty basket.
 */
export function basketCosts(
  lines: readonly { variant_id: string; units: number; paid_minor: number }[],
  channel: string,
  codes: readonly string[],
  table: PaidTable,
): (number | null)[] {
  if (lines.length === 0) return codes.map(() => null)
  return codes.map((code) => {
    let cost = 0
    for (const { variant_id: id, units, paid_minor: paid } of lines) {
      const sold = table.get(id)
      const own = { units, paid }
      const there = sold?.by.get(code)
      const price =
        priceOf(there && code === channel ? less(there, own) : there) ??
        priceOf(sold && less(sold.all, own)) ??
        paid / units
      cost += price * units
    }
    return Math.round(cost)
  })
}

const less = (sold: Sold, own: Sold): Sold => ({ units: sold.units - own.units, paid: sold.paid - own.paid })

function priceOf(sold: Sold | undefined): number | null {
  return sold && sold.units > 0 ? sold.paid / sold.units : null
}
