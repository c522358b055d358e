import { addressOf } from '@ecluse/storefront/paths.ts'
import type { Logger } from 'pino'
import { contactRoutes } from './contact-routes.ts'
import { carriersOf, mailDesk, mailLinks } from './mail-links.ts'
import { systemClock, type Clock } from './kernel/clock.ts'
import type { Config } from './kernel/config.ts'
import type { Services } from './kernel/context.ts'
import type { Db } from './kernel/db.ts'
import { deleteOldKeys } from './kernel/delete-old-keys.ts'
import { createIds } from './kernel/ids.ts'
import type { Routes } from './kernel/http/implement.ts'
import type { Job } from './kernel/jobs.ts'
import { createRelay, type Relay, type Subscriber } from './kernel/relay.ts'
import { createSystemRng, type Rng } from './kernel/rng.ts'
import { sweepAccess } from './modules/access/jobs/sweep-access.ts'
import { limitCodes, limitReservations, openAccess, type Access } from './modules/access/public.ts'
import { accessRoutes } from './modules/access/routes.ts'
import { rebuildOldIndex } from './modules/catalog/jobs/rebuild-old-index.ts'
import { articleFileRoutes } from './modules/catalog/files/routes.ts'
import { keepPoints } from './modules/loyalty/jobs/keep-points.ts'
import { entitlementRoutes } from './modules/loyalty/entitlements/routes.ts'
import { partnerRoutes } from './modules/loyalty/partners/routes.ts'
import { createFavourDesk } from './modules/loyalty/public.ts'
import { loyaltyRoutes } from './modules/loyalty/routes.ts'
import { catalogRoutes } from './modules/catalog/routes.ts'
import { channelRoutes } from './modules/channels/routes.ts'
import { companyRoutes } from './modules/customers/companies/routes.ts'
import { createVisitLog, type VisitLog } from './modules/customers/public.ts'
import { forgetVisits } from './modules/customers/jobs/forget-visits.ts'
import { forgetReads } from './modules/customers/jobs/forget-reads.ts'
import { matchParties } from './modules/customers/jobs/match-parties.ts'
import {
  computeFirstValuesNow,
  computeValuesNightly,
  treatCustomersNow,
  valuePartiesNow,
} from './modules/customers/jobs/value-customers.ts'
import { customerRoutes } from './modules/customers/routes.ts'
import { deleteOldMessages } from './modules/engagement/jobs/delete-old-messages.ts'
import { createJourneyJobs } from './modules/engagement/jobs/run-journeys.ts'
import { createTellOfEndings } from './modules/engagement/jobs/tell-of-endings.ts'
import { createSendMessages } from './modules/engagement/jobs/send-messages.ts'
import {
  callSender,
  createMailSender,
  letterSender,
  pushSender,
  socialSender,
  textSender,
  visitSender,
} from './modules/engagement/public.ts'
import { journeyRoutes } from './modules/engagement/journeys/routes.ts'
import { readMailboxEachMinute } from './modules/engagement/jobs/read-mailbox.ts'
import { engagementRoutes } from './modules/engagement/routes.ts'
import {
  fillSegmentNow,
  followCustomersNow,
  followTimeTwiceAMinute,
  followValuesNow,
} from './modules/engagement/jobs/keep-segments.ts'
import { segmentRoutes } from './modules/engagement/segments/routes.ts'
import { countOpened, changeDesk, dropLines, slotDesk, windowDesk } from './modules/fulfillment/public.ts'
import { driveRoutes } from './modules/fulfillment/drive/routes.ts'
import { makeDriveSlots } from './modules/fulfillment/jobs/make-drive-slots.ts'
import { pickingRoutes } from './modules/fulfillment/picking-routes.ts'
import { parcelRoutes } from './modules/fulfillment/parcel-routes.ts'
import { fulfillmentLotRoutes } from './modules/fulfillment/lot-routes.ts'
import { fulfillmentRoutes } from './modules/fulfillment/routes.ts'
import { substitutionRoutes } from './modules/fulfillment/substitution-routes.ts'
import { orderSourcingRoutes } from './modules/fulfillment/sourcing-routes.ts'
import { drawDayRoutes, makeComingWindows, sweepReservations } from './modules/fulfillment/jobs/keep-deliveries.ts'
import { keepDirectOrders } from './modules/fulfillment/jobs/order-direct.ts'
import { createKeepPickups } from './modules/fulfillment/jobs/keep-pickups.ts'
import { pickupRoutes } from './modules/fulfillment/pickup-routes.ts'
import { createFollowSupplierAnswers } from './modules/fulfillment/subscribers/follow-supplier-answers.ts'
import { createServeWaitingLines } from './modules/fulfillment/subscribers/serve-waiting-lines.ts'
import { windowRoutes } from './modules/fulfillment/window-routes.ts'
import { deleteOldDeliveries } from './modules/interchange/jobs/delete-old-deliveries.ts'
import { resumeImports, runImports } from './modules/interchange/jobs/run-imports.ts'
import { createSendWebhooks } from './modules/interchange/jobs/send-webhooks.ts'
import { insightJobs } from './modules/insights/jobs/keep-figures.ts'
import { insightRoutes } from './modules/insights/routes.ts'
import { strategyJobs } from './modules/strategy/jobs/strategy-jobs.ts'
import { strategyRoutes } from './modules/strategy/routes.ts'
import { trainingRoutes } from './modules/training/routes.ts'
import { interchangeRoutes } from './modules/interchange/routes.ts'
import { webhookRoutes } from './modules/interchange/webhook-routes.ts'
import {
  listSellingPlaces,
  loadAdvanceSales,
  loadBuffers,
  loadSourcing,
  readAvailability,
} from './modules/inventory/public.ts'
import { inventoryRoutes } from './modules/inventory/routes.ts'
import { createReadModel, offerRoutes, type OfferModel } from './modules/offers/public.ts'
import { createExpireOrders, createSettleOrder, deleteCarts } from './modules/orders/jobs/expire-orders.ts'
import { quickOrderRoutes } from './modules/orders/companies/quick-order-routes.ts'
import { ublRoutes } from './modules/orders/companies/ubl-routes.ts'
import { companyOrderRoutes } from './modules/orders/companies/routes.ts'
import {
  createKeepRequests,
  deletePasses,
  expireDocuments,
  forgetVisitors,
} from './modules/orders/jobs/expire-documents.ts'
import {
  createPlacementQueue,
  weighCart,
  weighGoods,
  weighOrder,
  type PlacementDeps,
  type DocumentDeps,
} from './modules/orders/public.ts'
import { passRoutes } from './modules/orders/passes/routes.ts'
import { reservationRoutes } from './modules/orders/reservations/routes.ts'
import { quoteRoutes } from './modules/orders/quotes/routes.ts'
import { orderChangeRoutes } from './modules/orders/changes/routes.ts'
import { returnRoutes } from './modules/orders/returns/routes.ts'
import { rightsJobs } from './modules/rights/jobs/do-requests.ts'
import { rightsDesk, rightsOfPeopleRoutes } from './rights-routes.ts'
import { subscribers } from './subscribers.ts'
import { learnTraitsNightly } from './modules/orders/jobs/learn-traits.ts'
import { serveAheadHourly } from './modules/orders/jobs/serve-ahead.ts'
import { createKeepChanges } from './modules/orders/jobs/keep-changes.ts'
import { availabilityRoutes } from './modules/orders/availability/routes.ts'
import { downloadRoutes } from './modules/orders/downloads/routes.ts'
import { partRoutes } from './modules/orders/groups/routes.ts'
import { giveDueDownloads } from './modules/orders/jobs/give-downloads.ts'
import { orderRoutes } from './modules/orders/routes.ts'
import { withdrawalRoutes } from './modules/orders/withdrawals/routes.ts'
import { appointmentRoutes } from './modules/service/routes.ts'
import { adviserRoutes } from './modules/service/advisers/routes.ts'
import { ratingRoutes } from './modules/service/ratings/routes.ts'
import { waitingRoutes } from './modules/service/waiting-routes.ts'
import { appointmentDesk } from './modules/service/public.ts'
import { keepAdvisers } from './modules/service/jobs/keep-advisers.ts'
import { forgetAppointments, keepWaiting, remindOfAppointments } from './modules/service/jobs/keep-appointments.ts'
import { keepExpiredBack } from './modules/inventory/jobs/keep-back-expired.ts'
import { proposeReplenishment } from './modules/inventory/jobs/propose-replenishment.ts'
import { createCapturePayments } from './modules/payments/jobs/capture-payments.ts'
import { createMakeRefunds } from './modules/payments/jobs/make-refunds.ts'
import type { PaymentProvider } from './modules/payments/public.ts'
import { createTestProvider } from './modules/payments/providers/test-provider.ts'
import { pricingRoutes } from './modules/pricing/routes.ts'
import { testPaymentRoutes } from './modules/payments/routes.ts'
import { sweepVouchers } from './modules/payments/jobs/sweep-vouchers.ts'
import { voucherRoutes } from './modules/payments/voucher-routes.ts'

