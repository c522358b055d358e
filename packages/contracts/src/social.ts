import { z } from 'zod'
import { purposes, subjects } from './consents.ts'
import { endpoint } from './endpoint.ts'
import { idSchema } from './scalars.ts'
import { carrierEventSchema } from './texts.ts'

/** Characters a message may have, by network: what the networks themselves take. */
export const socialLimits = { whatsapp: 4_096, messenger: 2_000, instagram: 1_000 } as const
/** What any network takes; also of those not listed. */
export const shortestSocial = 1_000

/** A person on a network: its name in small letters, a colon, and what it calls them. */
export const socialIdSchema = z
  .string()
  .max(200)
  .regex(/^[a-z][a-z0-9]*:\S+$/)

export const socialEndpoints = {
  sendSocial: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/social-messages',
    summary: 'Write to a customer on the network where they wrote; what is not service leaves only with their consent',
    access: 'messages:write',
    status: 202,
    idempotent: true,
    params: z.strictObject({ customerId: idSchema }),
    body: z.strictObject({
      text: z.string().trim().min(1).max(4_096),
      purpose: z.enum(purposes),
      topic: z.enum(subjects).nullable().default(null),
    }),
    response: z.strictObject({ messageId: idSchema, to: z.string() }),
  }),
  receiveSocialEvent: endpoint({
    method: 'POST',
    path: '/social/events',
    summary:
      'What whoever carries social messages tells: what was delivered, and what people write (signed, see operations)',
    access: 'public',
    status: 204,
    body: carrierEventSchema(socialIdSchema),
  }),
}
