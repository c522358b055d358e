import { interactionKinds } from '@ecluse/contracts/interactions.ts'
import { z } from 'zod'

/** The job that sends what waits, by name: whoever asks for it need not know how it sends. */
export const sendMessagesJob = { name: 'engagement.send-messages', payload: z.strictObject({}) } as const

/** Finds the members of one segment. */
export const fillSegmentJob = { name: 'engagement.fill-segment', payload: z.object({ segmentId: z.uuid() }) }

/** Looks at customers again, of whom something new is known. */
export const followCustomersJob = {
  name: 'engagement.follow-customers',
  payload: z.object({ partyIds: z.array(z.uuid()), kinds: z.array(z.enum(interactionKinds)).optional() }),
}
