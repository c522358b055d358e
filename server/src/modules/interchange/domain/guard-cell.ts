import { unguardCell } from '../../../kernel/csv.ts'
import { repairDoubleEncoding } from './repair-text.ts'

/** A record with the guards taken back and doubly encoded text mended. */
export function guardlessRow(values: readonly string[]): string[] {
  return values.map((value) => unguardCell(repairDoubleEncoding(value)))
}
