import type { InputOf } from '@ecluse/contracts/endpoint.ts'
import type { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { InspectionDisposition, ReturnCondition, ReturnSlip } from '@ecluse/contracts/returns.ts'

/** Paths whose answers an act on a return makes old. */
export const touchedByReturns = ['/returns', '/orders', '/stock', '/messages'] as const

/** What was found of some units of one line. */
export type Finding = {
  readonly key: string
  readonly line: ReturnSlip['lines'][number]
  readonly quantity: number
  readonly condition: ReturnCondition
  readonly disposition: InspectionDisposition
  /** Kept for diminished value, in cents; null: nothing. */
  readonly kept: number | null
  readonly keptReason: string
  readonly note: string
  /** Which lots or serial numbers, of a followed article. */
  readonly lots: readonly LotUnits[]
}

/** Before anybody has looked: all of it came as new, unless its buyer said otherwise. */
export function firstFindings({ lines }: Pick<ReturnSlip, 'lines'>): Finding[] {
  return lines.map((line, index) => ({
    key: String(index),
    line,
    quantity: line.quantity,
    ...(line.reason === 'defective' || line.reason === 'damaged'
      ? { condition: 'damaged' as const, disposition: 'supplier' as const }
      : { condition: 'as_new' as const, disposition: 'restock' as const }),
    kept: null,
    keptReason: '',
    note: '',
    lots: [],
  }))
}

/** One unit of a line is looked at apart. */
export function splitFinding(findings: readonly Finding[], index: number): Finding[] {
  return findings.flatMap((finding, at) =>
    at === index && finding.quantity > 1
      ? [
          { ...finding, quantity: finding.quantity - 1, lots: [] },
          { ...finding, key: `${finding.key}.${findings.length}`, quantity: 1, kept: null, keptReason: '', lots: [] },
        ]
      : [finding],
  )
}

/** Whether each amount that is kept has its reason, and is no more than the price. */
export function isComplete(findings: readonly Finding[]): boolean {
  return findings.every((finding) => !keepsWithoutReason(finding) && !keepsTooMuch(finding))
}

export const keepsWithoutReason = ({ kept, keptReason, disposition }: Finding): boolean =>
  disposition !== 'send_back' && (kept ?? 0) > 0 && keptReason.trim().length < 3

export const keepsTooMuch = ({ kept, line, quantity, disposition }: Finding): boolean =>
  disposition !== 'send_back' && (kept ?? 0) > line.unitPrice.amountMinor * quantity

/** What the articles give back, in cents; the server adds the delivery when nothing is kept. */
export function goodsRefund(findings: readonly Finding[]): number {
  return findings
    .filter(({ disposition }) => disposition !== 'send_back')
    .reduce((sum, { line, quantity, kept }) => sum + line.unitPrice.amountMinor * quantity - (kept ?? 0), 0)
}

/** The findings as the API takes them; units that did not come are left out. */
export function bodyLines(findings: readonly Finding[]): InputOf<typeof endpoints.inspectReturn>['body']['lines'] {
  return findings
    .filter(({ quantity }) => quantity > 0)
    .map(({ line, quantity, condition, disposition, kept, keptReason, note, lots }) => ({
      lineId: line.lineId,
      quantity,
      condition,
      disposition,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      ...(lots.length > 0 && disposition !== 'send_back' ? { lots: [...lots] } : {}),
      ...(kept === null || kept === 0 || disposition === 'send_back'
        ? {}
        : { deductionMinor: kept, deductionReason: keptReason.trim() }),
    }))
}
