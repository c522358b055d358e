/** Units of a lot. */
export type LotShare = { readonly lotId: string; readonly units: number }

/** A parcel that has not left: how many units of a line lie in it, and of which lots as far as that is known. */
export type ParcelShare = { readonly parcelId: string; readonly quantity: number; readonly lots: readonly LotShare[] }

/**
 * Shares what was put aside for a line among its parcels: each keeps the lots that were named for it while they are aside, and
 * what is aside beyond that fills the parcels one after the other.
 * @returns the lots of each parcel; fewer units than lie in it where fewer are put aside
 */
export function shareLots(parcels: readonly ParcelShare[], aside: readonly LotShare[]): Map<string, LotShare[]> {
  const free = new Map<string, number>()
  for (const { lotId, units } of aside) free.set(lotId, (free.get(lotId) ?? 0) + units)
  const take = (lotId: string, wanted: number): LotShare[] => {
    const units = Math.min(wanted, free.get(lotId) ?? 0)
    if (units <= 0) return []
    free.set(lotId, (free.get(lotId) ?? 0) - units)
    return [{ lotId, units }]
  }
  const kept = parcels.map(({ quantity, lots }) => {
    let left = quantity
    return lots.flatMap(({ lotId, units }) => {
      const taken = take(lotId, Math.min(left, units))
      left -= unitsIn(taken)
      return taken
    })
  })
  return new Map(
    parcels.map(({ parcelId, quantity }, index) => {
      const own = kept[index] ?? []
      let left = quantity - unitsIn(own)
      const more = [...free.keys()].flatMap((lotId) => {
        const taken = take(lotId, left)
        left -= unitsIn(taken)
        return taken
      })
      return [parcelId, joined([...own, ...more])]
    }),
  )
}

const unitsIn = (lots: readonly LotShare[]): number => lots.reduce((sum, { units }) => sum + units, 0)

function joined(lots: readonly LotShare[]): LotShare[] {
  const sums = new Map<string, number>()
  for (const { lotId, units } of lots) sums.set(lotId, (sums.get(lotId) ?? 0) + units)
  return [...sums].map(([lotId, units]) => ({ lotId, units }))
}
