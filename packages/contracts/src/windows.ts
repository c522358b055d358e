import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { cardNumberSchema } from './loyalty.ts'
import {
  codeSchema,
  coordinatesSchema,
  dateSchema,
  idSchema,
  instantSchema,
  localeSchema,
  moneySchema,
  postalAddressSchema,
  quantitySchema,
} from './scalars.ts'

/** How long a delivery window is, in minutes. */
export const windowMinutes = 120

const timeOfDaySchema = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
  .describe('On the clock of the depot, as 08:30.')

/** A French postal code, or the digits it begins with; the longest that fits an address wins. */
const areaSchema = z.strictObject({
  prefix: z.string().regex(/^\d{2,5}$/),
  /** Where its addresses are taken to be when an address has no coordinates; the zone's own when absent. */
  coordinates: coordinatesSchema.nullable().default(null),
})

/** A window of two hours that comes back each week. */
const templateSchema = z.strictObject({
  weekday: z.int().min(1).max(7).describe('1 is Monday (ISO 8601).'),
  from: timeOfDaySchema.refine((time) => time <= '22:00', { error: 'windows.past_midnight' }),
  capacity: z.int().min(0).max(1_000).describe('Deliveries at most.'),
  cutOffHours: z.int().min(0).max(168).describe('Orders are taken until so many hours before it begins.'),
  feeMinor: z.int().min(0).max(100_000).nullable().describe('In cents; the channel’s own delivery fee when null.'),
})
export type WindowTemplate = z.infer<typeof templateSchema>

export const putZoneBodySchema = z
  .strictObject({
    name: z.string().trim().min(1).max(80),
    placeId: idSchema.describe('The depot: the place of stock its vehicles leave from.'),
    centre: coordinatesSchema,
    serviceMinutes: z.int().min(1).max(60).describe('At the door.'),
    active: z.boolean(),
    areas: z.array(areaSchema).min(1).max(500),
    template: z.array(templateSchema).max(84),
  })
  .meta({ id: 'PutDeliveryZone' })
export type PutZoneBody = z.output<typeof putZoneBodySchema>

export const deliveryZoneSchema = z
  .strictObject({
    id: idSchema,
    code: codeSchema,
    name: z.string(),
    placeId: idSchema,
    placeName: z.string(),
    siteId: idSchema,
    timeZone: z.string(),
    centre: coordinatesSchema,
    serviceMinutes: z.int(),
    active: z.boolean(),
    areas: z.array(areaSchema),
    template: z.array(templateSchema),
    /** Days that differ from the week: closed, or open although they are public holidays. */
    exceptions: z.array(z.strictObject({ date: dateSchema, open: z.boolean(), reason: z.string() })),
  })
  .meta({ id: 'DeliveryZone' })
export type DeliveryZone = z.infer<typeof deliveryZoneSchema>

const vehicleBodySchema = z.strictObject({
  id: idSchema.optional().describe('Of a vehicle already there; a new one otherwise.'),
  name: z.string().trim().min(1).max(60),
  capacityKg: z.int().min(1).max(40_000),
  from: timeOfDaySchema,
  until: timeOfDaySchema,
  active: z.boolean(),
})

export const depotSchema = z
  .strictObject({
    placeId: idSchema,
    name: z.string(),
    siteId: idSchema,
    timeZone: z.string(),
    coordinates: coordinatesSchema.nullable(),
    vehicles: z.array(vehicleBodySchema.extend({ id: idSchema })),
  })
  .meta({ id: 'Depot' })
export type Depot = z.infer<typeof depotSchema>

/** A window of one date as staff see it. */
export const datedWindowSchema = z
  .strictObject({
    id: idSchema,
    zoneId: idSchema,
    zoneName: z.string(),
    date: dateSchema,
    startsAt: instantSchema,
    endsAt: instantSchema,
    cutOffAt: instantSchema,
    capacity: z.int(),
    taken: z.int(),
    /** Places sold beyond the capacity, on purpose. */
    overbooking: z.int(),
    closed: z.boolean(),
    /** Why it was closed, or overbooked. */
    reason: z.string().nullable(),
    feeMinor: z.int().nullable(),
  })
  .meta({ id: 'DatedWindow' })
export type DatedWindow = z.infer<typeof datedWindowSchema>

const offeredWindowSchema = z.strictObject({
  id: idSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  cutOffAt: instantSchema,
  /** What delivery in it costs, VAT included. */
  fee: moneySchema,
  left: z.int().describe('Places left.'),
})
export type OfferedWindow = z.infer<typeof offeredWindowSchema>

