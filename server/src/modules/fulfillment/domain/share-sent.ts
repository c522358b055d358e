import type { LotUnits } from '@ecluse/contracts/lots.ts'

/** Units of an article that were sent, with the lots that were named. */
export type SentUnits = { readonly variantId: string; readonly units: number; readonly lots: readonly LotUnits[] }

/**
 * Shares what was sent of each article among the lines it is still to be packed for, one after the other; no line gets more than it
 * waits for. An article may be sent in several portions, as one for each lot.
 */
export function shareSent(
  waiting: readonly { readonly lineId: string; readonly variantId: string; readonly quantity: number }[],
  sent: readonly SentUnits[],
): { lineId: string; quantity: number; lots: LotUnits[] }[] {
  const left = new Map<string, number>()
  const lots = new Map<string, LotUnits[]>()
  for (const { variantId, units, lots: named } of sent) {
    left.set(variantId, (left.get(variantId) ?? 0) + units)
    lots.set(variantId, [...(lots.get(variantId) ?? []), ...named])
  }
  return waiting.flatMap(({ lineId, variantId, quantity }) => {
    const units = Math.min(quantity, left.get(variantId) ?? 0)
    if (units <= 0) return []
    left.set(variantId, (left.get(variantId) ?? 0) - units)
    const [mine, others] = cut(lots.get(variantId) ?? [], units)
    lots.set(variantId, others)
    return [{ lineId, quantity: units, lots: mine }]
  })
}

/** The first units of some lots, and what is left of them. */
function cut(lots: readonly LotUnits[], units: number): [LotUnits[], LotUnits[]] {
  const first: LotUnits[] = []
  const rest: LotUnits[] = []
  let wanted = units
  for (const lot of lots) {
    const taken = Math.min(wanted, lot.units)
    if (taken > 0) first.push({ ...lot, units: taken })
    if (taken < lot.units) rest.push({ ...lot, units: lot.units - taken })
    wanted -= taken
  }
  return [first, rest]
}
