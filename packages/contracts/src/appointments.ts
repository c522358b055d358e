import { z } from 'zod'
import { openingHoursSchema } from './channels.ts'
import { endpoint } from './endpoint.ts'
import { loyaltyBenefits } from './loyalty.ts'
import { visitorContactSchema } from './reservations.ts'
import { codeSchema, dateSchema, idSchema, instantSchema, localeSchema, textSchema } from './scalars.ts'

/** What is booked: an adviser's time, a place in the workshop, a fitting room, a room with seats. */
export const resourceKinds = ['adviser', 'workshop', 'fitting_room', 'room'] as const
export type ResourceKind = (typeof resourceKinds)[number]

export const appointmentStates = ['offered', 'booked', 'arrived', 'done', 'no_show', 'cancelled'] as const
export type AppointmentState = (typeof appointmentStates)[number]

/** Times are kept in steps of a quarter of an hour: a resource is promised quarter by quarter. */
export const quarterMinutes = 15

const minutesSchema = z.int().multipleOf(5)

/** Something a shop does for people at an hour: a fitting, a repair, advice, a class. */
export const serviceSchema = z
  .strictObject({
    code: codeSchema,
    name: textSchema,
    description: textSchema,
    durationMinutes: minutesSchema.min(5).max(480),
    /** Kept free after it, for tidying up. */
    bufferMinutes: minutesSchema.min(0).max(240),
    /** Slots begin each so many minutes from the opening of the shop, unless `starts` says when. */
    stepMinutes: z.int().multipleOf(quarterMinutes).min(quarterMinutes).max(480),
    starts: z
      .array(z.strictObject({ weekday: z.int().min(1).max(7), at: z.string().regex(/^\d{2}:\d{2}$/) }))
      .max(50)
      .nullable()
      .describe('A class begins at these times only.'),
    /** How long before, at the latest, and how far ahead one can book. */
    leadMinutes: z.int().min(0).max(20_160),
    horizonDays: z.int().min(1).max(180),
    /** Most seats of one booking. */
    mostSeats: z.int().min(1).max(50),
    active: z.boolean(),
    benefit: z
      .enum(loyaltyBenefits)
      .nullish()
      .describe('Only who is entitled to it books by themselves; the team books for anybody.'),
    together: z
      .boolean()
      .default(false)
      .describe('It needs a person (an adviser) and a place at once: both, or neither.'),
    productIds: z
      .array(idSchema)
      .max(500)
      .default([])
      .describe('Products it is offered with at the checkout: a fitting, a bicycle handed over and set up.'),
  })
  .meta({ id: 'Service' })
export type Service = z.infer<typeof serviceSchema>

export const offeredServiceSchema = serviceSchema
  .extend({
    siteIds: z.array(idSchema).describe('Shops where it can be booked.'),
    fittingSiteIds: z.array(idSchema).describe('Those where it is a fitting room.'),
  })
  .meta({ id: 'OfferedService' })
export type OfferedService = z.infer<typeof offeredServiceSchema>

export const resourceSchema = z
  .strictObject({
    id: idSchema,
    siteId: idSchema,
    kind: z.enum(resourceKinds),
    name: z.string().trim().min(1).max(80),
    /** How many are served at once: 1 for an adviser, the seats of a room. */
    capacity: z.int().min(1).max(500),
    /** How many more may be booked, where some never come. */
    overbooking: z.int().min(0).max(50),
    hours: z.array(openingHoursSchema).max(28).nullable().describe('Its own hours; those of the shop when null.'),
    serviceCodes: z.array(codeSchema).max(50),
    active: z.boolean(),
  })
  .meta({ id: 'Resource' })
export type Resource = z.infer<typeof resourceSchema>

export const appointmentSchema = z
  .strictObject({
    id: idSchema,
    code: z.string(),
    state: z.enum(appointmentStates),
    serviceCode: codeSchema,
    serviceName: z.string(),
    siteId: idSchema,
    siteName: z.string(),
    timeZone: z.string(),
    resourceId: idSchema,
    resourceName: z.string(),
    resourceKind: z.enum(resourceKinds),
    alsoResourceId: idSchema.nullable().describe('The place, when a person is booked with it.'),
    alsoResourceName: z.string().nullable(),
    startsAt: instantSchema,
    endsAt: instantSchema,
    seats: z.int(),
    contact: visitorContactSchema,
    note: z.string(),
    reservationId: idSchema.nullable(),
    orderId: idSchema.nullable().describe('The order it was bought with.'),
    createdAt: instantSchema,
    /** Grows with each move. */
    sequence: z.int(),
    offerExpiresAt: instantSchema
      .nullable()
      .describe('Until when it is held for somebody of the waiting list; null once it is theirs.'),
    accessToken: z.string().nullable(),
  })
  .meta({ id: 'Appointment' })
export type Appointment = z.infer<typeof appointmentSchema>

export const slotSchema = z.strictObject({ startsAt: instantSchema, endsAt: instantSchema, left: z.int() })
export type Slot = z.infer<typeof slotSchema>

const closureSchema = z.strictObject({
  id: idSchema,
  siteId: idSchema,
  resourceId: idSchema.nullable().describe('The whole shop when null.'),
  startsAt: instantSchema,
  endsAt: instantSchema,
  reason: z.string(),
})
export type Closure = z.infer<typeof closureSchema>

const params = z.strictObject({ appointmentId: idSchema })
const localised = z.strictObject({ locale: localeSchema })
const withToken = z.strictObject({ token: z.string().max(60).optional(), locale: localeSchema })

