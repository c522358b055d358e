import type { Subscriber } from './kernel/relay.ts'
import { earnPoints } from './modules/loyalty/subscribers/earn-points.ts'
import { followPurchases } from './modules/customers/subscribers/follow-purchases.ts'
import { followComputed } from './modules/engagement/subscribers/follow-computed.ts'
import { followInteractions } from './modules/engagement/subscribers/follow-interactions.ts'
import { followJourneys } from './modules/engagement/subscribers/follow-journeys.ts'
import { writeMessages } from './modules/engagement/subscribers/write-messages.ts'
import { writeToSuppliers } from './modules/engagement/subscribers/write-to-suppliers.ts'
import { releaseLots } from './modules/fulfillment/subscribers/release-lots.ts'
import { followChanges } from './modules/fulfillment/subscribers/follow-changes.ts'
import { followKeptHours } from './modules/fulfillment/subscribers/follow-kept-hours.ts'
import { followCancelledParts, followWindowOrders } from './modules/fulfillment/subscribers/follow-window-orders.ts'
import { openAllocated } from './modules/fulfillment/subscribers/open-allocated.ts'
import {
  cancelOpenFulfillments,
  dropCancelledLines,
  openFulfillments,
} from './modules/fulfillment/subscribers/open-fulfillments.ts'
import { writeDeliveries } from './modules/interchange/subscribers/write-deliveries.ts'
import { openLicencesOfFiles } from './modules/inventory/subscribers/open-licences.ts'
import { refreshReadModel } from './modules/offers/public.ts'
import { scheduleSettlement } from './modules/orders/jobs/expire-orders.ts'
import { scheduleHoldEnd } from './modules/orders/jobs/expire-documents.ts'
import { settleReservations } from './modules/orders/subscribers/settle-reservations.ts'
import { dropChangesOfEnded } from './modules/orders/jobs/keep-changes.ts'
import { keepAhead } from './modules/orders/subscribers/keep-ahead.ts'
import { giveOnOrderPlaced, revokeOnCancelled } from './modules/orders/subscribers/follow-downloads.ts'
import { freeCredit } from './modules/orders/subscribers/free-credit.ts'
import { noteInteractions } from './modules/orders/subscribers/note-interactions.ts'
import { recogniseAsker } from './modules/orders/subscribers/recognise-asker.ts'
import { recogniseBuyer } from './modules/orders/subscribers/recognise-buyer.ts'
import { followOrders as followOrdersWithAppointments } from './modules/service/subscribers/follow-orders.ts'
import { followReservations } from './modules/service/subscribers/follow-reservations.ts'
import { followStaff } from './modules/service/subscribers/follow-staff.ts'
import { recogniseVisitor } from './modules/service/subscribers/recognise-visitor.ts'
import { noteArms } from './modules/strategy/subscribers/note-arms.ts'
import { captureOnOrderPlaced } from './modules/payments/jobs/capture-payments.ts'
import { bookLedger } from './modules/payments/subscribers/book-ledger.ts'

/** Who hears what happened, in this order. */
export const subscribers: readonly Subscriber[] = [
  scheduleSettlement,
  scheduleHoldEnd,
  settleReservations,
  followReservations,
  followOrdersWithAppointments,
  captureOnOrderPlaced,
  openLicencesOfFiles,
  giveOnOrderPlaced,
  revokeOnCancelled,
  openFulfillments,
  cancelOpenFulfillments,
  dropCancelledLines,
  followChanges,
  releaseLots,
  dropChangesOfEnded,
  openAllocated,
  keepAhead,
  followWindowOrders,
  followKeptHours,
  followCancelledParts,
  bookLedger,
  recogniseBuyer,
  recogniseAsker,
  recogniseVisitor,
  followStaff,
  noteInteractions,
  earnPoints,
  freeCredit,
  refreshReadModel,
  writeMessages,
  writeToSuppliers,
  followPurchases,
  followInteractions,
  followJourneys,
  followComputed,
  noteArms,
  writeDeliveries,
]
