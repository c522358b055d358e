import { accessEndpoints } from './access.ts'
import { adviserEndpoints } from './advisers.ts'
import { appointmentEndpoints } from './appointments.ts'
import { availabilityEndpoints } from './availability.ts'
import { cartEndpoints } from './carts.ts'
import { catalogEndpoints } from './catalog.ts'
import { channelEndpoints } from './channels.ts'
import { companyEndpoints } from './companies.ts'
import { companyOrderEndpoints } from './company-orders.ts'
import { consentEndpoints } from './consents.ts'
import { creditEndpoints } from './credit.ts'
import { priceListEndpoints } from './price-lists.ts'
import { quickOrderEndpoints } from './quick-orders.ts'
import { customerReadEndpoints } from './customer-reads.ts'
import { customerTimelineEndpoints } from './customer-timeline.ts'
import { customerEndpoints } from './customers.ts'
import { downloadEndpoints } from './downloads.ts'
import { ratingEndpoints } from './ratings.ts'
import { driveEndpoints } from './drive.ts'
import { engagementEndpoints } from './engagement.ts'
import { notificationEndpoints } from './notifications.ts'
import { salesVisitEndpoints } from './sales-visits.ts'
import { socialEndpoints } from './social.ts'
import { textEndpoints } from './texts.ts'
import { callEndpoints } from './calls.ts'
import { mailboxEndpoints } from './mailbox.ts'
import { mailTemplateEndpoints } from './mail-templates.ts'
import { insightPathEndpoints } from './insights-paths.ts'
import { pastSaleEndpoints } from './past-sales.ts'
import { insightEndpoints } from './insights.ts'
import { circuitEndpoints } from './circuits.ts'
import { yieldEndpoints } from './yield.ts'
import { channelGridEndpoints } from './channel-grid.ts'
import { analysisEndpoints } from './analyses.ts'
import { auditEndpoints } from './audits.ts'
import { experimentEndpoints } from './experiments.ts'
import { outletEndpoints } from './outlets.ts'
import { studyEndpoints } from './studies.ts'
import { objectiveEndpoints } from './objectives.ts'
import { memoEndpoints } from './memos.ts'
import { scenarioEndpoints } from './scenarios.ts'
import { segmentEndpoints } from './segments.ts'
import { exchangeEndpoints } from './exchanges.ts'
import { fulfillmentEndpoints } from './fulfillment.ts'
import { groupEndpoints } from './groups.ts'
import { interchangeEndpoints } from './interchange.ts'
import { knowledgeEndpoints } from './knowledge.ts'
import { trainingEndpoints } from './training.ts'
import { traitEndpoints } from './traits.ts'
import { treatmentEndpoints } from './treatments.ts'
import { householdEndpoints } from './households.ts'
import { matchingEndpoints } from './matching.ts'
import { inventoryEndpoints } from './inventory.ts'
import { loyaltyEndpoints } from './loyalty.ts'
import { entitlementEndpoints } from './entitlements.ts'
import { partnerEndpoints } from './partners.ts'
import { referralEndpoints } from './referral.ts'
import { lotEndpoints } from './lots.ts'
import { journeyEndpoints } from './journey-endpoints.ts'
import { legalEntityEndpoints } from './legal-entity.ts'
import { offerEndpoints } from './offers.ts'
import { orderChangeEndpoints } from './order-changes.ts'
import { orderEndpoints } from './orders.ts'
import { parcelEndpoints } from './parcels.ts'
import { passEndpoints } from './passes.ts'
import { pickingEndpoints } from './picking.ts'
import { quoteEndpoints } from './quotes.ts'
import { returnEndpoints } from './returns.ts'
import { rightsEndpoints } from './rights.ts'
import { registerEndpoints } from './register.ts'
import { restrictionEndpoints } from './restriction.ts'
import { retentionEndpoints } from './retention.ts'
import { letterEndpoints } from './letters.ts'
import { reservationEndpoints } from './reservations.ts'
import { stockArticleEndpoints } from './stock-articles.ts'
import { replenishmentEndpoints } from './replenishment.ts'
import { stockCountEndpoints } from './stock-counts.ts'
import { substitutionEndpoints } from './substitutions.ts'
import { supplierOrderEndpoints } from './supplier-orders.ts'
import { supplierPlaceEndpoints } from './supplier-places.ts'
import { transferEndpoints } from './transfers.ts'
import { windowEndpoints } from './windows.ts'
import { sourcingEndpoints } from './sourcing.ts'
import { takingsEndpoints } from './takings.ts'
import { waitingListEndpoints } from './waiting-list.ts'
import { withdrawalEndpoints } from './withdrawals.ts'
import { ublOrderEndpoints } from './ubl-orders.ts'
import { voucherEndpoints } from './vouchers.ts'
import { webhookEndpoints } from './webhooks.ts'

