import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import {
  codeSchema,
  cursorQuery,
  emailSchema,
  idSchema,
  instantSchema,
  localeSchema,
  moneySchema,
  pageOf,
  quantitySchema,
} from './scalars.ts'

/**
 * Reserve and try: articles put aside in a shop without payment. Open while they are `to_put_aside`, `ready` or being tried;
 * then bought (at least one of them), given back after a visit (`released`), cancelled, or never fetched (`no_show`).
 */
export const reservationStates = [
  'to_put_aside',
  'ready',
  'trying',
  'bought',
  'released',
  'cancelled',
  'no_show',
] as const
export type ReservationState = (typeof reservationStates)[number]

/** Who reserves: a name, and an e-mail or a telephone number. */
export const visitorContactSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    email: emailSchema.nullable().default(null),
    phone: z.string().trim().min(6).max(30).nullable().default(null),
  })
  .meta({ id: 'VisitorContact' })
export type VisitorContact = z.output<typeof visitorContactSchema>

export const reservationLineSchema = z.strictObject({
  variantId: idSchema,
  sku: z.string(),
  name: z.string(),
  variantLabel: z.string(),
  imageUrl: z.string().nullable(),
  quantity: z.int(),
  unitPrice: moneySchema,
  placeName: z.string(),
  /** How many of them were bought; null while that is open. */
  bought: z.int().nullable(),
})

export const reservationSchema = z
  .strictObject({
    id: idSchema.describe('Also that of the cart its articles lie in.'),
    code: z.string().describe('Eight characters in two groups, shown in the shop.'),
    state: z.enum(reservationStates),
    siteId: idSchema,
    siteName: z.string(),
    channelCode: codeSchema,
    contact: visitorContactSchema,
    lines: z.array(reservationLineSchema),
    itemCount: z.int(),
    total: moneySchema,
    /** Where it lies in the shop, as whoever put it aside wrote. */
    shelf: z.string().nullable(),
    readyBy: instantSchema.nullable(),
    expiresAt: instantSchema,
    createdAt: instantSchema,
    readyAt: instantSchema.nullable(),
    cameAt: instantSchema.nullable(),
    endedAt: instantSchema.nullable(),
    orderId: idSchema.nullable(),
    /** Secret of the customer’s page, and of the pass; for its holder only. */
    accessToken: z.string().nullable(),
    passToken: z.string().nullable(),
  })
  .meta({ id: 'Reservation' })
export type Reservation = z.infer<typeof reservationSchema>

const linesSchema = z
  .array(z.strictObject({ variantId: idSchema, quantity: quantitySchema }))
  .min(1)
  .max(20)

/** What a shop allows. */
export const reservationPolicySchema = z
  .strictObject({
    siteId: idSchema,
    siteName: z.string(),
    active: z.boolean(),
    openDays: z
      .int()
      .describe('Kept until closing, so many opening days after today: 0 is today, or the next day open.'),
    mostUnits: z.int(),
    mostOpen: z.int(),
  })
  .meta({ id: 'ReservationPolicy' })
export type ReservationPolicy = z.infer<typeof reservationPolicySchema>

const params = z.strictObject({ reservationId: idSchema })
const localised = z.strictObject({ locale: localeSchema })

