import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Queryable, Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { readLots, readPicks } from '../inventory/public.ts'
import type { OrderRow } from '../orders/public.ts'
import { shareLots, type LotShare } from './domain/share-lots.ts'
import { putAside, type LeavingLine } from './put-aside.ts'
import type { FulfillmentRow } from './queries/fulfillments.ts'
import { replaceLots, selectShares, type ParcelLot } from './queries/parcel-lots.ts'

/** Says which lots of what was put aside for lines lie in which of their parcels that have not left. Under the order's lock. */
export async function shareOutLots(tx: Tx, orderId: string, lineIds: readonly string[]): Promise<void> {
  const shares = await selectShares(tx, orderId, lineIds)
  if (shares.length === 0) return
  const picks = await readPicks(tx, lineIds)
  if (picks.length === 0 && shares.every(({ lots }) => lots.length === 0)) return
  const shared = [...new Set(shares.map(({ lineId }) => lineId))].flatMap((lineId) => {
    const mine = picks.filter((pick) => pick.lineId === lineId)
    const parcels = shareLots(
      shares.filter((share) => share.lineId === lineId),
      mine,
    )
    return [...parcels].flatMap(([parcelId, lots]) => lots.map((lot) => ({ parcelId, lineId, ...lot })))
  })
  const parcelIds = [...new Set(shares.map(({ parcelId }) => parcelId))]
  await replaceLots(tx, orderId, { parcelIds, lineIds }, await withNumbers(tx, shared))
}

/** Writes which lots have left with a parcel. */
export async function noteLotsThatLeft(
  tx: Tx,
  orderId: string,
  parcelId: string,
  lines: readonly { readonly lineId: string; readonly lots: readonly LotShare[] }[],
): Promise<void> {
  const left = lines.flatMap(({ lineId, lots }) => lots.map((lot) => ({ parcelId, lineId, ...lot })))
  if (left.length === 0) return
  const lineIds = [...new Set(left.map(({ lineId }) => lineId))]
  await replaceLots(tx, orderId, { parcelIds: [parcelId], lineIds }, await withNumbers(tx, left))
}

/**
 * Names the lots of a line that lie in a parcel: they are put aside for it, beside what lies in its other parcels; what else was
 * put aside for the line stays aside while there is room.
 * @throws inventory.lots_add_up, and those of `putAside`
 */
export async function nameLotsOfParcel(
  ctx: Ctx,
  tx: Tx,
  { order, row, parcelId, line }: { order: OrderRow; row: FulfillmentRow; parcelId: string; line: LeavingLine },
  { quantity, lots }: { quantity: number; lots: readonly LotUnits[] },
): Promise<void> {
  const { lineId, sku } = line
  const named = lots.reduce((sum, { units }) => sum + units, 0)
  if (named > quantity) throw refuse('inventory.lots_add_up', { sku, units: quantity, named })
  const others = (await selectShares(tx, order.id, [lineId])).filter((share) => share.parcelId !== parcelId)
  const elsewhere = await numbered(
    tx,
    others.flatMap((share) => share.lots),
  )
  const aside = await numbered(tx, await readPicks(tx, [lineId]))
  const wanted = new Map<string, LotUnits>()
  const want = (lot: LotUnits): void => {
    const units = (wanted.get(lot.number)?.units ?? 0) + lot.units
    wanted.set(lot.number, { ...lot, units })
  }
  for (const lot of [...elsewhere, ...lots]) want(lot)
  let room = line.quantity - [...wanted.values()].reduce((sum, { units }) => sum + units, 0)
  for (const { number, units } of aside) {
    const free = Math.min(room, units - (wanted.get(number)?.units ?? 0))
    if (free <= 0) continue
    want({ number, units: free })
    room -= free
  }
  await putAside(ctx, tx, row, line, [...wanted.values()])
  const now = (await readPicks(tx, [lineId])).map(({ lotId }) => lotId)
  const ids = new Map((await readLots(tx, now)).map(({ number, lotId }) => [number, lotId]))
  const inside = lots.flatMap(({ number, units }) => {
    const lotId = ids.get(number)
    return lotId === undefined ? [] : [{ parcelId, lineId, lotId, units }]
  })
  await replaceLots(tx, order.id, { parcelIds: [parcelId], lineIds: [lineId] }, await withNumbers(tx, inside))
}

/** Lots by the numbers on their labels; those without one are left out. */
async function numbered(db: Queryable, lots: readonly LotShare[]): Promise<LotUnits[]> {
  const labels = await labelsOf(db, lots)
  return lots.flatMap(({ lotId, units }) => {
    const number = labels.get(lotId)?.number
    return number ? [{ number, units }] : []
  })
}

/** What has no number cannot be told from anything else, and is not written down. */
async function withNumbers(
  db: Queryable,
  lots: readonly (LotShare & { readonly parcelId: string; readonly lineId: string })[],
): Promise<ParcelLot[]> {
  const labels = await labelsOf(db, lots)
  return lots.flatMap((lot) => {
    const label = labels.get(lot.lotId)
    return label?.number ? [{ ...lot, number: label.number, expiresOn: label.expiresOn }] : []
  })
}

async function labelsOf(db: Queryable, lots: readonly LotShare[]) {
  const lotIds = [...new Set(lots.map(({ lotId }) => lotId))]
  return new Map((lotIds.length > 0 ? await readLots(db, lotIds) : []).map((lot) => [lot.lotId, lot]))
}