/** The whole HTTP API, by operation id. */
export const endpoints = {
  ...accessEndpoints,
  ...channelEndpoints,
  ...catalogEndpoints,
  ...offerEndpoints,
  ...cartEndpoints,
  ...orderEndpoints,
  ...groupEndpoints,
  ...downloadEndpoints,
  ...passEndpoints,
  ...quoteEndpoints,
  ...orderChangeEndpoints,
  ...returnEndpoints,
  ...exchangeEndpoints,
  ...takingsEndpoints,
  ...reservationEndpoints,
  ...appointmentEndpoints,
  ...adviserEndpoints,
  ...waitingListEndpoints,
  ...ratingEndpoints,
  ...withdrawalEndpoints,
  ...fulfillmentEndpoints,
  ...substitutionEndpoints,
  ...pickingEndpoints,
  ...parcelEndpoints,
  ...driveEndpoints,
  ...windowEndpoints,
  ...inventoryEndpoints,
  ...availabilityEndpoints,
  ...loyaltyEndpoints,
  ...entitlementEndpoints,
  ...referralEndpoints,
  ...partnerEndpoints,
  ...stockArticleEndpoints,
  ...lotEndpoints,
  ...stockCountEndpoints,
  ...replenishmentEndpoints,
  ...supplierOrderEndpoints,
  ...supplierPlaceEndpoints,
  ...transferEndpoints,
  ...sourcingEndpoints,
  ...interchangeEndpoints,
  ...voucherEndpoints,
  ...webhookEndpoints,
  ...customerEndpoints,
  ...customerTimelineEndpoints,
  ...insightEndpoints,
  ...insightPathEndpoints,
  ...pastSaleEndpoints,
  ...scenarioEndpoints,
  ...memoEndpoints,
  ...objectiveEndpoints,
  ...experimentEndpoints,
  ...outletEndpoints,
  ...studyEndpoints,
  ...auditEndpoints,
  ...analysisEndpoints,
  ...channelGridEndpoints,
  ...circuitEndpoints,
  ...yieldEndpoints,
  ...trainingEndpoints,
  ...customerReadEndpoints,
  ...consentEndpoints,
  ...rightsEndpoints,
  ...retentionEndpoints,
  ...restrictionEndpoints,
  ...registerEndpoints,
  ...knowledgeEndpoints,
  ...traitEndpoints,
  ...treatmentEndpoints,
  ...matchingEndpoints,
  ...householdEndpoints,
  ...companyEndpoints,
  ...companyOrderEndpoints,
  ...creditEndpoints,
  ...quickOrderEndpoints,
  ...priceListEndpoints,
  ...legalEntityEndpoints,
  ...ublOrderEndpoints,
  ...engagementEndpoints,
  ...segmentEndpoints,
  ...journeyEndpoints,
  ...mailTemplateEndpoints,
  ...textEndpoints,
  ...socialEndpoints,
  ...salesVisitEndpoints,
  ...notificationEndpoints,
  ...mailboxEndpoints,
  ...callEndpoints,
  ...letterEndpoints,
}
export type EndpointName = keyof typeof endpoints
