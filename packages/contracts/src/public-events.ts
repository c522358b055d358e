import { z } from 'zod'
import { idSchema, instantSchema } from './scalars.ts'
import { stockEvents } from './stock-events.ts'

const minor = z.int().describe('Amount in minor units (cents).')
const currency = z.string().describe('ISO 4217.')
const orderFacts = { orderId: idSchema, number: z.string() }
const stockLine = z.object({ variantId: idSchema, placeId: idSchema.nullable(), quantity: z.int() })

const endedOrder = z.object({
  ...orderFacts,
  wasConfirmed: z.boolean().describe('Whether the order had been confirmed before it ended.'),
  totalMinor: minor,
  currency,
  refundState: z.string().nullable(),
  lines: z.array(stockLine),
})

const soldUnits = z.object({ lineId: idSchema, variantId: idSchema, quantity: z.int() })

const shipment = z.object({
  ...orderFacts,
  fulfillmentId: idSchema,
  siteId: idSchema,
  method: z.string().describe('`delivery`, `pickup` or `carry_out`.'),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  lines: z.array(z.object({ lineId: idSchema, variantId: idSchema, quantity: z.int() })),
})

const parcel = shipment.omit({ method: true, carrier: true, trackingNumber: true }).extend({
  parcelId: idSchema,
  position: z.int().describe('1 for the first parcel of the order, and so on.'),
})
const carried = parcel.extend({
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  at: instantSchema.describe('When, as the carrier tells it.'),
})

const placedLine = z.object({
  lineId: idSchema,
  variantId: idSchema,
  sku: z.string(),
  name: z.string(),
  quantity: z.int(),
  unitPriceMinor: minor,
  lineTotalMinor: minor,
  vatBasisPoints: z.int(),
  placeId: idSchema.nullable(),
})

const returnFacts = {
  orderId: idSchema,
  returnId: idSchema,
  number: z.string().describe('Number of the return, as on its slip.'),
}
const returnedUnits = z.object({ lineId: idSchema, quantity: z.int() })
const quoteFacts = z.object({ quoteId: idSchema, number: z.string(), revision: z.int() })

const takenOut = {
  refundMinor: minor,
  totalMinor: minor.describe('What the order comes to now.'),
  currency,
  refundState: z.string().nullable(),
  lines: z.array(returnedUnits.extend({ variantId: idSchema })),
}

/** An event type others may hear of: what its `data` holds, and nothing else leaves. */
type EventType = { readonly version: number; readonly summary: string; readonly data: z.ZodObject }

/**
 * The events that leave this installation. What is not listed here stays inside, and so does every field that a schema does not
 * name: no event carries a name, an address, an e-mail or a telephone number. Whoever needs them asks the API for the order, with
 * a key that may.
 */
