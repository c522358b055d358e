import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { shipmentStates } from './fulfillment.ts'
import { idSchema, instantSchema, localeSchema } from './scalars.ts'

/** What one order needs of an article, and the tray it is put into. */
const pickLineSchema = z.strictObject({
  fulfillmentId: idSchema,
  lineId: idSchema,
  tray: z.int(),
  quantity: z.int(),
  picked: z.int(),
})

/** An article to take from its shelf, for all orders of the round together. */
export const pickStopSchema = z
  .strictObject({
    location: z.string().nullable().describe('Aisle and shelf; null where nobody has said.'),
    placeName: z.string(),
    variantId: idSchema,
    sku: z.string(),
    gtin: z.string().nullable(),
    name: z.string(),
    variantLabel: z.string(),
    imageUrl: z.string().nullable(),
    quantity: z.int(),
    picked: z.int(),
    lines: z.array(pickLineSchema),
  })
  .meta({ id: 'PickStop' })
export type PickStop = z.infer<typeof pickStopSchema>

const roundHead = {
  id: idSchema,
  siteId: idSchema,
  siteName: z.string(),
  actor: z.string().nullable(),
  createdAt: instantSchema,
  doneAt: instantSchema.nullable(),
  units: z.int(),
  picked: z.int(),
}

export const pickingRoundSchema = z
  .strictObject({
    ...roundHead,
    orders: z.array(
      z.strictObject({
        fulfillmentId: idSchema,
        orderNumber: z.string(),
        customerName: z.string().nullable(),
        tray: z.int().describe('The box its articles are put into on the way.'),
        state: z.enum(shipmentStates),
        units: z.int(),
        picked: z.int(),
      }),
    ),
    stops: z.array(pickStopSchema).describe('In the order of the walk: by location, as people count.'),
  })
  .meta({ id: 'PickingRound' })
export type PickingRound = z.infer<typeof pickingRoundSchema>

const roundParams = z.strictObject({ roundId: idSchema })
const localeQuery = z.strictObject({ locale: localeSchema })

export const pickingEndpoints = {
  listPickingRounds: endpoint({
    method: 'GET',
    path: '/picking-rounds',
    summary: 'Rounds that are being picked',
    access: 'orders:read',
    query: z.strictObject({ siteId: idSchema.optional() }),
    response: z.strictObject({ items: z.array(z.strictObject({ ...roundHead, orders: z.int() })) }),
  }),
  openPickingRound: endpoint({
    method: 'POST',
    path: '/picking-rounds',
    summary: 'Pick several preparations of one shop in one walk; each is in one round at most',
    access: 'fulfillment:write',
    status: 201,
    idempotent: true,
    body: z.strictObject({ fulfillmentIds: z.array(idSchema).min(1).max(24) }),
    response: pickingRoundSchema,
  }),
  getPickingRound: endpoint({
    method: 'GET',
    path: '/picking-rounds/{roundId}',
    summary: 'A round: what to take from which shelf, for which tray, and how far it is',
    access: 'orders:read',
    params: roundParams,
    query: localeQuery,
    response: pickingRoundSchema,
  }),
  scanPick: endpoint({
    method: 'POST',
    path: '/picking-rounds/{roundId}/scans',
    summary:
      'One unit taken from its shelf: the code ticks off the right line and says the tray; another article is refused',
    access: 'fulfillment:write',
    status: 201,
    idempotent: true,
    params: roundParams,
    body: z.strictObject({ code: z.string().trim().min(1).max(200).describe('GTIN, GS1 symbol or SKU.') }),
    response: z
      .strictObject({
        name: z.string(),
        number: z
          .string()
          .nullable()
          .describe('Its lot or serial number, as its label says it: put aside for the order.'),
        tray: z.int().describe('Where it goes.'),
        left: z.int().describe('Units of this article still to take.'),
        round: pickingRoundSchema,
      })
      .meta({ id: 'ScannedPick' }),
  }),
  setPicked: endpoint({
    method: 'PUT',
    path: '/picking-rounds/{roundId}/picks',
    summary: 'How many units of a line are picked, counted by hand or put right',
    access: 'fulfillment:write',
    params: roundParams,
    body: z.strictObject({ fulfillmentId: idSchema, lineId: idSchema, picked: z.int().min(0).max(9_999) }),
    response: pickingRoundSchema,
  }),
  finishPickingRound: endpoint({
    method: 'POST',
    path: '/picking-rounds/{roundId}/completion',
    summary: 'The walk is over: whole orders are ready, and their customers told; the others go back to the list',
    access: 'fulfillment:write',
    params: roundParams,
    response: z
      .strictObject({ ready: z.int(), left: z.int().describe('Orders of which something was not picked.') })
      .meta({ id: 'FinishedRound' }),
  }),
}
