/** Preparations: what is picked, handed over and shipped; and the routes of deliveries. */
export { handOver, markReady, ship } from './advance-fulfillment.ts'
export { listFulfillmentRows as listFulfillments, type FulfillmentRow } from './queries/fulfillments.ts'
export { insertionOf } from './domain/routing/insertion.ts'
export { planRoutes } from './domain/routing/plan-routes.ts'
export type { Plan } from './domain/routing/problem.ts'
export { planeTravel } from './domain/routing/travel.ts'
