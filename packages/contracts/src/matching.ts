import { z } from 'zod'
import { customerSchema } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { cursorQuery, idSchema, instantSchema, pageOf } from './scalars.ts'

export const matchStates = ['open', 'later', 'merged', 'not_same'] as const

export const matchSchema = z
  .strictObject({
    customerId: idSchema,
    otherId: idSchema,
    customer: customerSchema.nullable().describe('As each is written, whomever they were merged into since.'),
    other: customerSchema.nullable(),
    probability: z.number().describe('That the two are one person.'),
    reasons: z
      .array(z.strictObject({ comparison: z.string(), level: z.string(), bits: z.number() }))
      .describe('Each comparison that could be made, the weightiest first; positive bits speak for one person.'),
    state: z.enum(matchStates),
    actor: z.string().nullable(),
    foundAt: instantSchema,
    decidedAt: instantSchema.nullable(),
  })
  .meta({ id: 'CustomerMatch' })
export type Match = z.infer<typeof matchSchema>

export const matchingEndpoints = {
  listMatches: endpoint({
    method: 'GET',
    path: '/customer-matches',
    summary: 'Customers that may be one, with what speaks for it and against',
    access: 'customers:read',
    query: z.strictObject({ ...cursorQuery, state: z.enum(matchStates).default('open') }),
    response: pageOf(matchSchema),
  }),
  decideMatch: endpoint({
    method: 'POST',
    path: '/customer-matches/{customerId}/{otherId}',
    summary: 'Say whether two customers are one, later, or take back what was said',
    access: 'customers:write',
    idempotent: true,
    params: z.strictObject({ customerId: idSchema, otherId: idSchema }),
    body: z.strictObject({ decision: z.enum(['merge', 'not_same', 'later', 'reopen']) }),
    response: z.strictObject({}),
  }),
  findMatches: endpoint({
    method: 'POST',
    path: '/customer-matches/search',
    summary: 'Compare all customers now, as each night',
    access: 'customers:write',
    status: 202,
    idempotent: true,
    response: z.strictObject({}),
  }),
}