export const reservationEndpoints = {
  listReservationShops: endpoint({
    method: 'GET',
    path: '/reservation-shops',
    summary: 'Shops where an article, or a whole cart, can be reserved to try, and until when',
    access: 'public',
    query: z.strictObject({
      channel: codeSchema,
      variantId: idSchema.optional(),
      quantity: z.coerce.number().int().min(1).max(99).default(1),
      cartId: idSchema.optional(),
      locale: localeSchema,
    }),
    response: z.strictObject({
      items: z.array(
        z.strictObject({
          siteId: idSchema,
          siteName: z.string(),
          possible: z.boolean(),
          readyBy: instantSchema.nullable(),
          keptUntil: instantSchema.nullable(),
          mostUnits: z.int(),
        }),
      ),
    }),
  }),
  createReservation: endpoint({
    method: 'POST',
    path: '/reservations',
    summary: 'Put articles aside in a shop to try them, without payment; a cart named here is emptied into it',
    access: 'public',
    status: 201,
    idempotent: true,
    body: z.strictObject({
      channel: codeSchema,
      siteId: idSchema,
      lines: linesSchema.optional(),
      cartId: idSchema.optional(),
      contact: visitorContactSchema,
      locale: localeSchema,
    }),
    response: reservationSchema,
  }),
  getReservation: endpoint({
    method: 'GET',
    path: '/reservations/{reservationId}',
    summary: 'One reservation, for staff of its shop or the holder of its token',
    access: 'public',
    params,
    query: z.strictObject({ token: z.string().max(60).optional(), locale: localeSchema }),
    response: reservationSchema,
  }),
  cancelReservation: endpoint({
    method: 'POST',
    path: '/reservations/{reservationId}/cancel',
    summary: 'Give a reservation up; its articles are free at once',
    access: 'public',
    params,
    query: localised,
    body: z.strictObject({ token: z.string().max(60).optional() }),
    response: reservationSchema,
  }),
  listReservations: endpoint({
    method: 'GET',
    path: '/reservations',
    summary: 'Reservations, the newest first',
    access: 'orders:read',
    query: z.strictObject({
      q: z.string().trim().max(120).optional().describe('Name, e-mail, telephone or code.'),
      siteId: idSchema.optional(),
      state: z.enum(reservationStates).optional(),
      open: z.enum(['true', 'false']).optional(),
      locale: localeSchema,
      ...cursorQuery,
    }),
    response: pageOf(reservationSchema),
  }),
  getReservationFigures: endpoint({
    method: 'GET',
    path: '/reservation-figures',
    summary: 'What became of the reservations made since a moment, by outcome',
    access: 'orders:read',
    query: z.strictObject({ from: instantSchema, until: instantSchema, siteId: idSchema.optional() }),
    response: z.strictObject({
      open: z.int(),
      bought: z.int(),
      released: z.int(),
      cancelled: z.int(),
      noShow: z.int(),
      units: z.int().describe('Articles of the reservations that are over.'),
      unitsBought: z.int(),
      /** Of those that are over, how many ended in a purchase; null when none is over. */
      conversionBasisPoints: z.int().nullable(),
    }),
  }),
  putReservationAside: endpoint({
    method: 'POST',
    path: '/reservations/{reservationId}/ready',
    summary: 'Its articles lie ready; the customer is told',
    access: 'fulfillment:write',
    params,
    query: localised,
    body: z.strictObject({ shelf: z.string().trim().max(60).nullable().default(null) }),
    response: reservationSchema,
  }),
  receiveVisitor: endpoint({
    method: 'POST',
    path: '/reservations/{reservationId}/came',
    summary: 'The customer is there: articles are kept while they are tried',
    access: 'fulfillment:write',
    params,
    query: localised,
    response: reservationSchema,
  }),
  releaseReservation: endpoint({
    method: 'POST',
    path: '/reservations/{reservationId}/release',
    summary: 'Put articles back on the shelf: some of them, or all',
    access: 'fulfillment:write',
    params,
    query: localised,
    body: z.strictObject({ variantIds: z.array(idSchema).max(20).optional() }),
    response: reservationSchema,
  }),
  listReservationPolicies: endpoint({
    method: 'GET',
    path: '/reservation-policies',
    summary: 'What each shop allows to be reserved, and for how long',
    access: 'orders:read',
    response: z.strictObject({ items: z.array(reservationPolicySchema) }),
  }),
  putReservationPolicy: endpoint({
    method: 'PUT',
    path: '/reservation-policies/{siteId}',
    summary: 'Decide what a shop allows to be reserved, and for how long',
    access: 'appointments:manage',
    params: z.strictObject({ siteId: idSchema }),
    body: z.strictObject({
      active: z.boolean(),
      openDays: z.int().min(0).max(14),
      mostUnits: z.int().min(1).max(50),
      mostOpen: z.int().min(1).max(20),
    }),
    response: reservationPolicySchema,
  }),
}
