/** Preparations: what is picked, handed over and shipped. */
export { handOver, markReady, ship } from './advance-fulfillment.ts'
export { listFulfillmentRows as listFulfillments, type FulfillmentRow } from './queries/fulfillments.ts'
