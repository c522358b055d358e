import { z } from 'zod'
import { instantSchema } from './scalars.ts'

export const hourKinds = ['window', 'bay', 'appointment'] as const
export type HourKind = (typeof hourKinds)[number]

/** An hour somebody agreed upon before it was ordered: of a delivery, a drive or a service. */
export const agreedHourSchema = z
  .strictObject({
    kind: z.enum(hourKinds),
    /** What the appointment is for; null for deliveries and drives. */
    name: z.string().nullable(),
    siteName: z.string().nullable(),
    startsAt: instantSchema,
    endsAt: instantSchema,
    heldUntil: instantSchema.nullable().describe('Until when it is kept for this document; null: it is not, any more.'),
  })
  .meta({ id: 'AgreedHour' })
export type AgreedHour = z.infer<typeof agreedHourSchema>
