/** Messages to customers about their orders. */
export type { MailLinks } from './prepare-content.ts'
export { createSegment } from './segments/write-segment.ts'
export { guardOnePart, partsOf, priceOf } from './domain/sms-parts.ts'
export { wishOf } from './domain/stop-words.ts'
export { callMoment, type ContactMoment } from './domain/call-hours.ts'
export { quietMoment } from './domain/quiet-hours.ts'
export { addressBlock } from './domain/address-block.ts'
export { happeningKinds, retentionOf, type Happening, type LegalRecord } from './domain/retention.ts'
