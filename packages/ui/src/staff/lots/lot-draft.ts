import { readGs1 } from '@ecluse/contracts/gs1.ts'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { StockTracking } from '@ecluse/contracts/stock-articles.ts'

/** What was scanned or typed of a unit: the number on its label, and until when it is good where a symbol says so. */
export type LotLabel = { readonly number: string; readonly expiresOn?: string }

/**
 * Reads a label: a GS1 symbol says which lot or which serial number, anything else is the number itself.
 * @returns null when a symbol names the article and nothing more
 */
export function readLabel(text: string, mode: StockTracking['mode'], now: Date): LotLabel | null {
  const symbol = readGs1(text, now)
  if (!symbol) return text.trim() === '' ? null : { number: text.trim() }
  const number = mode === 'serial' ? symbol.serialNumber : symbol.batchOrLotNumber
  if (!number) return null
  return { number, ...(symbol.expirationDate ? { expiresOn: symbol.expirationDate } : {}) }
}

/**
 * One more unit of a label, or as many as are missing when its lot is named for the first time by hand.
 * @returns undefined when this serial number is there already
 */
export function addLabel(
  lots: readonly LotUnits[],
  label: LotLabel,
  mode: StockTracking['mode'],
  units = 1,
): readonly LotUnits[] | undefined {
  const known = lots.find(({ number }) => number === label.number)
  if (!known) return [...lots, { ...label, units: mode === 'serial' ? 1 : Math.max(1, units) }]
  if (mode === 'serial') return undefined
  return lots.map((lot) => (lot === known ? { ...lot, ...label, units: lot.units + 1 } : lot))
}

/** Lots as the API takes them: none were named, and nothing is said of them. */
export const namedLots = (lots: readonly LotUnits[]): { lots?: LotUnits[] } =>
  lots.length > 0 ? { lots: [...lots] } : {}

export const unitsIn = (lots: readonly LotUnits[]): number => lots.reduce((sum, { units }) => sum + units, 0)
