import { Unanswerable } from '../unanswerable.ts'

/** Who bought what at least once, packed: buyer `b` bought `items[starts[b]] … items[starts[b + 1] − 1]`, ascending. */
export interface Purchases {
  buyers: readonly string[]
  /** Codes of the items, ascending: by number where all are numbers. */
  codes: readonly string[]
  starts: Int32Array
  items: Int32Array
}

/** Packs pairs of buyer and item; one bought twice counts once. `codes` fixes the items that may be recommended. */
export function packPurchases(
  buyers: readonly string[],
  items: readonly string[],
  codes: readonly string[] = inOrder(items),
): Purchases {
  if (buyers.length === 0) throw new Unanswerable('empty')
  if (buyers.length !== items.length) throw new Unanswerable('mismatch', { first: buyers.length, second: items.length })
  const indices = new Map(codes.map((code, at) => [code, at]))
  const bought = new Map<string, Set<number>>()
  buyers.forEach((buyer, row) => {
    const item = indices.get(items[row]!)
    let set = bought.get(buyer)
    if (set === undefined) bought.set(buyer, (set = new Set()))
    if (item !== undefined) set.add(item)
  })
  const starts = new Int32Array(bought.size + 1)
  const packed: number[] = []
  ;[...bought.values()].forEach((set, buyer) => {
    starts[buyer] = packed.length
    packed.push(...[...set].sort((a, b) => a - b))
  })
  starts[bought.size] = packed.length
  return { buyers: [...bought.keys()], codes, starts, items: Int32Array.from(packed) }
}

function inOrder(items: readonly string[]): string[] {
  const codes = [...new Set(items)]
  const numbers = codes.every((code) => code.trim() !== '' && Number.isFinite(Number(code)))
  return codes.sort((a, b) => (numbers ? Number(a) - Number(b) : 0) || (a < b ? -1 : 1))
}

/** How many buyers each pair of items has in common; on the diagonal, how many each item has. Row after row. */
export function boughtTogether({ codes, starts, items }: Purchases): Float64Array {
  const size = codes.length
  const together = new Float64Array(size * size)
  for (let buyer = 0; buyer + 1 < starts.length; buyer++) {
    const [from, to] = [starts[buyer]!, starts[buyer + 1]!]
    for (let one = from; one < to; one++) {
      const row = items[one]! * size
      for (let other = from; other < to; other++) together[row + items[other]!]! += 1
    }
  }
  return together
}
