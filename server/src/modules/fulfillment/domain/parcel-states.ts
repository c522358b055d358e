import type { OrderParcels, ParcelState } from '@ecluse/contracts/parcels.ts'

/** Where a parcel may go from where it is. A step noted by mistake is taken back by noting the one before. */
export const nextStates: Readonly<Record<ParcelState, readonly ParcelState[]>> = {
  packed: ['handed_to_carrier'],
  handed_to_carrier: ['in_transit', 'delivered', 'returned_to_sender', 'lost'],
  in_transit: ['delivered', 'returned_to_sender', 'lost'],
  delivered: ['in_transit'],
  returned_to_sender: ['in_transit', 'delivered'],
  lost: ['in_transit', 'delivered', 'returned_to_sender'],
}

/** The dates of the states, in the order of a journey: how it ended once is forgotten when it did not. */
export function reachedWith(
  reached: Readonly<Partial<Record<ParcelState, string>>>,
  state: ParcelState,
  at: Date,
): Partial<Record<ParcelState, string>> {
  const { delivered: _delivered, returned_to_sender: _returned, lost: _lost, ...before } = reached
  // Taken back to being on its way: since when is known already.
  return { ...before, [state]: state === 'in_transit' && before.in_transit ? before.in_transit : at.toISOString() }
}

/** What counts of a parcel here. One whose articles were sent again no longer counts: another carries them. */
export type CountedParcel = {
  readonly state: ParcelState
  readonly resolution: 'reshipped' | 'refunded' | null
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[]
}

type LineParcels = OrderParcels['lines'][number]
type ShippingState = OrderParcels['state']

const placeOf: Readonly<Record<ParcelState, 'packed' | 'shipped' | 'delivered' | 'returned' | 'lost'>> = {
  packed: 'packed',
  handed_to_carrier: 'shipped',
  in_transit: 'shipped',
  delivered: 'delivered',
  returned_to_sender: 'returned',
  lost: 'lost',
}

/** Of each line that travels, how many units are in no parcel, packed, on their way, arrived, back or lost. */
export function linesInParcels(
  ordered: readonly { readonly lineId: string; readonly quantity: number }[],
  parcels: readonly CountedParcel[],
): LineParcels[] {
  const counted = parcels.filter(({ resolution }) => resolution !== 'reshipped')
  return ordered.map(({ lineId, quantity }) => {
    const sums = { packed: 0, shipped: 0, delivered: 0, returned: 0, lost: 0 }
    for (const { state, lines } of counted)
      for (const line of lines) if (line.lineId === lineId) sums[placeOf[state]] += line.quantity
    const left = sums.shipped + sums.delivered + sums.returned + sums.lost
    const open = Math.max(0, quantity - left - sums.packed)
    const whole = { asked: quantity, left, delivered: sums.delivered, failed: sums.returned + sums.lost }
    const state = left === 0 && open === 0 && sums.packed > 0 ? ('packed' as const) : shippingStateOf(whole)
    return { lineId, ordered: quantity, ...sums, open, state }
  })
}

/** How far the parcels of an order are together: derived from where its units are, and from nothing else. */
export function shippingStateOfLines(lines: readonly LineParcels[]): ShippingState {
  const sum = (of: (line: LineParcels) => number): number => lines.reduce((total, line) => total + of(line), 0)
  return shippingStateOf({
    asked: sum((line) => line.ordered),
    left: sum((line) => line.shipped + line.delivered + line.returned + line.lost),
    delivered: sum((line) => line.delivered),
    failed: sum((line) => line.returned + line.lost),
  })
}

/** Units that never arrived no longer keep the others from having all been delivered. */
function shippingStateOf(units: { asked: number; left: number; delivered: number; failed: number }): ShippingState {
  const { asked, left, delivered, failed } = units
  if (left === 0) return 'not_shipped'
  if (left < asked) return delivered > 0 ? 'partially_delivered' : 'partially_shipped'
  if (delivered > 0) return delivered + failed === asked ? 'delivered' : 'partially_delivered'
  return 'shipped'
}

/** What a preparation has in no parcel yet. */
export function leftToPack(
  prepared: readonly { readonly lineId: string; readonly quantity: number }[],
  parcels: readonly CountedParcel[],
): { lineId: string; quantity: number }[] {
  return prepared.flatMap(({ lineId, quantity }) => {
    const packed = parcels
      .flatMap(({ lines }) => lines)
      .filter((line) => line.lineId === lineId)
      .reduce((sum, line) => sum + line.quantity, 0)
    return packed < quantity ? [{ lineId, quantity: quantity - packed }] : []
  })
}
