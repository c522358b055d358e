import { z } from 'zod'

/** The job that sends what waits, by name: whoever asks for it need not know how it sends. */
export const sendMessagesJob = { name: 'engagement.send-messages', payload: z.strictObject({}) } as const
