import { z } from 'zod'
import { soldAheadSchema } from './ahead.ts'
import { endpoint } from './endpoint.ts'
import { codeSchema, cursorQuery, dateSchema, idSchema, instantSchema, localeSchema, pageOf } from './scalars.ts'

/** What a channel leaves to the others at each place: so many units, or such a share of what lies there. */
export const channelBufferSchema = z
  .strictObject({
    channelCode: codeSchema,
    variantId: idSchema.nullable(),
    categoryCode: codeSchema.nullable(),
    units: z.int().min(1).nullable(),
    shareBasisPoints: z.int().min(1).max(10_000).nullable(),
  })
  .meta({ id: 'ChannelBuffer' })
export type ChannelBuffer = z.infer<typeof channelBufferSchema>

const todaysTermsShape = {
  onHand: z.int(),
  committed: z.int().describe('Sold from what is on hand, and not gone yet.'),
  held: z.int().describe('In carts, quotes and orders that await their payment.'),
  safety: z.int().describe('Never promised. No more than there is to keep back today.'),
  channelBuffer: z.int().describe('Left to other channels by the one that asks; 0 when no channel was named.'),
  ahead: z.int().describe('Of what is there, units that promises of a later day need.'),
}

/** From a date on, until the next step. */
const promiseStepSchema = z
  .strictObject({
    from: dateSchema,
    balance: z.int().describe('What would be left then if nothing more were promised; may be less than nothing.'),
    available: z.int().describe('What can be promised for then without breaking a later promise.'),
  })
  .meta({ id: 'PromiseStep' })
export type PromiseStep = z.infer<typeof promiseStepSchema>

const arrivalSchema = z
  .strictObject({
    placeId: idSchema,
    placeName: z.string(),
    expectedOn: dateSchema.nullable(),
    units: z.int(),
    overdue: z.boolean().describe('Should have come: not counted on.'),
    kind: z.enum(['supplier_order', 'transfer']),
    documentId: idSchema,
    number: z.string(),
    sender: z.string().describe('The supplier, or the place they left.'),
  })
  .meta({ id: 'Arrival' })
export type Arrival = z.infer<typeof arrivalSchema>

const placeAvailabilitySchema = z
  .strictObject({
    placeId: idSchema,
    placeName: z.string(),
    siteId: idSchema,
    shipsParcels: z.boolean(),
    terms: z.strictObject(todaysTermsShape),
    safety: z.strictObject({
      units: z.int().describe('What the place keeps back of this article.'),
      own: z.boolean().describe('Set for this article here; otherwise what the place keeps back of everything.'),
      ofPlace: z.int(),
    }),
    available: z.int(),
    steps: z.array(promiseStepSchema),
  })
  .meta({ id: 'PlaceAvailability' })
export type PlaceAvailability = z.infer<typeof placeAvailabilitySchema>

export const availabilitySchema = z
  .strictObject({
    variantId: idSchema,
    productId: idSchema,
    sku: z.string(),
    productName: z.string(),
    variantLabel: z.string(),
    imageUrl: z.string().nullable(),
    asOf: instantSchema,
    /** The day of the first step. */
    today: dateSchema,
    channelCode: codeSchema.nullable(),
    places: z.array(placeAvailabilitySchema),
    together: z.strictObject({
      terms: z.strictObject({ ...todaysTermsShape, unrouted: z.int().describe('Sold without a place yet.') }),
      available: z.int(),
      steps: z.array(promiseStepSchema),
    }),
    arrivals: z.array(arrivalSchema),
    /** For each channel that leaves some of this article to others: how much, and by which rule. */
    buffers: z.array(
      z.strictObject({
        channelCode: codeSchema,
        scope: z.enum(['variant', 'category', 'all']),
        categoryCode: codeSchema.nullable(),
        units: z.int(),
        shareBasisPoints: z.int(),
      }),
    ),
    /** The answer to `by`: how many units can be promised for that day. */
    unitsBy: z.int().nullable(),
    /** The answer to `units`: the first day for which so many can be promised; null when what is known to come is not enough. */
    earliestOn: dateSchema.nullable(),
  })
  .meta({ id: 'Availability' })
export type Availability = z.infer<typeof availabilitySchema>

export const promiseKinds = ['order', 'awaiting_payment', 'cart', 'quote', 'unrouted'] as const

const articlePromiseSchema = z
  .strictObject({
    kind: z.enum(promiseKinds),
    /** The term it is in. */
    term: z.enum(['committed', 'held', 'unrouted']),
    ahead: soldAheadSchema.nullable().describe('Set when its goods have not come yet.'),
    documentId: idSchema,
    number: z.string().nullable(),
    channelCode: codeSchema,
    customer: z.string().nullable(),
    placeId: idSchema.nullable(),
    placeName: z.string().nullable(),
    units: z.int(),
    madeAt: instantSchema,
    until: instantSchema.nullable().describe('When it lapses, for what is kept for a time.'),
  })
  .meta({ id: 'ArticlePromise' })
export type ArticlePromise = z.infer<typeof articlePromiseSchema>

