import { interactionKinds } from '@ecluse/contracts/interactions.ts'
import { z } from 'zod'

/** The job that sends what waits, by name: whoever asks for it need not know how it sends. */
export const sendMessagesJob = { name: 'engagement.send-messages', payload: z.strictObject({}) } as const

/** Tells people that something they have ends soon. */
export const tellOfEndingsJob = { name: 'engagement.tell-of-endings', payload: z.strictObject({}) } as const

/** Finds the members of one segment. */
export const fillSegmentJob = { name: 'engagement.fill-segment', payload: z.object({ segmentId: z.uuid() }) }

/** Looks at customers again, of whom something new is known. */
export const followCustomersJob = {
  name: 'engagement.follow-customers',
  payload: z.object({ partyIds: z.array(z.uuid()), kinds: z.array(z.enum(interactionKinds)).optional() }),
}

/** Looks at customers again of whom something was computed anew; at everybody when none are named. */
export const followValuesJob = {
  name: 'engagement.follow-values',
  payload: z.object({ partyIds: z.array(z.uuid()).optional() }),
}

/** Looks at everybody in a journey whose moment has come. */
export const runJourneysJob = { name: 'engagement.run-journeys', payload: z.strictObject({}) } as const

/** Sends what journeys decided, when its moment has come. */
export const sendContactsJob = { name: 'engagement.send-contacts', payload: z.strictObject({}) } as const

/** Judges the links that were followed a while ago: by people, or by machines. */
export const judgeClicksJob = { name: 'engagement.judge-clicks', payload: z.strictObject({}) } as const

/** Follows what customers did, whom they were merged with, and which segment they came into, for the journeys that wait for it. */
export const followJourneysJob = {
  name: 'engagement.follow-journeys',
  payload: z.object({
    partyIds: z.array(z.uuid()),
    kinds: z.array(z.enum(interactionKinds)).default([]),
    merged: z.boolean().default(false),
    restricted: z.boolean().default(false),
    entered: z
      .object({
        segmentId: z.uuid(),
        occasions: z.array(z.object({ partyId: z.uuid(), id: z.string(), at: z.iso.datetime() })),
      })
      .optional(),
  }),
}
