import { z } from 'zod'
import { dateSchema } from './scalars.ts'

/** Why an article can be had before it is there: schema.org calls them PreOrder and BackOrder. */
export const aheadKinds = ['pre_order', 'back_order'] as const

/** What is sold before it is there, and the day its buyer is told it leaves (art. L.216-1 of the French consumer code). */
export const soldAheadSchema = z.strictObject({
  kind: z.enum(aheadKinds).describe('`pre_order`: not released yet; `back_order`: nothing is left.'),
  shipsOn: dateSchema.nullable().describe('The day it leaves at the latest; null once nobody knows any more.'),
})
export type SoldAhead = z.infer<typeof soldAheadSchema>