/** That a channel sells an article before its release, or when nothing is left. */
export const advanceSaleSchema = z
  .strictObject({
    channelCode: codeSchema,
    kind: z.enum(['pre_order', 'back_order']),
    placeId: idSchema.describe('Where the goods come, and leave from.'),
    basis: z
      .enum(['inbound', 'stated'])
      .describe('Against what is on its way to the place, or with a stated date or delay.'),
    limitUnits: z
      .int()
      .min(1)
      .max(1_000_000)
      .nullable()
      .describe('Most units promised beyond what is there, over all channels; null: as many as are to come.'),
    shipsOn: dateSchema.nullable().describe('The day of release of a pre-order.'),
    delayDays: z.int().min(1).max(365).nullable().describe('Days a back-order takes, where nothing is counted on.'),
  })
  .meta({ id: 'AdvanceSale' })
export type AdvanceSale = z.infer<typeof advanceSaleSchema>

const isWhole = ({ kind, basis, limitUnits, shipsOn, delayDays }: AdvanceSale): boolean =>
  (kind === 'pre_order') === (shipsOn !== null) &&
  (kind === 'back_order' && basis === 'stated') === (delayDays !== null) &&
  (basis === 'inbound' || limitUnits !== null)

const advanceSalesSchema = z.strictObject({ items: z.array(advanceSaleSchema).max(100) })

const variantParams = z.strictObject({ variantId: idSchema })

export const availabilityEndpoints = {
  getAvailability: endpoint({
    method: 'GET',
    path: '/availability/{variantId}',
    summary: 'What can be promised of an article, term by term, place by place and day by day',
    access: 'stock:read',
    params: variantParams,
    query: z.strictObject({
      locale: localeSchema,
      channel: codeSchema.optional().describe('As this channel sees it, without what it leaves to others.'),
      by: dateSchema.optional().describe('How many units by this day?'),
      units: z.coerce.number().int().min(1).max(1_000_000).optional().describe('From when so many units?'),
    }),
    response: availabilitySchema,
  }),
  listArticlePromises: endpoint({
    method: 'GET',
    path: '/availability/{variantId}/promises',
    summary: 'What is promised of an article, and to whom: orders, carts and quotes, oldest first',
    access: 'orders:read',
    params: variantParams,
    query: z.strictObject({ ...cursorQuery, placeId: idSchema.optional() }),
    response: pageOf(articlePromiseSchema),
  }),
  setSafetyStock: endpoint({
    method: 'PUT',
    path: '/safety-stock',
    summary: 'Keep units back at a place: of one article, or of every article that has no number of its own',
    access: 'stock:write',
    body: z.strictObject({
      placeId: idSchema,
      variantId: idSchema.nullable().describe('Null: of everything at the place.'),
      units: z.int().min(0).max(1_000_000).nullable().describe('Null: what the place keeps back of everything.'),
    }),
    response: z.strictObject({ articles: z.int().describe('Articles whose number changed.') }),
  }),
  listChannelBuffers: endpoint({
    method: 'GET',
    path: '/channel-buffers',
    summary: 'What channels leave to others, rule by rule',
    access: 'stock:read',
    response: z.strictObject({ items: z.array(channelBufferSchema) }),
  }),
  setChannelBuffer: endpoint({
    method: 'PUT',
    path: '/channel-buffers',
    summary:
      'Say what a channel leaves to others of an article, of a category or of everything; nothing removes the rule',
    access: 'sourcing:write',
    body: channelBufferSchema.refine(
      ({ units, shareBasisPoints, variantId, categoryCode }) =>
        (units === null || shareBasisPoints === null) && (variantId === null || categoryCode === null),
      { message: 'units or a share, of an article or of a category' },
    ),
    response: z.strictObject({ items: z.array(channelBufferSchema) }),
  }),
  getAdvanceSales: endpoint({
    method: 'GET',
    path: '/advance-sales/{variantId}',
    summary: 'In which channels an article is sold before it is there',
    access: 'stock:read',
    params: variantParams,
    response: advanceSalesSchema,
  }),
  setAdvanceSales: endpoint({
    method: 'PUT',
    path: '/advance-sales/{variantId}',
    summary:
      'Say in which channels an article is sold before its release or when nothing is left; replaces what was said',
    access: 'sourcing:write',
    params: variantParams,
    body: z.strictObject({
      items: z
        .array(
          advanceSaleSchema.refine(isWhole, {
            message: 'a pre-order has a day, a stated back-order a delay, what is stated a limit',
          }),
        )
        .max(100)
        .refine(
          (items) => new Set(items.map(({ channelCode, kind }) => `${kind} ${channelCode}`)).size === items.length,
          {
            message: 'one of a kind for each channel',
          },
        ),
    }),
    response: advanceSalesSchema,
  }),
  rescheduleSupplierOrder: endpoint({
    method: 'PUT',
    path: '/supplier-orders/{supplierOrderId}/expected-dates',
    summary: 'Write down that a supplier delivers on other days; customers promised these units are told',
    access: 'stock:write',
    params: z.strictObject({ supplierOrderId: idSchema }),
    body: z.strictObject({
      lines: z
        .array(z.strictObject({ variantId: idSchema, expectedOn: dateSchema.nullable() }))
        .min(1)
        .max(500),
    }),
    response: z.strictObject({ lines: z.int() }),
  }),
}
