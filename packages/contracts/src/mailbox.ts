import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { cursorQuery, idSchema, instantSchema, pageOf } from './scalars.ts'

export const deadAddressSchema = z
  .strictObject({
    address: z.string(),
    since: instantSchema,
    reason: z.string().describe('What those who carry mail told: a status (RFC 3463), and their words.'),
    messageId: idSchema.nullable().describe('The message that did not arrive.'),
  })
  .meta({ id: 'DeadAddress' })
export type DeadAddress = z.output<typeof deadAddressSchema>

export const mailboxEndpoints = {
  listDeadAddresses: endpoint({
    method: 'GET',
    path: '/dead-addresses',
    summary:
      'Addresses where nobody is found, as reports of delivery and returned letters told: nothing is sent to them',
    access: 'messages:read',
    query: z.strictObject(cursorQuery),
    response: pageOf(deadAddressSchema),
  }),
  liftDeadAddress: endpoint({
    method: 'POST',
    path: '/dead-addresses/lift',
    summary: 'Write to an address again',
    access: 'messages:write',
    status: 204,
    body: z.strictObject({ address: z.string().trim().min(3).max(400) }),
  }),
}
