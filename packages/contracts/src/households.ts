import { z } from 'zod'
import { customerSchema } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { cursorQuery, idSchema, instantSchema, pageOf } from './scalars.ts'

export const householdProposalStates = ['open', 'later', 'confirmed', 'apart'] as const

/** What two people have in common that speaks for one household. */
export const householdEvidences = ['address', 'second_line', 'name', 'phone', 'mailbox'] as const

export const householdProposalSchema = z
  .strictObject({
    customerId: idSchema,
    otherId: idSchema,
    customer: customerSchema.nullable(),
    other: customerSchema.nullable(),
    score: z.number().describe('From 0 to 1: one less what all reasons together leave of the doubt.'),
    reasons: z.array(
      z.strictObject({
        evidence: z.enum(householdEvidences),
        weight: z.number().describe('How much of the doubt it takes away, from 0 to 1.'),
      }),
    ),
    state: z.enum(householdProposalStates),
    actor: z.string().nullable(),
    foundAt: instantSchema,
    decidedAt: instantSchema.nullable(),
  })
  .meta({ id: 'HouseholdProposal' })
export type HouseholdProposal = z.infer<typeof householdProposalSchema>

export const customerHouseholdSchema = z
  .strictObject({
    householdId: idSchema.nullable().describe('Null when they live with nobody we know.'),
    people: z.array(z.strictObject({ customerId: idSchema, name: z.string(), since: instantSchema })),
    history: z.array(
      z.strictObject({
        act: z.enum(['joined', 'left']),
        source: z.enum(['proposal', 'staff']),
        actor: z.string().nullable(),
        at: instantSchema,
      }),
    ),
  })
  .meta({ id: 'CustomerHousehold' })
export type CustomerHousehold = z.infer<typeof customerHouseholdSchema>

const customerParams = z.strictObject({ customerId: idSchema })

export const householdEndpoints = {
  listHouseholdProposals: endpoint({
    method: 'GET',
    path: '/household-proposals',
    summary: 'Customers that may live together, with what speaks for it',
    access: 'customers:read',
    query: z.strictObject({ ...cursorQuery, state: z.enum(householdProposalStates).default('open') }),
    response: pageOf(householdProposalSchema),
  }),
  decideHouseholdProposal: endpoint({
    method: 'POST',
    path: '/household-proposals/{customerId}/{otherId}',
    summary: 'Say whether two customers live together, later, or take back what was said',
    access: 'customers:write',
    idempotent: true,
    params: z.strictObject({ customerId: idSchema, otherId: idSchema }),
    body: z.strictObject({ decision: z.enum(['confirm', 'apart', 'later', 'reopen']) }),
    response: z.strictObject({}),
  }),
  getCustomerHousehold: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/household',
    summary: 'With whom a customer lives, and who said so',
    access: 'customers:read',
    params: customerParams,
    response: customerHouseholdSchema,
  }),
  joinHousehold: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/household',
    summary: 'Say that two customers live together; who lives with either comes along',
    access: 'customers:write',
    idempotent: true,
    params: customerParams,
    body: z.strictObject({ otherId: idSchema }),
    response: z.strictObject({ householdId: idSchema }),
  }),
  leaveHousehold: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/household/leave',
    summary: 'Say that a customer lives there no more, or that nobody of the household lives together',
    access: 'customers:write',
    idempotent: true,
    params: customerParams,
    body: z.strictObject({ everybody: z.boolean().default(false) }),
    response: z.strictObject({}),
  }),
}
