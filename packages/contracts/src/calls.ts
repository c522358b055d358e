import { z } from 'zod'
import { contactReasons, purposes } from './consents.ts'
import { endpoint } from './endpoint.ts'
import { cursorQuery, idSchema, instantSchema, localeSchema, pageOf } from './scalars.ts'

/** What came of a call. */
export const callOutcomes = ['reached', 'no_answer', 'call_back', 'appointment', 'refused', 'wrong_number'] as const
/** When somebody wishes to be called back. */
export const callWishes = ['soon', 'morning', 'afternoon'] as const

export type CallOutcome = (typeof callOutcomes)[number]

export const callSchema = z
  .strictObject({
    id: idSchema,
    customerId: idSchema,
    name: z.string(),
    phone: z.string().nullable(),
    relational: z.boolean().describe('Whether they are dealt with as somebody one knows (treatment by potential).'),
    firstBy: z.string().nullable().describe('What gives them a line of their own; null: in turn.'),
    replyBy: instantSchema.nullable().describe('By when who asked to be called is called, as they are dealt with.'),
    asked: z.boolean().describe('Whether the customer asked to be called back.'),
    purpose: z.enum(purposes),
    about: z.string(),
    script: z.string(),
    state: z.enum(['open', 'done', 'given_up']),
    notBefore: instantSchema,
    claimedBy: z.string().nullable(),
    attempts: z.array(
      z.strictObject({
        at: instantSchema,
        outcome: z.enum(callOutcomes),
        note: z.string(),
        actor: z.string().nullable(),
      }),
    ),
    permission: z
      .strictObject({
        allowed: z.boolean(),
        reason: z.enum([...contactReasons, 'no_consent', 'refused_call', 'called_enough', 'hours', 'no_phone']),
        from: instantSchema.nullable().describe('From when; null: as things stand, never.'),
      })
      .describe(
        'Whether they may be called now: consent, hours, attempts, refusals (Code de la consommation, L223-1 and D223-9).',
      ),
  })
  .meta({ id: 'Call' })
export type Call = z.output<typeof callSchema>

const about = z.string().trim().min(1).max(200)
const script = z.string().trim().max(3_000).default('')
const ofCustomer = z.strictObject({ customerId: idSchema })
const ofCall = z.strictObject({ customerId: idSchema, callId: idSchema })

export const callEndpoints = {
  askForCall: endpoint({
    method: 'POST',
    path: '/call-requests',
    summary: 'Ask to be called back: that permits this call and no other',
    access: 'public',
    status: 201,
    body: z.strictObject({
      name: z.string().trim().min(1).max(120),
      phone: z.string().trim().min(6).max(30),
      about,
      when: z.enum(callWishes).describe('The part of the day, within the hours of calls.'),
      productId: idSchema.optional(),
      locale: localeSchema,
    }),
    response: z.strictObject({ from: instantSchema.describe('From when they are called.') }),
  }),
  listCalls: endpoint({
    method: 'GET',
    path: '/calls',
    summary: 'Calls to make, those that are due first',
    access: 'messages:write',
    query: z.strictObject(cursorQuery),
    response: pageOf(callSchema),
  }),
  addCall: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/calls',
    summary: 'Put a customer on the call list',
    access: 'messages:write',
    status: 201,
    idempotent: true,
    params: ofCustomer,
    body: z.strictObject({
      about,
      script,
      asked: z.boolean().describe('Whether they asked for it.'),
      purpose: z.enum(purposes),
      notBefore: instantSchema.optional(),
    }),
    response: callSchema,
  }),
  addCallsOfSegment: endpoint({
    method: 'POST',
    path: '/segments/{segmentId}/calls',
    summary: 'Put the members of a segment on the call list, those who have a telephone and agreed to be called',
    access: 'messages:write',
    status: 201,
    idempotent: true,
    params: z.strictObject({ segmentId: idSchema }),
    body: z.strictObject({ about, script, purpose: z.enum(['marketing', 'survey']) }),
    response: z.strictObject({ added: z.int(), leftOut: z.int() }),
  }),
  takeCall: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/calls/{callId}/take',
    summary: 'Take a call for a quarter of an hour: nobody else calls meanwhile',
    access: 'messages:write',
    params: ofCall,
    response: callSchema,
  }),
  closeCall: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/calls/{callId}/outcomes',
    summary: 'Write down what came of a call; a refusal withdraws the consent to be called',
    access: 'messages:write',
    status: 201,
    idempotent: true,
    params: ofCall,
    body: z
      .strictObject({
        outcome: z.enum(callOutcomes),
        note: z.string().trim().max(1_000).default(''),
        callBackAt: instantSchema.optional(),
      })
      .refine(({ outcome, callBackAt }) => (outcome === 'call_back') === (callBackAt !== undefined), {
        path: ['callBackAt'],
      }),
    response: callSchema,
  }),
}