/** What an application is made of; clock and randomness are the machine's unless given. */
export type Parts = {
  readonly config: Config
  readonly db: Db
  readonly replica?: Db | undefined
  readonly connectionString: string
  readonly log: Logger
  readonly clock?: Clock
  readonly rng?: Rng
  /** Who else hears what happened: a simulation's observer. */
  readonly extraSubscribers?: readonly Subscriber[]
  /** Puts something between us and the payment provider: a simulation's faults. */
  readonly wrapProvider?: (provider: PaymentProvider) => PaymentProvider
  /** How long a receiver of webhooks may take, in milliseconds: a simulation does not wait for those that hang. */
  readonly webhookTimeoutMs?: number
}

/** Everything of a process, put together. */
export type Wiring = {
  readonly services: Services
  readonly access: Access
  readonly model: OfferModel
  readonly placement: PlacementDeps
  readonly relay: Relay
  /** What visitors of the shop look at who allowed it. */
  readonly visits: VisitLog
  readonly jobs: readonly Job[]
  readonly routes: readonly Routes[]
  /** The same application at another time: the demo company's past is made with it. */
  at(clock: Clock): Wiring
}

/** The one place where modules, subscribers, jobs, clock and providers meet. */
export function wire(parts: Parts): Wiring {
  const { config, db, replica, log } = parts
  const clock = parts.clock ?? systemClock
  const ids = createIds(clock, parts.rng ?? createSystemRng())
  const services: Services = { config, db, replica, log, clock, ids, wakeRelay: () => relay.wake() }
  const access = openAccess(services)
  const model = createReadModel(services, {
    loadAvailability: readAvailability,
    listPlaces: listSellingPlaces,
    loadSourcing: (from, now) => loadSourcing(from, now, countOpened),
    loadBuffers,
    loadAdvanceSales,
  })
  const testProvider = createTestProvider(db, clock)
  const provider = parts.wrapProvider?.(testProvider) ?? testProvider
  const placement: PlacementDeps = {
    model,
    provider,
    queue: createPlacementQueue(services),
    windows: windowDesk,
    slots: slotDesk,
    appointments: appointmentDesk,
    favours: createFavourDesk(services),
  }
  const relay = createRelay(
    services,
    [
      ...subscribers,
      createServeWaitingLines(model),
      createFollowSupplierAnswers(model),
      ...(parts.extraSubscribers ?? []),
    ],
    () => placement.queue.inRush(),
  )
  return {
    services,
    at: (time) => wire({ ...parts, clock: time }),
    access,
    model,
    placement,
    relay,
    visits: createVisitLog(services),
    jobs: jobsOf(services, placement, model, parts),
    routes: routesOf(services, access, model, placement),
  }
}

