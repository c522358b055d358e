import type { readGs1 } from '@ecluse/contracts/gs1.ts'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Queryable, Tx } from '../../kernel/db.ts'
import { readLots, readPicks, trackingOf } from '../inventory/public.ts'
import { pickForFulfillment } from './pick-lots.ts'
import type { PickRow } from './queries/picking.ts'

/** What the label of a unit says of its lot or serial number, and what was put aside before for the lines it may be for. */
type UnitLabel = {
  readonly number: string
  readonly expiresOn: string | undefined
  readonly aside: ReadonlyMap<string, readonly LotUnits[]>
}

/** Reads a label as its article is followed; null where that is not, or the symbol names the article and nothing more. */
export async function readUnitLabel(
  db: Queryable,
  rows: readonly PickRow[],
  symbol: ReturnType<typeof readGs1>,
): Promise<UnitLabel | null> {
  const [any] = rows
  if (!any || (!symbol?.serialNumber && !symbol?.batchOrLotNumber)) return null
  const [tracking] = await trackingOf(db, [any.variant_id])
  const number = tracking?.mode === 'serial' ? symbol.serialNumber : symbol.batchOrLotNumber
  if (!tracking || !number) return null
  return { number, expiresOn: symbol.expirationDate, aside: await putAsideFor(db, rows) }
}

/** The line a unit is for: the one it was put aside for, else the first that still needs one; undefined when none does. */
export function lineFor(rows: readonly PickRow[], label: UnitLabel | null): PickRow | undefined {
  const open = rows.filter(({ picked, quantity }) => picked < quantity)
  return open.find((row) => label && isAside(row, label)) ?? open[0]
}

const isAside = ({ line_id: lineId, picked }: PickRow, { number, aside }: UnitLabel): boolean => {
  const lots = aside.get(lineId) ?? []
  return lots.some((lot) => lot.number === number) && unitsOf(lots) > picked
}

/** Puts the unit aside for its line, beside what was. @throws those of `pickForFulfillment` */
export async function labelPick(ctx: Ctx, tx: Tx, row: PickRow, label: UnitLabel): Promise<void> {
  if (isAside(row, label)) return
  const { number, expiresOn } = label
  const before = label.aside.get(row.line_id) ?? []
  const unit = { number, units: 1, ...(expiresOn ? { expiresOn } : {}) }
  const lots = before.some((lot) => lot.number === number)
    ? before.map((lot) => (lot.number === number ? { ...lot, units: lot.units + 1 } : lot))
    : [...before, unit]
  await pickForFulfillment(ctx, tx, row.fulfillment_id, [{ lineId: row.line_id, lots: [...lots] }])
}

/** Units that go back to their shelf are put aside no more, the last first. @throws those of `pickForFulfillment` */
export async function unlabelPicks(ctx: Ctx, tx: Tx, row: PickRow, picked: number): Promise<void> {
  const lots = (await putAsideFor(tx, [row])).get(row.line_id) ?? []
  if (picked >= row.picked || unitsOf(lots) <= picked) return
  let left = picked
  const kept = lots.flatMap((lot) => {
    const units = Math.min(lot.units, left)
    left -= units
    return units > 0 ? [{ ...lot, units }] : []
  })
  await pickForFulfillment(ctx, tx, row.fulfillment_id, [{ lineId: row.line_id, lots: kept }])
}

async function putAsideFor(db: Queryable, rows: readonly PickRow[]): Promise<Map<string, LotUnits[]>> {
  const picks = await readPicks(
    db,
    rows.map(({ line_id: lineId }) => lineId),
  )
  const lots = picks.length > 0 ? await readLots(db, [...new Set(picks.map(({ lotId }) => lotId))]) : []
  const numbers = new Map(lots.map(({ lotId, number }) => [lotId, number]))
  const aside = new Map<string, LotUnits[]>()
  for (const { lineId, lotId, units } of picks)
    aside.set(lineId, [...(aside.get(lineId) ?? []), { number: numbers.get(lotId) ?? '', units }])
  return aside
}

const unitsOf = (lots: readonly LotUnits[]): number => lots.reduce((sum, { units }) => sum + units, 0)
