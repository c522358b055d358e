import { interactionKinds } from '@ecluse/contracts/interactions.ts'
import { z } from 'zod'

/** Finds the members of one segment. */
export const fillSegmentJob = { name: 'engagement.fill-segment', payload: z.object({ segmentId: z.uuid() }) }

/** Looks at customers again, of whom something new is known. */
export const followCustomersJob = {
  name: 'engagement.follow-customers',
  payload: z.object({ partyIds: z.array(z.uuid()), kinds: z.array(z.enum(interactionKinds)).optional() }),
}