export const publicEvents = {
  'orders.order_reserved': {
    version: 1,
    summary: 'An order keeps its stock while its payment is not certain yet.',
    data: z.object({
      ...orderFacts,
      totalMinor: minor,
      currency,
      expiresAt: instantSchema.nullable(),
      lines: z.array(stockLine),
    }),
  },
  'orders.order_placed': {
    version: 1,
    summary: 'An order is confirmed: paid, or sure to be.',
    data: z.object({
      ...orderFacts,
      channelCode: z.string(),
      deliveryMethod: z.string(),
      siteId: idSchema.nullable(),
      totalMinor: minor,
      vatMinor: minor.optional(),
      currency,
      locale: z.string(),
      promisedAt: instantSchema.nullable(),
      lines: z.array(placedLine),
    }),
  },
  'orders.order_cancelled': { version: 1, summary: 'An order was cancelled.', data: endedOrder },
  'orders.order_expired': { version: 1, summary: 'An order was not paid in time, and ended.', data: endedOrder },
  'orders.return_received': {
    version: 1,
    summary: 'Articles of an order came back.',
    data: z.object({
      ...orderFacts,
      number: z.string().describe('Number of the return.'),
      returnId: idSchema,
      siteId: idSchema,
      refundMinor: minor,
      currency,
      refundState: z.string(),
      lines: z.array(
        z.object({
          lineId: idSchema,
          variantId: idSchema,
          quantity: z.int(),
          reason: z.string().describe('One of a list.'),
          disposition: z.string(),
        }),
      ),
    }),
  },
  'orders.return_asked': {
    version: 1,
    summary: 'A return was announced: its articles are awaited.',
    data: z.object({
      ...returnFacts,
      askedBy: z.string().describe('`customer` or `staff`.'),
      expiresAt: instantSchema.describe('Until when it is awaited.'),
      lines: z.array(returnedUnits.extend({ variantId: idSchema, reason: z.string().describe('One of a list.') })),
    }),
  },
  'orders.return_arrived': {
    version: 1,
    summary: 'The articles of an announced return arrived, and are to be inspected.',
    data: z.object({ ...returnFacts, siteId: idSchema, lines: z.array(returnedUnits) }),
  },
  'orders.return_refused': {
    version: 1,
    summary: 'Articles that came back are refused, and sent back to their buyer.',
    data: z.object({
      ...returnFacts,
      siteId: idSchema,
      lines: z.array(returnedUnits.extend({ condition: z.string().describe('One of a list.') })),
    }),
  },
  'orders.return_given_up': {
    version: 1,
    summary: 'An announced return is not awaited any more.',
    data: z.object({
      ...returnFacts,
      endReason: z.string().describe('`expired`, `superseded`, `customer` or `staff`.'),
    }),
  },
  'orders.line_allocated': {
    version: 1,
    summary: 'The goods of a line that was sold before they were there have come.',
    data: z.object({ ...orderFacts, lineId: idSchema, placeId: idSchema, lines: z.array(soldUnits) }),
  },
  'orders.promise_postponed': {
    version: 1,
    summary: 'A line that was sold before its goods were there will be kept later than its buyer was told.',
    data: z.object({
      ...orderFacts,
      lineId: idSchema,
      from: z.string().nullable().describe('The day told before; null: none was known.'),
      to: z.string().nullable().describe('The day known now; null: none is.'),
      lines: z.array(soldUnits),
    }),
  },
  'orders.articles_exchanged': {
    version: 1,
    summary: 'Articles were given for others that came back, in a shop.',
    data: z.object({
      ...returnFacts,
      siteId: idSchema,
      totalMinor: minor.describe('What was given is worth.'),
      differenceMinor: minor.describe('Paid by the customer; given back when negative.'),
      currency,
      lines: z.array(returnedUnits.extend({ variantId: idSchema })),
    }),
  },
  'orders.order_changed': {
    version: 1,
    summary: 'An order was changed before it was prepared.',
    data: z.object({
      ...orderFacts,
      revision: z.int(),
      changedBy: z.string().describe('`customer` or `staff`.'),
      destinationChanged: z.boolean(),
      addedMinor: minor.describe('What is sold more, carriage included.'),
      moneyMinor: minor.describe('Given back.'),
      totalMinor: minor.describe('What the order comes to now.'),
      currency,
      lines: z.array(returnedUnits.extend({ variantId: idSchema, from: z.int() })),
    }),
  },
  'orders.part_cancelled': {
    version: 1,
    summary: 'One part of an order that goes several ways was cancelled; the others go on.',
    data: z.object({
      ...orderFacts,
      groupNo: z.int(),
      by: z.string().describe('`customer` or `staff`.'),
      ...takenOut,
    }),
  },
  'orders.downloads_given': {
    version: 1,
    summary: 'The files of an order were given to its buyer.',
    data: z.object({ ...orderFacts, lines: z.array(returnedUnits.extend({ variantId: idSchema })) }),
  },
  'orders.download_renewed': {
    version: 1,
    summary: 'A buyer was given other links to their files; the ones before have ended.',
    data: z.object({ ...orderFacts, lineId: idSchema }),
  },
  'orders.download_revoked': {
    version: 1,
    summary: 'A buyer can no longer fetch the files of a line.',
    data: z.object({ ...orderFacts, lineId: idSchema, reason: z.string() }),
  },
  'orders.line_cancelled': {
    version: 1,
    summary: 'What had not left of one line was cancelled, and refunded.',
    data: z.object({
      ...orderFacts,
      lineId: idSchema,
      ...takenOut,
    }),
  },
  'orders.line_substituted': {
    version: 1,
    summary: 'Articles of a pick-up were missing, and another stands in for them at no more than their price.',
    data: z.object({
      ...orderFacts,
      lineId: idSchema.describe('The new line.'),
      forLineId: idSchema.describe('The line it stands in for.'),
      ...takenOut,
    }),
  },
  'orders.line_shortened': {
    version: 1,
    summary: 'Some units of a line were missing, and refunded.',
    data: z.object({
      ...orderFacts,
      lineId: idSchema,
      ...takenOut,
    }),
  },
  'orders.withdrawal_declared': {
    version: 1,
    summary: 'A buyer withdrew from a contract, or from a part of it.',
    data: z.object({
      orderId: idSchema,
      orderNumber: z.string(),
      withdrawalId: idSchema,
      number: z.string().describe('Number of the withdrawal.'),
      declaredAt: instantSchema,
      refundMinor: minor,
      currency,
      lines: z.array(
        returnedUnits.extend({
          variantId: idSchema,
          outcome: z.string().describe('`cancelled`, `to_return` or `to_stop`.'),
        }),
      ),
    }),
  },
  'orders.quote_sent': { version: 1, summary: 'A quote was sent to its customer.', data: quoteFacts },
  'orders.quote_revised': { version: 1, summary: 'A quote has a new revision.', data: quoteFacts },
  'orders.quote_accepted': { version: 1, summary: 'A quote was accepted, in one revision.', data: quoteFacts },
  'orders.quote_denied': { version: 1, summary: 'The approval of a quote was denied.', data: quoteFacts },
  'orders.quote_ordered': {
    version: 1,
    summary: 'A quote became an order.',
    data: z.object({ ...orderFacts, quoteNumber: z.string(), revision: z.int() }),
  },
  'payments.payment_captured': {
    version: 1,
    summary: 'The money of an order was taken.',
    data: z.object({ paymentId: idSchema, method: z.string(), amountMinor: minor, currency }),
  },
  'payments.refund_made': {
    version: 1,
    summary: 'Money of an order went back.',
    data: z.object({
      refundId: idSchema,
      paymentId: idSchema,
      returnId: idSchema.nullable(),
      method: z.string(),
      amountMinor: minor,
      currency,
    }),
  },
  'fulfillment.order_ready': { version: 1, summary: 'Everything of an order is picked.', data: shipment },
  'fulfillment.preparation_undone': { version: 1, summary: 'A preparation is to be done again.', data: shipment },
  'fulfillment.handed_over': { version: 1, summary: 'Articles were handed to their buyer.', data: shipment },
  'fulfillment.customer_arrived': {
    version: 1,
    summary: 'A customer of a drive is there.',
    data: z.object({ ...orderFacts, siteId: idSchema, bay: z.int().nullable() }),
  },
  'fulfillment.bay_assigned': {
    version: 1,
    summary: 'A customer of a drive was sent to a bay.',
    data: z.object({ ...orderFacts, siteId: idSchema, bay: z.int().nullable() }),
  },
  'fulfillment.parcel_packed': {
    version: 1,
    summary: 'A parcel was packed, with some of an order or all of it.',
    data: parcel.extend({ weightGrams: z.int().nullable() }),
  },
  'fulfillment.parcel_unpacked': { version: 1, summary: 'A parcel that had not left was taken apart.', data: parcel },
  'fulfillment.shipped': {
    version: 1,
    summary: 'A parcel left with a carrier; one event for each parcel.',
    data: shipment.extend({
      parcelId: idSchema.optional(),
      position: z.int().optional(),
      trackingUrl: z.string().nullable().optional().describe('The page that follows it.'),
    }),
  },
  'fulfillment.parcel_in_transit': { version: 1, summary: 'A parcel is on its way.', data: carried },
  'fulfillment.parcel_delivered': { version: 1, summary: 'A parcel was delivered.', data: carried },
  'fulfillment.parcel_returned': { version: 1, summary: 'A parcel came back to its sender.', data: carried },
  'fulfillment.parcel_lost': { version: 1, summary: 'A parcel was lost.', data: carried },
  'fulfillment.parcel_resolved': {
    version: 1,
    summary: 'The articles of a parcel that did not arrive are sent again, or refunded.',
    data: parcel.extend({ resolution: z.string().describe('`reshipped` or `refunded`.') }),
  },
  'catalog.product_changed': {
    version: 1,
    summary: 'A product was created or changed.',
    data: z.object({ productId: idSchema, handle: z.string(), outcome: z.string() }),
  },
  'catalog.category_changed': {
    version: 1,
    summary: 'A category was created or changed.',
    data: z.object({ categoryId: idSchema, code: z.string() }),
  },
  'pricing.price_changed': {
    version: 1,
    summary: 'Prices of a product changed.',
    data: z.object({ productId: idSchema, variantIds: z.array(idSchema) }),
  },
  ...stockEvents,
  'channels.channel_changed': {
    version: 1,
    summary: 'A sales channel was created or changed.',
    data: z.object({ channelId: idSchema, code: z.string() }),
  },
  'channels.site_changed': {
    version: 1,
    summary: 'A shop or warehouse was created or changed.',
    data: z.object({ siteId: idSchema, code: z.string() }),
  },
  'interchange.webhook_disabled': {
    version: 1,
    summary: 'A webhook was switched off because its receiver did not answer any more.',
    data: z.object({ endpointId: idSchema, reason: z.enum(['gone', 'unreachable']) }),
  },
} as const satisfies Record<string, EventType>

export type PublicEventType = keyof typeof publicEvents
export const publicEventTypes = Object.keys(publicEvents) as [PublicEventType, ...PublicEventType[]]

/** The type of the event that a test sends to one webhook; nobody subscribes to it. */
export const testEventType = 'interchange.webhook_tested'