export const windowOfferSchema = z
  .strictObject({
    /** Names of the zones there are, to tell where windows are offered. */
    zones: z.array(z.string()),
    zone: z.strictObject({ code: codeSchema, name: z.string() }).nullable(),
    /** `not_served`: no zone has this postal code; `not_in_stock`: the zone’s depot lacks an article. */
    refusal: z.enum(['not_served', 'not_in_stock']).nullable(),
    comesOn: dateSchema
      .nullable()
      .describe('The day on which an article sold ahead is at the depot: windows are those of the days after it.'),
    timeZone: z.string(),
    days: z.array(
      z.strictObject({
        date: dateSchema,
        windows: z.array(offeredWindowSchema),
        /** Windows of the day that still take orders but cannot be promised to this address: full, or out of the routes’ reach. */
        withheld: z.int(),
      }),
    ),
  })
  .meta({ id: 'WindowOffer' })
export type WindowOffer = z.infer<typeof windowOfferSchema>

export const stopStates = ['reserved', 'booked', 'on_the_road', 'delivered', 'failed'] as const
export const stopOutcomes = ['delivered', 'failed', 'undone'] as const

export const routeStopSchema = z
  .strictObject({
    id: idSchema,
    orderId: idSchema.nullable(),
    orderNumber: z.string().nullable(),
    customerName: z.string().nullable(),
    phone: z.string().nullable(),
    address: postalAddressSchema,
    coordinates: coordinatesSchema,
    windowId: idSchema,
    zoneName: z.string(),
    startsAt: instantSchema,
    endsAt: instantSchema,
    /** When the vehicle should be at the door; null when no route serves the stop. */
    plannedAt: instantSchema.nullable(),
    serviceMinutes: z.int(),
    weightKg: z.number(),
    pieces: z.int(),
    articles: z.array(z.strictObject({ name: z.string(), sku: z.string(), quantity: quantitySchema })),
    state: z.enum(stopStates),
    doneAt: instantSchema.nullable(),
    failure: z.string().nullable(),
    /** Not there, and the window is over; or there after it. */
    late: z.boolean(),
  })
  .meta({ id: 'RouteStop' })
export type RouteStop = z.infer<typeof routeStopSchema>

export const dayRoutesSchema = z
  .strictObject({
    placeId: idSchema,
    placeName: z.string(),
    timeZone: z.string(),
    date: dateSchema,
    depot: coordinatesSchema,
    routes: z.array(
      z.strictObject({
        vehicleId: idSchema,
        vehicleName: z.string(),
        capacityKg: z.int(),
        shiftFrom: instantSchema,
        shiftUntil: instantSchema,
        departsAt: instantSchema,
        returnsAt: instantSchema,
        /** When it really left; null while it is at the depot. */
        leftAt: instantSchema.nullable(),
        kilometres: z.number(),
        loadKg: z.number(),
        stops: z.array(routeStopSchema),
      }),
    ),
    /** Promised, and on no route: someone must act. */
    unserved: z.array(routeStopSchema),
    /** Vehicles that stay at the depot. */
    idle: z.array(z.strictObject({ vehicleId: idSchema, vehicleName: z.string() })),
    revision: z.int(),
    plannedAt: instantSchema.nullable(),
    /** How much of the drawing of routes is done, in percent; null when none is asked for. */
    progress: z.int().min(0).max(100).nullable(),
  })
  .meta({ id: 'DayRoutes' })
export type DayRoutes = z.infer<typeof dayRoutesSchema>

const keptSchema = z.strictObject({
  /** First day of the day or the week. */
  date: dateSchema,
  promised: z.int(),
  kept: z.int(),
  late: z.int(),
  failed: z.int(),
  /** Neither delivered nor failed, and the window is not over. */
  open: z.int(),
})

const routeParams = z.strictObject({ placeId: idSchema, date: dateSchema })

const goodsSchema = z.string().regex(/^[0-9a-f-]{36}:[1-9]\d{0,3}$/)

