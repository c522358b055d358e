import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { shipmentStates } from './fulfillment.ts'
import { codeSchema, dateSchema, idSchema, instantSchema, localeSchema } from './scalars.ts'

/** A quarter of an hour or so in which a shop hands orders into the cars of so many customers. */
export const driveSlotSchema = z
  .strictObject({
    id: idSchema,
    startsAt: instantSchema,
    endsAt: instantSchema,
    capacity: z.int(),
    left: z.int().describe('How many more customers it takes.'),
  })
  .meta({ id: 'DriveSlot' })
export type DriveSlot = z.infer<typeof driveSlotSchema>

const driveSettingsShape = {
  bays: z.int().min(1).max(60).describe('Numbered places where cars wait.'),
  slotMinutes: z.union([z.literal(15), z.literal(20), z.literal(30), z.literal(60)]),
  capacity: z.int().min(0).max(200).describe('Customers in each slot.'),
  active: z.boolean(),
}

export const driveOfferSchema = z
  .strictObject({
    sites: z.array(
      z.strictObject({
        siteId: idSchema,
        siteName: z.string(),
        timeZone: z.string(),
        bays: z.int(),
        days: z.array(z.strictObject({ date: z.string(), slots: z.array(driveSlotSchema) })),
      }),
    ),
  })
  .meta({ id: 'DriveOffer' })
export type DriveOffer = z.infer<typeof driveOfferSchema>

/** A customer of the drive: awaited, waiting in a bay, or served. */
export const driveVisitSchema = z
  .strictObject({
    orderId: idSchema,
    orderNumber: z.string(),
    fulfillmentId: idSchema.nullable(),
    state: z.enum(shipmentStates).nullable(),
    customerName: z.string().nullable(),
    startsAt: instantSchema,
    endsAt: instantSchema,
    arrivedAt: instantSchema.nullable(),
    vehicle: z.string().nullable(),
    bay: z.int().nullable(),
    servedAt: instantSchema.nullable(),
    waitedSeconds: z.int().nullable().describe('From the arrival to the hand-over; until now while they wait.'),
  })
  .meta({ id: 'DriveVisit' })
export type DriveVisit = z.infer<typeof driveVisitSchema>

export const driveBoardSchema = z
  .strictObject({
    ...driveSettingsShape,
    siteId: idSchema,
    date: z.string(),
    visits: z
      .array(driveVisitSchema)
      .describe(
        'Of the date asked, else of today and tomorrow, and whoever waits still: those who wait first, longest first.',
      ),
    measured: z.strictObject({
      served: z.int(),
      medianWaitSeconds: z.int().nullable(),
      withinFiveMinutes: z.int().describe('Of those served, how many waited five minutes at most.'),
    }),
  })
  .meta({ id: 'DriveBoard' })
export type DriveBoard = z.infer<typeof driveBoardSchema>

/** What the customer of a drive sees of their visit. */
export const driveArrivalSchema = z
  .strictObject({
    startsAt: instantSchema,
    endsAt: instantSchema,
    bays: z.int(),
    arrivedAt: instantSchema.nullable(),
    vehicle: z.string().nullable(),
    bay: z.int().nullable(),
    servedAt: instantSchema.nullable(),
  })
  .meta({ id: 'DriveArrival' })
export type DriveArrival = z.infer<typeof driveArrivalSchema>

const siteParams = z.strictObject({ siteId: idSchema })

export const driveEndpoints = {
  offerDriveSlots: endpoint({
    method: 'GET',
    path: '/drive/slots',
    summary: 'Slots of the drives of a channel that can still be kept',
    access: 'public',
    query: z.strictObject({ channel: codeSchema, siteId: idSchema.optional(), locale: localeSchema }),
    response: driveOfferSchema,
  }),
  putDrive: endpoint({
    method: 'PUT',
    path: '/drive/sites/{siteId}',
    summary: 'Open a drive at a shop: its bays, and how many customers each slot of its opening hours takes',
    access: 'windows:write',
    params: siteParams,
    body: z.strictObject(driveSettingsShape),
    response: z.strictObject({ ...driveSettingsShape, siteId: idSchema }),
  }),
  getDriveBoard: endpoint({
    method: 'GET',
    path: '/drive/sites/{siteId}/board',
    summary: 'Who waits in which bay, who is awaited, and how long customers have waited',
    access: 'orders:read',
    params: siteParams,
    query: z.strictObject({ locale: localeSchema, date: dateSchema.optional() }),
    response: driveBoardSchema,
  }),
  getArrival: endpoint({
    method: 'GET',
    path: '/orders/{orderId}/arrival',
    summary:
      'When the customer of a drive is awaited, and what is known of their arrival; null when no drive is part of the order',
    access: 'public',
    params: z.strictObject({ orderId: idSchema }),
    query: z.strictObject({ token: z.string().max(100), locale: localeSchema }),
    response: z.strictObject({ awaited: driveArrivalSchema.nullable() }),
  }),
  signalArrival: endpoint({
    method: 'POST',
    path: '/orders/{orderId}/arrival',
    summary:
      '“I am here”: the customer of a drive says so, with the car and the bay; said again, it changes the car or the bay',
    access: 'public',
    params: z.strictObject({ orderId: idSchema }),
    body: z.strictObject({
      token: z.string().max(100),
      vehicle: z.string().trim().max(80).default(''),
      bay: z.int().min(1).max(60).nullable().default(null),
    }),
    response: z.strictObject({ arrivedAt: instantSchema, bay: z.int().nullable() }),
  }),
  assignBay: endpoint({
    method: 'POST',
    path: '/drive/visits/{orderId}/bay',
    summary: 'Send a customer who is there to a bay; one bay takes one car',
    access: 'fulfillment:write',
    params: z.strictObject({ orderId: idSchema }),
    body: z.strictObject({ bay: z.int().min(1).max(60) }),
    response: driveVisitSchema,
  }),
}
