import type { InputOf } from '@ecluse/contracts/endpoint.ts'
import type { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ReturnedLine } from './return-line.tsx'

/** The lines that come back, as the API takes them. */
export function takenLines(
  lines: Readonly<Record<string, ReturnedLine>>,
): InputOf<typeof endpoints.createReturn>['body']['lines'] {
  return Object.entries(lines)
    .filter(([, { quantity }]) => quantity > 0)
    .map(([lineId, { kept, keptReason, lots, ...line }]) => ({
      lineId,
      ...line,
      ...(lots.length > 0 ? { lots: [...lots] } : {}),
      ...(kept === null || kept === 0 ? {} : { deductionMinor: kept, deductionReason: keptReason.trim() }),
    }))
}