/** What is done later, or by the clock. */
function jobsOf(services: Services, placement: PlacementDeps, model: OfferModel, { webhookTimeoutMs }: Parts): Job[] {
  const { provider } = placement
  const desk = mailDesk(services.config, model)
  return [
    proposeReplenishment,
    keepExpiredBack,
    createCapturePayments(provider),
    createMakeRefunds(provider),
    createExpireOrders(provider),
    createSettleOrder(provider),
    keepDirectOrders,
    createKeepPickups(provider),
    deleteCarts,
    serveAheadHourly,
    giveDueDownloads,
    ...documentJobs,
    createKeepRequests(placement),
    createKeepChanges({ ...placement, desk: changeDesk }),
    matchParties,
    forgetReads,
    forgetVisits,
    computeValuesNightly,
    computeFirstValuesNow,
    valuePartiesNow,
    treatCustomersNow,
    learnTraitsNightly,
    ...insightJobs,
    ...strategyJobs,
    deleteOldKeys,
    sweepVouchers,
    keepPoints,
    rebuildOldIndex,
    sweepAccess,
    drawDayRoutes,
    makeComingWindows,
    makeDriveSlots,
    sweepReservations,
    runImports,
    resumeImports,
    createSendWebhooks(webhookTimeoutMs),
    deleteOldDeliveries,
    ...createJourneyJobs({
      email: createMailSender(desk),
      letter: letterSender,
      phone: callSender,
      push: pushSender,
      social: socialSender,
      sms: textSender,
      visit: visitSender,
    }),
    createTellOfEndings((locale) => `${services.config.publicUrl}${addressOf('loyalty', locale)}`),
    createSendMessages({ ...mailLinks(services.config), ...desk }, carriersOf(services, desk)),
    readMailboxEachMinute,
    deleteOldMessages,
    ...rightsJobs(rightsDesk(services.config)),
    fillSegmentNow,
    followCustomersNow,
    followTimeTwiceAMinute,
    followValuesNow,
  ]
}

