import { z } from 'zod'
import { idSchema } from './scalars.ts'

const lot = z.object({ lotId: idSchema, number: z.string(), variantId: idSchema })

/** Events of stock that others may hear of. */
export const stockEvents = {
  'inventory.stock_moved': {
    version: 2,
    summary: 'Stock moved: up to a thousand articles of one act.',
    data: z.object({ variantIds: z.array(idSchema), placeIds: z.array(idSchema) }),
  },
  'inventory.tracking_changed': {
    version: 1,
    summary:
      'The lots or the serial numbers of an article are followed from now on, otherwise than before, or no longer.',
    data: z.object({ variantId: idSchema, mode: z.enum(['lot', 'serial']).nullable() }),
  },
  'inventory.lot_blocked': {
    version: 1,
    summary: 'A lot, or a unit with a serial number, was recalled: it is not sold any more.',
    data: lot.extend({
      reason: z.enum(['recall', 'quality', 'investigation', 'other']),
      units: z.int().describe('Those that left what can be sold, in all places.'),
    }),
  },
  'inventory.lot_unblocked': {
    version: 1,
    summary: 'A lot, or a unit with a serial number, may be sold again.',
    data: lot.extend({ units: z.int().describe('Those that can be sold again, in all places.') }),
  },
} as const
