/** Units of a lot on one shelf. */
export type ShelfUnits = {
  readonly lotId: string
  /** Null for what lay there before lots were followed. */
  readonly number: string | null
  /** `2027-02-28`: the last day on which it is good; null when it has none. */
  readonly expiresOn: string | null
  readonly blocked: boolean
  readonly units: number
  /** Of those, units put aside for lines of other orders. */
  readonly aside: number
}

export type Chosen = { readonly lotId: string; readonly units: number }

/** The last day on which a lot may be sold: as many days before the last good one as its buyers are to have. */
export function lastSaleDay(expiresOn: string, minDaysLeft: number): string {
  const day = new Date(`${expiresOn}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - minDaysLeft)
  return day.toISOString().slice(0, 10)
}

/** Whether a lot may be sold on a day. */
export function isSellable(
  lot: { readonly expiresOn: string | null; readonly blocked: boolean },
  { today, minDaysLeft }: { readonly today: string; readonly minDaysLeft: number },
): boolean {
  return !lot.blocked && (lot.expiresOn === null || lastSaleDay(lot.expiresOn, minDaysLeft) >= today)
}

/**
 * First expired, first out: what lay there before lots were followed, then what is good for the shortest time, then what has no
 * date, in the order of the numbers.
 */
export function inOrderOfExpiry<Lot extends Pick<ShelfUnits, 'number' | 'expiresOn'>>(lots: readonly Lot[]): Lot[] {
  const rank = (lot: Lot): string => (lot.number === null ? '' : `${lot.expiresOn ?? '9999-12-31'} ${lot.number}`)
  return lots.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}

/**
 * Chooses units in the order of expiry; what is put aside for others only when nothing else is left.
 * @returns fewer units than wanted when there are not as many
 */
export function chooseLots(shelf: readonly ShelfUnits[], wanted: number): Chosen[] {
  const chosen = new Map<string, number>()
  let left = wanted
  const take = (lotId: string, units: number): void => {
    const taken = Math.min(left, units)
    if (taken <= 0) return
    chosen.set(lotId, (chosen.get(lotId) ?? 0) + taken)
    left -= taken
  }
  const lots = inOrderOfExpiry(shelf)
  for (const lot of lots) take(lot.lotId, lot.units - lot.aside)
  for (const lot of lots) take(lot.lotId, lot.units - (chosen.get(lot.lotId) ?? 0))
  return [...chosen].map(([lotId, units]) => ({ lotId, units }))
}

export const unitsOf = (chosen: readonly { readonly units: number }[]): number =>
  chosen.reduce((sum, { units }) => sum + units, 0)
