import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idSchema, instantSchema } from './scalars.ts'

/** Dealt with as somebody one knows, or purchase by purchase. */
export const treatments = ['relational', 'transactional'] as const
export type Treatment = (typeof treatments)[number]

/** Why: the potential is there; is not (yet); is not any more; nothing was bought; somebody decided. */
export const treatmentReasons = [
  'potential',
  'below',
  'value_fell',
  'activity_fell',
  'nothing_bought',
  'staff',
] as const
export type TreatmentReason = (typeof treatmentReasons)[number]

const chanceSchema = z.number().min(0).max(1)

export const treatmentPolicySchema = z
  .strictObject({
    enterValueMinor: z.int().min(0).describe('Expected in the coming year, in cents, to become relational.'),
    leaveValueMinor: z.int().min(0).describe('Below this, relational no more.'),
    enterActive: chanceSchema.describe('Chance of being active to become relational.'),
    leaveActive: chanceSchema.describe('Below this, relational no more.'),
  })
  .refine(({ enterValueMinor, leaveValueMinor }) => leaveValueMinor <= enterValueMinor, { path: ['leaveValueMinor'] })
  .refine(({ enterActive, leaveActive }) => leaveActive <= enterActive, { path: ['leaveActive'] })
  .meta({ id: 'TreatmentPolicy' })
export type TreatmentPolicy = z.output<typeof treatmentPolicySchema>

const decision = {
  treatment: z.enum(treatments),
  decidedBy: z.enum(['rule', 'staff']),
  reason: z.enum(treatmentReasons),
  note: z.string().nullable(),
  actor: z.string().nullable(),
  expectedValueMinor: z.int().nullable().describe('What it was decided by.'),
  active: chanceSchema.nullable(),
}

export const customerTreatmentSchema = z
  .strictObject({
    current: z
      .strictObject({ ...decision, since: instantSchema })
      .nullable()
      .describe('Null for somebody of whom nothing was decided: transactional.'),
    changes: z.array(
      z.strictObject({
        id: idSchema,
        ...decision,
        at: instantSchema,
        limitValueMinor: z.int().nullable().describe('The limits it was held against.'),
        limitActive: chanceSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'CustomerTreatment' })
export type CustomerTreatment = z.output<typeof customerTreatmentSchema>

/** What customers are compared by. Age and gender are not asked of anybody, so nothing can be said of them. */
export const auditedBy = ['language', 'region', 'channel'] as const

const groupSchema = z.strictObject({
  value: z.string().nullable().describe('A language, a department or country, a channel; null where it is not known.'),
  customers: z.int(),
  relational: z.int(),
  share: chanceSchema,
  ratio: z.number().nullable().describe('To the share among all; null when nobody is relational.'),
  warning: z
    .enum(['less', 'more'])
    .nullable()
    .describe(
      'Under four fifths of the mean or over five quarters, and more than chance would do in one of twenty cases.',
    ),
})

export const treatmentAuditSchema = z
  .strictObject({
    customers: z.int().describe('Who bought something.'),
    relational: z.int(),
    byStaff: z.int().describe('How many were decided by somebody.'),
    policy: treatmentPolicySchema,
    audits: z.array(z.strictObject({ by: z.enum(auditedBy), groups: z.array(groupSchema) })),
    notKnown: z.array(z.enum(['age', 'gender'])).describe('What is not recorded and so cannot be audited.'),
  })
  .meta({ id: 'TreatmentAudit' })
export type TreatmentAudit = z.output<typeof treatmentAuditSchema>

const params = z.strictObject({ customerId: idSchema })

export const treatmentEndpoints = {
  getTreatmentAudit: endpoint({
    method: 'GET',
    path: '/treatments',
    summary: 'Shares of treatment among customers, by language, region and channel, with what stands out',
    access: 'customers:read',
    response: treatmentAuditSchema,
  }),
  putTreatmentPolicy: endpoint({
    method: 'PUT',
    path: '/treatments/policy',
    summary: 'From when on a customer is relational, and until when',
    access: 'segments:write',
    body: treatmentPolicySchema,
    response: treatmentPolicySchema,
  }),
  getCustomerTreatment: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/treatment',
    summary: 'How a customer is dealt with, why, and since when',
    access: 'customers:read',
    params,
    response: customerTreatmentSchema,
  }),
  setCustomerTreatment: endpoint({
    method: 'PUT',
    path: '/customers/{customerId}/treatment',
    summary: 'Decide it oneself, with a reason; it stays until it is released',
    access: 'customers:write',
    params,
    body: z.strictObject({ treatment: z.enum(treatments), note: z.string().trim().min(3).max(500) }),
    response: customerTreatmentSchema,
  }),
  releaseCustomerTreatment: endpoint({
    method: 'DELETE',
    path: '/customers/{customerId}/treatment',
    summary: 'Leave it to the rule again, which decides at once',
    access: 'customers:write',
    params,
    response: customerTreatmentSchema,
  }),
}
