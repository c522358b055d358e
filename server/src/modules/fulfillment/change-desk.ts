import { refundMissing, standIn } from './ask-substitute.ts'
import { dropLines } from './drop-lines.ts'
import { followChange } from './follow-lines.ts'
import { startedLines } from './queries/changes.ts'

/** What somebody who changes an order needs to know of its preparations, and does to them. */
export const changeDesk = { drop: dropLines, started: startedLines, follow: followChange, standIn, refundMissing }
