/** Places, movements and what is available. Quantities on hand change by movements only. */
export { poolIdOf } from './domain/pool-id.ts'
export { sourceLines } from './domain/source-lines.ts'
export { issueStock } from './issue-stock.ts'
export { putPlace } from './put-place.ts'
export { recordCounts, type Count } from './record-counts.ts'
export { recordMovements, type Movement } from './record-movements.ts'
export { verifyStock } from './verify-stock.ts'
export {
  selectAvailability as readAvailability,
  selectPlaces as listPlaces,
  selectStock as listStock,
} from './queries/stock.ts'