/** What the API answers. */
function routesOf(services: Services, access: Access, model: OfferModel, placement: PlacementDeps): Routes[] {
  const { provider } = placement
  return [
    accessRoutes(access),
    channelRoutes,
    catalogRoutes,
    articleFileRoutes,
    offerRoutes({ model }),
    pricingRoutes,
    inventoryRoutes,
    orderRoutes(placement),
    downloadRoutes(mailLinks(services.config).order),
    partRoutes({ provider, desk: changeDesk }),
    availabilityRoutes({ model }),
    // No contract with a carrier: buyers send back by the one they choose.
    returnRoutes({ model, desk: changeDesk, labels: { labelOf: () => Promise.resolve(null) } }),
    orderChangeRoutes({
      ...placement,
      desk: changeDesk,
      changePage: (locale, change, token) =>
        `${services.config.publicUrl}${addressOf('changePayment', locale, change, { token })}`,
    }),
    withdrawalRoutes({
      provider,
      preparations: { drop: dropLines },
      limitAttempts: (request) => limitCodes(services, request.ip),
    }),
    ...documentRoutes(services, model, placement),
    companyRoutes,
    companyOrderRoutes(placement),
    quickOrderRoutes({ model }),
    ublRoutes(placement),
    fulfillmentRoutes,
    fulfillmentLotRoutes,
    pickupRoutes,
    parcelRoutes(placement),
    driveRoutes(placement),
    windowRoutes({
      cartGoodsOf: async (ctx, { cartId, orderId, channel, goods, token, without, cardNumber, customerId }) => {
        if (channel !== undefined && goods !== undefined) return weighGoods(ctx, model, channel, [goods].flat())
        return orderId === undefined
          ? weighCart(ctx, placement, { cartId, without: [without ?? []].flat(), cardNumber, customerId })
          : weighOrder(ctx, model, orderId, token)
      },
    }),
    orderSourcingRoutes(placement),
    substitutionRoutes({ model, provider }),
    pickingRoutes,
    customerRoutes,
    insightRoutes,
    strategyRoutes,
    trainingRoutes,
    ...rightsOfPeopleRoutes(services),
    engagementRoutes,
    ...contactRoutes(services, model),
    segmentRoutes,
    journeyRoutes,
    loyaltyRoutes,
    entitlementRoutes,
    partnerRoutes,
    interchangeRoutes,
    webhookRoutes,
    testPaymentRoutes,
    voucherRoutes({ limitCodes: (request) => limitCodes(services, request.ip) }),
  ]
}

/** Passes and quotes: documents that any channel continues. */
function documentRoutes(services: Services, model: OfferModel, placement: PlacementDeps): Routes[] {
  const { publicUrl } = services.config
  const documents: DocumentDeps = {
    model,
    passLink: (locale, token) => `${publicUrl}${addressOf('pass', locale, { token })}`,
    quoteLink: (locale, quoteId, token) => `${publicUrl}${addressOf('quote', locale, { quoteId }, { token })}`,
  }
  return [
    passRoutes({ ...documents, limitCodes: (request) => limitCodes(services, request.ip) }),
    quoteRoutes({ ...documents, desks: placement }),
    appointmentRoutes({
      limitReservations: (request) => limitReservations(services, request.ip),
      appointmentLink: (locale, appointmentId, token) =>
        `${publicUrl}${addressOf('appointment', locale, { appointmentId }, { token })}`,
    }),
    adviserRoutes,
    ratingRoutes,
    waitingRoutes({ limitReservations: (request) => limitReservations(services, request.ip) }),
    reservationRoutes({ model, limitReservations: (request) => limitReservations(services, request.ip) }),
  ]
}

const documentJobs: readonly Job[] = [
  expireDocuments,
  deletePasses,
  forgetVisitors,
  keepAdvisers,
  remindOfAppointments,
  keepWaiting,
  forgetAppointments,
]
