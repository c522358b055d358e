import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idSchema, instantSchema } from './scalars.ts'

/** Why data may only be kept (GDPR, article 18.1, a to d). */
export const restrictionReasons = ['accuracy', 'unlawful', 'claims', 'objection'] as const
export type RestrictionReason = (typeof restrictionReasons)[number]

const restrictionSchema = z
  .strictObject({
    restriction: z
      .strictObject({
        reason: z.enum(restrictionReasons),
        note: z.string(),
        since: instantSchema,
        actor: z.string().nullable(),
        endsAt: instantSchema
          .nullable()
          .describe('They were told that it ends then; null: nobody decided that it ends.'),
        told: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'CustomerRestriction' })
export type CustomerRestriction = z.infer<typeof restrictionSchema>

const params = z.strictObject({ customerId: idSchema })
const words = z.string().trim().min(3).max(500)

export const restrictionEndpoints = {
  getRestriction: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/restriction',
    summary: 'Whether a customer’s data may only be kept',
    access: 'customers:read',
    params,
    response: restrictionSchema,
  }),
  restrictCustomer: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/restriction',
    summary:
      'Only keep a customer’s data: no contact but for service, no segment, no journey, no computed value, no export',
    access: 'rights:manage',
    idempotent: true,
    params,
    body: z.strictObject({ reason: z.enum(restrictionReasons), note: words }),
    response: restrictionSchema,
  }),
  endRestriction: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/restriction/end',
    summary:
      'End a restriction a day after the customer was told: by e-mail where an address is usable, else as it is said',
    access: 'rights:manage',
    idempotent: true,
    params,
    body: z.strictObject({ told: words.describe('Why it ends, and how they were told where no e-mail reaches them.') }),
    response: restrictionSchema,
  }),
}
