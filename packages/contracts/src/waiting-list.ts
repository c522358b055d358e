import { z } from 'zod'
import { appointmentSchema } from './appointments.ts'
import { endpoint } from './endpoint.ts'
import { visitorContactSchema } from './reservations.ts'
import { codeSchema, dateSchema, idSchema, instantSchema, localeSchema } from './scalars.ts'

/** Somebody who waits for an hour of a service to be free. */
export const waitingSchema = z
  .strictObject({
    id: idSchema,
    serviceCode: codeSchema,
    serviceName: z.string(),
    siteId: idSchema,
    from: dateSchema,
    until: dateSchema,
    seats: z.int(),
    contact: visitorContactSchema,
    state: z.enum(['waiting', 'offered', 'booked', 'left']),
    askedAt: instantSchema,
    firstBy: z.string().nullable().describe('What gives them a line of their own: a tier, a treatment, a decision.'),
    offeredAt: instantSchema.nullable().describe('The hour that is held for them.'),
    expiresAt: instantSchema.nullable().describe('Until when it is held; then it is offered to the next.'),
  })
  .meta({ id: 'Waiting' })
export type Waiting = z.infer<typeof waitingSchema>

const token = z.string().max(60)
const appointmentParams = z.strictObject({ appointmentId: idSchema })
const localised = z.strictObject({ locale: localeSchema })

export const waitingListEndpoints = {
  joinWaitingList: endpoint({
    method: 'POST',
    path: '/services/{code}/waiting-list',
    summary: 'Ask to be told when an hour of a service is free: it is then held for a time, first come first served',
    access: 'public',
    status: 201,
    idempotent: true,
    params: z.strictObject({ code: codeSchema }),
    body: z.strictObject({
      siteId: idSchema,
      from: dateSchema,
      until: dateSchema,
      seats: z.int().min(1).max(50).default(1),
      contact: visitorContactSchema,
      locale: localeSchema,
    }),
    response: z.strictObject({ id: idSchema, ahead: z.int().describe('How many asked before for the same.') }),
  }),
  acceptOffer: endpoint({
    method: 'POST',
    path: '/appointments/{appointmentId}/acceptance',
    summary: 'Take the hour that is held for somebody of the waiting list',
    access: 'public',
    params: appointmentParams,
    query: localised,
    body: z.strictObject({ token }),
    response: appointmentSchema,
  }),
  passOffer: endpoint({
    method: 'POST',
    path: '/appointments/{appointmentId}/pass',
    summary: 'Pass the hour that is held on to the next, and wait for another or leave the waiting list',
    access: 'public',
    params: appointmentParams,
    query: localised,
    body: z.strictObject({ token, leave: z.boolean().default(false) }),
    response: appointmentSchema,
  }),
  listWaiting: endpoint({
    method: 'GET',
    path: '/waiting-list',
    summary: 'Who waits for an hour in a shop, in their order',
    access: 'orders:read',
    query: z.strictObject({ siteId: idSchema, locale: localeSchema }),
    response: z.strictObject({ items: z.array(waitingSchema) }),
  }),
  removeWaiting: endpoint({
    method: 'DELETE',
    path: '/waiting-list/{waitingId}',
    summary: 'Take somebody off the waiting list',
    access: 'fulfillment:write',
    status: 204,
    params: z.strictObject({ waitingId: idSchema }),
  }),
}
