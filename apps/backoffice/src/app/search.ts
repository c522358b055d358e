import { matchStates } from '@ecluse/contracts/matching.ts'
import { z } from 'zod'
import { movementKinds } from '@ecluse/contracts/movement-kinds.ts'
import { reasonCodes } from '@ecluse/contracts/reason-codes.ts'
import { transferStates } from '@ecluse/contracts/transfers.ts'
import { countStates } from '@ecluse/contracts/stock-counts.ts'
import { supplierOrderStates } from '@ecluse/contracts/supplier-orders.ts'
import { shipmentStates } from '@ecluse/contracts/fulfillment.ts'
import { deliveryMethods } from '@ecluse/contracts/carts.ts'
import { deliveryStates } from '@ecluse/contracts/webhooks.ts'
import { quoteStates } from '@ecluse/contracts/quotes.ts'
import { timelineKinds } from '@ecluse/contracts/customer-timeline.ts'
import { reservationStates } from '@ecluse/contracts/reservations.ts'
import { retentionStates } from '@ecluse/contracts/retention.ts'
import { paymentStates } from '@ecluse/contracts/order-payments.ts'
import { standingStates } from '@ecluse/contracts/training.ts'
import { journeyStates } from '@ecluse/contracts/journeys.ts'
import { figureGroups } from '@ecluse/contracts/insights.ts'
import { documentStates, fulfillmentStates } from '@ecluse/contracts/orders.ts'
import { returnStates } from '@ecluse/contracts/returns.ts'

/**
 * What each page keeps in its address: filters, sort, and the item open in the side panel (`open`). A value that makes no sense
 * is dropped rather than refused, so that an old bookmark still opens.
 */
const text = z.string().max(200).optional().catch(undefined)
const day = z.iso.date().optional().catch(undefined)
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values).optional().catch(undefined)
const sort = { sort: text, order: oneOf(['asc', 'desc']) }

export const emptySearch = z.object({})
const score = z.coerce.number().int().min(1).max(5).optional().catch(undefined)
/** The cell of the grid a new segment begins with: scores of recency and frequency. */
export const newSegmentSearch = z.object({ r: score, f: score })
export const driveSearch = z.object({ site: z.string().optional().catch(undefined) })

export const todaySearch = z.object({ site: text, open: text })

export const ordersSearch = z.object({
  q: text,
  channel: text,
  site: text,
  document: oneOf(documentStates),
  payment: oneOf(paymentStates),
  fulfillment: oneOf(fulfillmentStates),
  delivery: oneOf(deliveryMethods),
  from: day,
  until: day,
  ...sort,
  open: text,
})
export type OrdersSearch = z.infer<typeof ordersSearch>

export const quotesSearch = z.object({ q: text, state: oneOf(quoteStates), ...sort })
export type QuotesSearch = z.infer<typeof quotesSearch>

export const withdrawalsSearch = z.object({ q: text, open: oneOf(['true', 'false']), ...sort })
export type WithdrawalsSearch = z.infer<typeof withdrawalsSearch>

export const returnsSearch = z.object({ q: text, state: oneOf([...returnStates, 'open']), ...sort, open: text })
export type ReturnsSearch = z.infer<typeof returnsSearch>

export const appointmentsSearch = z.object({ site: text, view: oneOf(['day', 'week']), date: day, open: text })

export const reservationsSearch = z.object({
  q: text,
  site: text,
  state: oneOf(reservationStates),
  when: oneOf(['open', 'over']),
  ...sort,
  open: text,
})
export type ReservationsSearch = z.infer<typeof reservationsSearch>

export const readsSearch = z.object({ reader: text })
export const customerSearch = z.object({ kind: oneOf(timelineKinds), channel: text })

export const newQuoteSearch = z.object({ pass: text })

export const preparationsSearch = z.object({
  q: text,
  site: text,
  /** `open`: nobody has it yet, neither the customer nor the carrier. */
  state: oneOf(['open', ...shipmentStates]),
  late: oneOf(['true']),
  method: oneOf(['delivery', 'pickup']),
  ...sort,
  open: text,
})
export type PreparationsSearch = z.infer<typeof preparationsSearch>

export const productsSearch = z.object({
  q: text,
  category: text,
  channel: text,
  publication: oneOf(['published', 'unpublished']),
  sort: oneOf(['name', 'updated', 'price', 'available']),
  order: oneOf(['asc', 'desc']),
  open: text,
})
export type ProductsSearch = z.infer<typeof productsSearch>

export const productSearch = z.object({ copy: text })

export const stockSearch = z.object({
  q: text,
  site: text,
  place: text,
  product: text,
  only: oneOf(['out', 'low', 'held']),
  ...sort,
  open: text,
})
export type StockSearch = z.infer<typeof stockSearch>

