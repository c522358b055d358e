import { dropLines } from './drop-lines.ts'
import { lowerOpenLines, startedLines } from './queries/changes.ts'

/** What somebody who changes an order needs to know of its preparations, and does to them. */
export const changeDesk = {
  drop: dropLines,
  started: startedLines,
  lower: (_ctx: unknown, tx: Parameters<typeof lowerOpenLines>[0], orderId: string, lines: LoweredLines) =>
    lowerOpenLines(tx, orderId, lines),
}

type LoweredLines = Parameters<typeof lowerOpenLines>[2]
