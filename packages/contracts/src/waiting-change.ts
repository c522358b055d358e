import { z } from 'zod'
import { idSchema, instantSchema, moneySchema } from './scalars.ts'

/** A change of an order that costs more and waits to be paid, as its order tells it. */
export const waitingChangeBriefSchema = z
  .strictObject({ id: idSchema, askedBy: z.enum(['customer', 'staff']), due: moneySchema, expiresAt: instantSchema })
  .meta({ id: 'WaitingOrderChangeBrief' })