export const movementsSearch = z.object({
  place: text,
  variant: text,
  kind: oneOf(movementKinds),
  reason: oneOf(reasonCodes),
  ...sort,
})
export type MovementsSearch = z.infer<typeof movementsSearch>

export const countsSearch = z.object({ state: oneOf(countStates), place: text, ...sort, open: text })
export type CountsSearch = z.infer<typeof countsSearch>

export const replenishmentSearch = z.object({
  place: text,
  source: oneOf(['transfer', 'supplier']),
  ...sort,
  open: text,
})
export type ReplenishmentSearch = z.infer<typeof replenishmentSearch>

export const lotsSearch = z.object({
  q: text,
  only: oneOf(['on_hand', 'kept_back', 'blocked', 'expiring']),
  place: text,
  ...sort,
})
export type LotsSearch = z.infer<typeof lotsSearch>

export const transfersSearch = z.object({ q: text, state: oneOf(transferStates), place: text, ...sort })
export type TransfersSearch = z.infer<typeof transfersSearch>

export const supplierOrdersSearch = z.object({ q: text, state: oneOf(supplierOrderStates), place: text, ...sort })
export type SupplierOrdersSearch = z.infer<typeof supplierOrdersSearch>

export const companyTabs = ['about', 'sites', 'people', 'approval', 'orders', 'credit', 'order'] as const
export type CompanyTab = (typeof companyTabs)[number]
export const companiesSearch = z.object({ q: text, ...sort, open: text })
export type CompaniesSearch = z.infer<typeof companiesSearch>
export const companySearch = z.object({ tab: oneOf(companyTabs) })
export const matchesSearch = z.object({
  about: oneOf(['person', 'household']),
  state: oneOf([...matchStates, 'confirmed', 'apart']),
})
export const customersSearch = z.object({ q: text, ...sort, open: text })
export const priceListsSearch = z.object({ open: text })
export const priceListSearch = z.object({ q: text, ...sort, open: text })
export type PriceListSearch = z.infer<typeof priceListSearch>
export const messagesSearch = z.object({ q: text, open: text, view: oneOf(['html', 'text']) })
export const importSearch = z.object({ severity: oneOf(['refused', 'warning']), ...sort })
export const scenarioTabs = ['results', 'moves', 'numbers', 'assumptions'] as const
export const scenarioSearch = z.object({ tab: oneOf(scenarioTabs) })
export const compareSearch = z.object({ runs: text })
export const trainingTeamSearch = z.object({ site: z.uuid().optional().catch(undefined), state: oneOf(standingStates) })
export const objectivesSearch = z.object({ state: oneOf(['open', 'closed']) })
export const contributionTabs = [
  'attribution',
  'effect',
  'customers',
  'hold_outs',
  'channel_choice',
  'media_mix',
] as const
/** `run`: the answer shown, the latest unless said. */
export const contributionSearch = z.object({ tab: oneOf(contributionTabs), run: z.uuid().optional().catch(undefined) })
export const circuitTabs = ['conflict', 'build_up'] as const
/** `study`: the one that was opened, of those that were kept. */
export const circuitsSearch = z.object({ tab: oneOf(circuitTabs), study: z.uuid().optional().catch(undefined) })
export const planningTabs = ['demand', 'prices', 'places'] as const
export const planningSearch = z.object({ tab: oneOf(planningTabs), run: z.uuid().optional().catch(undefined) })
export const auditSearch = z.object({ with: z.uuid().optional().catch(undefined) })
export const insightsSearch = z.object({ from: day, until: day, by: oneOf(figureGroups), channel: text, site: text })
export type InsightsSearch = z.infer<typeof insightsSearch>

export const networkSearch = z.object({ open: text })
export const availabilitySearch = z.object({
  channel: text,
  by: day,
  units: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
})
export const windowsSearch = z.object({ date: text, zone: text, open: text })
export const routesSearch = z.object({ depot: text, date: text, open: text })
export const usersSearch = z.object({ q: text, ...sort, open: text })
export const deliveriesSearch = z.object({ state: oneOf(deliveryStates), type: text, ...sort, open: text })
export type DeliveriesSearch = z.infer<typeof deliveriesSearch>

export const journeyTabs = ['graph', 'settings', 'people', 'results', 'versions'] as const
export type JourneyTab = (typeof journeyTabs)[number]
export const journeysSearch = z.object({ state: oneOf(journeyStates) })
export const journeySearch = z.object({ tab: oneOf(journeyTabs), view: oneOf(['graph', 'list']) })
export type JourneySearch = z.infer<typeof journeySearch>
export const contactCalendarSearch = z.object({ view: oneOf(['week', 'month']), date: day })

export const rightsSearch = z.object({ state: oneOf(['closed']), ...sort })
export const retentionSearch = z.object({ state: oneOf(retentionStates), ...sort })
export type RetentionSearch = z.infer<typeof retentionSearch>
export type RightsSearch = z.infer<typeof rightsSearch>
