/** Places, movements and what is available. Quantities on hand change by movements only. */
export { poolIdOf } from './domain/pool-id.ts'
export { sourceLines } from './domain/source-lines.ts'
export { bufferFor, unitsKept, type BufferRule, type ChannelBuffers } from './domain/channel-buffers.ts'
export { listChannelBuffers, loadBuffers, setChannelBuffer } from './set-channel-buffer.ts'
export { setSafetyStock } from './set-safety-stock.ts'
export { addUpPlaces, earliestFor, unitsBy } from './domain/available-to-promise.ts'
export { readTerms } from './read-terms.ts'
export { companyDay } from './domain/company-day.ts'
export { loadAdvanceSales, readAdvanceSales, setAdvanceSales } from './advance-sales.ts'
export { rescheduleSupplierOrder } from './supplier-orders/reschedule-order.ts'
export { selectDatedArrivals as datedArrivals } from './queries/advance-sales.ts'
export {
  advancePromise,
  isBeforeRelease,
  mostAhead,
  serveInTurn,
  type AdvanceRule,
  type AdvanceRules,
} from './domain/advance-promise.ts'
export { selectArrivals as arrivalsOf, selectVariantNames as variantFacts } from './queries/availability.ts'
export { applyRefusal } from './apply-refusal.ts'
export { explainSourcing } from './explain-sourcing.ts'
export { loadSourcing, termsToTry } from './load-sourcing.ts'
export { unitMarginMinor } from './domain/sourcing-terms.ts'
export { issueStock } from './issue-stock.ts'
export { issueLicences } from './licences/licences.ts'
export {
  deliveryOrder,
  pickupOrder,
  type DeliveryAddress,
  type DeliveryLine,
  type RecordedSourcing,
  type SourcingDesk,
} from './sourcing-desk.ts'
export type { RefusedLine } from './domain/sourcing/types.ts'
export { viewSourcing } from './view-sourcing.ts'
export { selectNames as variantNames, selectSnapshot as snapshotTerms } from './queries/sourcing.ts'
export { placesOf as ownPlaces } from './actors-places.ts'
export { blockNumber, keepBackExpired } from './lots/keep-back.ts'
export { setTracking } from './lots/track-variant.ts'
export { identifyLots } from './lots/identify-lots.ts'
export { pickLots, releasePicks } from './lots/pick-lots.ts'
export { proposeLots } from './lots/propose-lots.ts'
export { selectPicks as readPicks } from './queries/lot-picks.ts'
export { selectLots as readLots, selectTrackingOf as trackingOf } from './queries/lot-moves.ts'
export { selectOrdersOfLot as ordersOfLot } from './queries/lots.ts'
export { putPlace } from './put-place.ts'
export { recordCounts, type Count } from './record-counts.ts'
export { recordMovements, type LineLots, type Movement } from './record-movements.ts'
export type { Chosen as LotUnitsById } from './domain/choose-lots.ts'
export { receiveDelivery } from './supplier-orders/receive-delivery.ts'
export {
  endDirectOrders,
  proposeDirectOrder,
  readDirectOrders,
  supplierPlaces,
  type DirectOrder,
} from './supplier-orders/direct-orders.ts'
export { writeSupplierOrder } from './supplier-orders/save-order.ts'
export { sendSupplierOrder } from './supplier-orders/send-order.ts'
export { openCount } from './counts/open-count.ts'
export { postCount } from './counts/post-count.ts'
export { readCount } from './counts/read-count.ts'
export { finishCount, recordCountLines } from './counts/record-lines.ts'
export { computeProposals } from './replenishment/compute-proposals.ts'
export { receiveTransfer, sendTransfer } from './transfers/move-transfer.ts'
export { requestTransfer } from './transfers/request-transfer.ts'
export { verifyStock } from './verify-stock.ts'
export {
  selectAvailability as readAvailability,
  selectPlaces as listPlaces,
  selectSellingPlaces as listSellingPlaces,
  selectStock as listStock,
} from './queries/stock.ts'
export { setLocations, type Location } from './set-locations.ts'
export { personalOfInventory } from './queries/personal.ts'
export { placesOfCodes, type PostalPlace } from './postal-places.ts'
export { upsertPostalPlaces, type PostalPlaceRow } from './queries/postal-places.ts'
export { greatCircleKm } from './domain/sourcing/leg.ts'
export { leaveToStaff, type SupplierAnswered } from './supplier-orders/answer-order.ts'
export { createSupplierPlace } from './supplier-places/save-place.ts'
export { tellStock } from './supplier-places/tell-stock.ts'
