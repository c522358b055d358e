import type { Order } from './orders.ts'

/** The carriage of an order, or of one of its parts, in minor units of its currency. */
export type Carriage = {
  readonly feeMinor: number
  /** What of it goes beyond the standard delivery that was offered: its buyer chose a dearer way. */
  readonly surchargeMinor: number
  /** What of it was given back already. */
  readonly backMinor: number
}

/** A line of an order as its carriage sees it. */
export type CarriedLine = {
  /** The part it is in; null in an order that goes one way, and for what was given in exchange. */
  readonly partNo: number | null
  /** Units its buyer keeps or awaits, before this. */
  readonly kept: number
  /** Units that come back now. */
  readonly now: number
  /** Whether they come back for no reason but a change of mind. */
  readonly byChoice: boolean
}

/**
 * What of the carriage is given back with articles, by part, in minor units: that of every part of which nothing is kept then, and what
 * is left of all when nothing at all is. Standard delivery goes back whole; the supplement of a dearer way its buyer chose stays paid when
 * they change their mind, and goes back when the seller failed (Code de la consommation, L221-24 and L217-8).
 * @returns one entry for each of those parts, which may be 0
 * @param parts by number; one under null for an order that goes one way
 */
export function carriageBack(
  parts: ReadonlyMap<number | null, Carriage>,
  lines: readonly CarriedLine[],
): Map<number | null, number> {
  const leftOf = (some: readonly CarriedLine[]) => some.reduce((sum, { kept, now }) => sum + kept - now, 0)
  const nothingKept = lines.some(({ now }) => now > 0) && leftOf(lines) === 0
  const back = new Map<number | null, number>()
  for (const [no, { feeMinor, surchargeMinor, backMinor }] of parts) {
    const mine = lines.filter(({ partNo }) => partNo === no)
    const coming = mine.filter(({ now }) => now > 0)
    const ends = coming.length > 0 && leftOf(mine) === 0
    if (!ends && !nothingKept) continue
    const byChoice = coming.every((line) => line.byChoice)
    const dueMinor = feeMinor - (byChoice ? surchargeMinor : 0) - backMinor
    back.set(no, Math.max(0, dueMinor))
  }
  return back
}

/** Units of a line of an order that come back. */
export type UnitsBack = { readonly lineId: string; readonly quantity: number; readonly byChoice: boolean }

/**
 * What is given back for units of an order, in minor units: each its part of its line, and the carriage of what is kept nothing of; and
 * what of that carriage stays paid, as a supplement its buyer chose. The server decides by the same rule; screens say it before.
 */
export function refundFor(
  { lines, groups, delivery }: Pick<Order, 'lines' | 'groups' | 'delivery'>,
  units: readonly UnitsBack[],
): { goodsMinor: number; carriageMinor: number; surchargeKeptMinor: number } {
  const nowOf = (lineId: string) =>
    units.filter((one) => one.lineId === lineId).reduce((sum, { quantity }) => sum + quantity, 0)
  let goodsMinor = 0
  for (const line of lines) {
    const upTo = (some: number) => Math.floor((line.lineTotal.amountMinor * some) / line.quantity)
    goodsMinor += upTo(line.returnedQuantity + nowOf(line.id)) - upTo(line.returnedQuantity)
  }
  const carried = lines.map((line) => ({
    partNo: line.groupNo,
    kept: keptOf(line),
    now: nowOf(line.id),
    byChoice: units.every((one) => one.lineId !== line.id || one.byChoice),
  }))
  const parts = partsOf({ groups, delivery })
  const back = carriageBack(parts, carried)
  let carriageMinor = 0
  let surchargeKeptMinor = 0
  for (const [no, minor] of back) {
    const part = parts.get(no)
    carriageMinor += minor
    if (part) surchargeKeptMinor += part.feeMinor - part.backMinor - minor
  }
  return { goodsMinor, carriageMinor, surchargeKeptMinor }
}

/** What stays paid of the carriage of articles that all came back, in minor units: supplements of a dearer way their buyer chose. */
export function surchargeKept({ lines, groups, delivery }: Pick<Order, 'lines' | 'groups' | 'delivery'>): number {
  let kept = 0
  for (const [no, { feeMinor, surchargeMinor, backMinor }] of partsOf({ groups, delivery })) {
    const mine = lines.filter(({ groupNo }) => groupNo === no)
    const back = mine.some(({ returnedQuantity }) => returnedQuantity > 0)
    if (back && mine.every((line) => keptOf(line) === 0)) kept += Math.min(surchargeMinor, feeMinor - backMinor)
  }
  return kept
}

function keptOf({ exception, fulfilledQuantity, quantity, returnedQuantity }: Order['lines'][number]): number {
  return (exception === 'cancelled' ? fulfilledQuantity : quantity) - returnedQuantity
}

function partsOf({ groups, delivery }: Pick<Order, 'groups' | 'delivery'>): Map<number | null, Carriage> {
  const carriageOf = ({ fee, surcharge, feeBack }: Order['delivery'] | Order['groups'][number]): Carriage => ({
    feeMinor: fee.amountMinor,
    surchargeMinor: surcharge.amountMinor,
    backMinor: feeBack.amountMinor,
  })
  return groups.length > 0
    ? new Map(groups.map((group) => [group.no, carriageOf(group)]))
    : new Map([[null, carriageOf(delivery)]])
}