export const windowEndpoints = {
  offerWindows: endpoint({
    method: 'GET',
    path: '/delivery-windows',
    summary: 'Delivery windows that can still be promised to an address, for what is in a cart or in an order',
    access: 'public',
    query: z.strictObject({
      locale: localeSchema,
      cartId: idSchema.optional(),
      orderId: idSchema.optional().describe('Instead of a cart: an order whose delivery is to be changed.'),
      channel: codeSchema.optional().describe('With `goods`: what is being written into a quote, instead of a cart.'),
      goods: z
        .union([goodsSchema, z.array(goodsSchema).max(100)])
        .optional()
        .describe('An article and how many of it: `{variantId}:{quantity}`.'),
      token: z.string().max(100).optional().describe('The access token of the order.'),
      without: z
        .union([idSchema, z.array(idSchema).max(200)])
        .optional()
        .describe('Articles of the cart that are not delivered.'),
      cardNumber: cardNumberSchema.optional().describe('For tills: the loyalty card its buyer showed.'),
      customerId: idSchema.optional().describe('The same for a buyer whom staff found among the customers.'),
      postalCode: z
        .string()
        .trim()
        .regex(/^\d{5}$/),
      latitude: z.coerce.number().min(-90).max(90).optional(),
      longitude: z.coerce.number().min(-180).max(180).optional(),
    }),
    response: windowOfferSchema,
  }),
  listZones: endpoint({
    method: 'GET',
    path: '/delivery-zones',
    summary: 'Delivery zones with their postal codes, weekly windows and exceptional days',
    access: 'orders:read',
    response: z.strictObject({ items: z.array(deliveryZoneSchema) }),
  }),
  putZone: endpoint({
    method: 'PUT',
    path: '/delivery-zones/{code}',
    summary: 'Create or change a delivery zone; windows of coming days follow, those with orders stay',
    access: 'windows:write',
    params: z.strictObject({ code: codeSchema }),
    body: putZoneBodySchema,
    response: deliveryZoneSchema,
  }),
  setZoneDay: endpoint({
    method: 'PUT',
    path: '/delivery-zones/{code}/days/{date}',
    summary: 'Close a date, open a public holiday, or go back to the week (`open: null`)',
    access: 'windows:write',
    params: z.strictObject({ code: codeSchema, date: dateSchema }),
    body: z.strictObject({ open: z.boolean().nullable(), reason: z.string().trim().max(200).default('') }),
    response: deliveryZoneSchema,
  }),
  listWindows: endpoint({
    method: 'GET',
    path: '/delivery-calendar',
    summary: 'Windows of real dates with what is taken, and the days that have none',
    access: 'orders:read',
    query: z.strictObject({ from: dateSchema, until: dateSchema, zone: codeSchema.optional() }),
    response: z.strictObject({
      items: z.array(datedWindowSchema),
      /** Public holidays of France in these days, and what was decided for a zone’s day. */
      holidays: z.array(z.strictObject({ date: dateSchema, name: z.string() })),
    }),
  }),
  changeWindow: endpoint({
    method: 'PATCH',
    path: '/delivery-calendar/{windowId}',
    summary: 'Close or open one window, or change how many it takes; beyond what is taken only with a reason',
    access: 'windows:write',
    params: z.strictObject({ windowId: idSchema }),
    body: z.strictObject({
      closed: z.boolean().optional(),
      capacity: z.int().min(0).max(1_000).optional(),
      overbook: z.boolean().default(false).describe('Lower the capacity although more is taken.'),
      reason: z.string().trim().max(200).optional(),
    }),
    response: datedWindowSchema,
  }),
  listDepots: endpoint({
    method: 'GET',
    path: '/depots',
    summary: 'Places deliveries leave from, with their vehicles',
    access: 'orders:read',
    response: z.strictObject({ items: z.array(depotSchema) }),
  }),
  putVehicles: endpoint({
    method: 'PUT',
    path: '/depots/{placeId}/vehicles',
    summary: 'The vehicles of a depot, all of them',
    access: 'windows:write',
    params: z.strictObject({ placeId: idSchema }),
    body: z.strictObject({
      vehicles: z
        .array(
          vehicleBodySchema.refine(({ from, until }) => from < until, {
            error: 'windows.shift_without_hours',
            path: ['until'],
          }),
        )
        .max(100),
    }),
    response: depotSchema,
  }),
  getRoutes: endpoint({
    method: 'GET',
    path: '/depots/{placeId}/routes/{date}',
    summary: 'The routes of a depot’s day: vehicles, stops in order, times and loads',
    access: 'orders:read',
    params: routeParams,
    response: dayRoutesSchema,
  }),
  planDay: endpoint({
    method: 'POST',
    path: '/depots/{placeId}/routes/{date}/planning',
    summary: 'Draw the routes of a day again; `progress` of the day tells how far it is',
    access: 'fulfillment:write',
    status: 202,
    params: routeParams,
    response: dayRoutesSchema,
  }),
  departRoute: endpoint({
    method: 'POST',
    path: '/depots/{placeId}/routes/{date}/departures',
    summary: 'A vehicle leaves: its route is settled, its parcels leave the stock',
    access: 'fulfillment:write',
    params: routeParams,
    body: z.strictObject({ vehicleId: idSchema }),
    response: dayRoutesSchema,
  }),
  recordStop: endpoint({
    method: 'PUT',
    path: '/depots/{placeId}/routes/{date}/stops/{stopId}/outcome',
    summary: 'Delivered, or not, and when; `undone` takes it back',
    access: 'fulfillment:write',
    params: routeParams.extend({ stopId: idSchema }),
    body: z.strictObject({
      outcome: z.enum(stopOutcomes),
      at: instantSchema.optional().describe('Now when absent; never in the future.'),
      reason: z.string().trim().max(200).optional().describe('Why it failed.'),
    }),
    response: dayRoutesSchema,
  }),
  getKeptPromises: endpoint({
    method: 'GET',
    path: '/delivery-promises',
    summary: 'How many deliveries came within their window, by day or by week',
    access: 'orders:read',
    query: z.strictObject({
      from: dateSchema,
      until: dateSchema,
      placeId: idSchema.optional(),
      by: z.enum(['day', 'week']).default('day'),
    }),
    response: z.strictObject({ items: z.array(keptSchema), total: keptSchema.omit({ date: true }) }),
  }),
}