export const appointmentEndpoints = {
  listServices: endpoint({
    method: 'GET',
    path: '/services',
    summary: 'What shops do for people by appointment, and where',
    access: 'public',
    query: localised,
    response: z.strictObject({ items: z.array(offeredServiceSchema) }),
  }),
  listSlots: endpoint({
    method: 'GET',
    path: '/services/{code}/slots',
    summary: 'When a service can be booked in a shop, day by day',
    access: 'public',
    params: z.strictObject({ code: codeSchema }),
    query: z.strictObject({
      siteId: idSchema,
      from: dateSchema.optional().describe('First day; today when left out.'),
      days: z.coerce.number().int().min(1).max(31).default(7),
      seats: z.coerce.number().int().min(1).max(50).default(1),
      locale: localeSchema,
    }),
    response: z.strictObject({
      timeZone: z.string(),
      days: z.array(z.strictObject({ date: dateSchema, slots: z.array(slotSchema) })),
    }),
  }),
  bookAppointment: endpoint({
    method: 'POST',
    path: '/appointments',
    summary: 'Book a service at an hour, without an account',
    access: 'public',
    status: 201,
    idempotent: true,
    body: z.strictObject({
      service: codeSchema,
      siteId: idSchema,
      startsAt: instantSchema,
      seats: z.int().min(1).max(50).default(1),
      contact: visitorContactSchema,
      note: z.string().trim().max(500).default(''),
      /** Articles reserved to be tried then, and the token of that reservation. */
      reservation: z
        .strictObject({ id: idSchema, token: z.string().max(60) })
        .nullable()
        .default(null),
      /** For staff: with whom, or where. */
      resourceId: idSchema.optional(),
      locale: localeSchema,
    }),
    response: appointmentSchema,
  }),
  getAppointment: endpoint({
    method: 'GET',
    path: '/appointments/{appointmentId}',
    summary: 'One appointment, for staff of its shop or the holder of its token',
    access: 'public',
    params,
    query: withToken,
    response: appointmentSchema,
  }),
  getReservationAppointment: endpoint({
    method: 'GET',
    path: '/reservations/{reservationId}/appointment',
    summary: 'The fitting room kept for articles that are reserved, for the holder of the reservation’s token',
    access: 'public',
    params: z.strictObject({ reservationId: idSchema }),
    query: withToken,
    response: z.strictObject({ appointment: appointmentSchema.nullable() }),
  }),
  moveAppointment: endpoint({
    method: 'POST',
    path: '/appointments/{appointmentId}/move',
    summary: 'Move an appointment to another hour, or to another person or room; both at once are never promised',
    access: 'public',
    params,
    query: localised,
    body: z.strictObject({
      token: z.string().max(60).optional(),
      startsAt: instantSchema,
      resourceId: idSchema.optional(),
    }),
    response: appointmentSchema,
  }),
  cancelAppointment: endpoint({
    method: 'POST',
    path: '/appointments/{appointmentId}/cancel',
    summary: 'Cancel an appointment; its time is free at once',
    access: 'public',
    params,
    query: localised,
    body: z.strictObject({ token: z.string().max(60).optional() }),
    response: appointmentSchema,
  }),
  getAppointmentCalendar: endpoint({
    method: 'GET',
    path: '/appointments/{appointmentId}/calendar',
    summary: 'An appointment as a calendar file (iCalendar, RFC 5545)',
    access: 'public',
    params,
    query: withToken,
    produces: 'text/calendar',
  }),
  listAppointments: endpoint({
    method: 'GET',
    path: '/appointments',
    summary: 'The appointments of a shop between two moments, by hour',
    access: 'orders:read',
    query: z.strictObject({
      siteId: idSchema,
      from: instantSchema,
      until: instantSchema,
      locale: localeSchema,
    }),
    response: z.strictObject({ items: z.array(appointmentSchema) }),
  }),
  settleAppointment: endpoint({
    method: 'POST',
    path: '/appointments/{appointmentId}/state',
    summary: 'Note that somebody came, was served, or did not come; or take that back',
    access: 'fulfillment:write',
    params,
    query: localised,
    body: z.strictObject({ state: z.enum(['booked', 'arrived', 'done', 'no_show']) }),
    response: appointmentSchema,
  }),
  listResources: endpoint({
    method: 'GET',
    path: '/resources',
    summary: 'Advisers, workshop stands, fitting rooms and rooms of a shop, and when they are closed',
    access: 'orders:read',
    query: z.strictObject({ siteId: idSchema }),
    response: z.strictObject({ items: z.array(resourceSchema), closures: z.array(closureSchema) }),
  }),
  putResource: endpoint({
    method: 'PUT',
    path: '/resources/{resourceId}',
    summary: 'Add or change what appointments are booked on',
    access: 'appointments:manage',
    params: z.strictObject({ resourceId: idSchema }),
    body: resourceSchema.omit({ id: true }),
    response: resourceSchema,
  }),
  putService: endpoint({
    method: 'PUT',
    path: '/services/{code}',
    summary: 'Add or change what shops do by appointment',
    access: 'appointments:manage',
    params: z.strictObject({ code: codeSchema }),
    body: serviceSchema.omit({ code: true }),
    response: serviceSchema,
  }),
  createClosure: endpoint({
    method: 'POST',
    path: '/closures',
    summary: 'Offer no appointment for a time, in a shop or of one resource; what is booked stays',
    access: 'appointments:manage',
    status: 201,
    idempotent: true,
    body: closureSchema.omit({ id: true }).extend({ reason: z.string().trim().max(200).default('') }),
    response: closureSchema,
  }),
  deleteClosure: endpoint({
    method: 'DELETE',
    path: '/closures/{closureId}',
    summary: 'Offer appointments in that time again',
    access: 'appointments:manage',
    status: 204,
    params: z.strictObject({ closureId: idSchema }),
  }),
}
