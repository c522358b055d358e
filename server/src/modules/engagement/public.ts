/** Messages to customers about their orders. */
export type { MailLinks } from './prepare-content.ts'
export { createSegment } from './segments/write-segment.ts'
