import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { loyaltyBenefits } from './loyalty.ts'
import { idSchema, instantSchema } from './scalars.ts'
import { treatments } from './treatments.ts'

/** By what somebody is entitled: their tier, the way they are dealt with, or somebody of the team. */
export const entitlementSources = ['tier', 'treatment', 'staff'] as const

const entitlementSchema = z.strictObject({
  benefit: z.enum(loyaltyBenefits),
  source: z.enum(entitlementSources),
  reason: z.string().describe('The tier, the treatment, or what somebody noted.'),
  until: instantSchema.nullable(),
  grantId: idSchema.nullable().describe('Of what was granted by hand, to end it.'),
})
export type Entitlement = z.infer<typeof entitlementSchema>

const effectSchema = z.strictObject({
  replyHours: z.int().min(1).max(240).describe('Within how many hours who wrote or asked to be called is answered.'),
  benefits: z.array(z.enum(loyaltyBenefits)).max(loyaltyBenefits.length),
})

/** What the way customers are dealt with changes. Marketing caps of each are in the contact policy. */
export const treatmentEffectsSchema = z
  .strictObject({ relational: effectSchema, transactional: effectSchema })
  .meta({ id: 'TreatmentEffects' })
export type TreatmentEffects = z.infer<typeof treatmentEffectsSchema>

export const entitledSchema = z
  .strictObject({
    treatment: z.enum(treatments),
    replyHours: z.int(),
    items: z.array(entitlementSchema),
  })
  .meta({ id: 'CustomerEntitlements' })
export type CustomerEntitlements = z.infer<typeof entitledSchema>

const params = z.strictObject({ customerId: idSchema })

export const entitlementEndpoints = {
  getEntitlements: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/entitlements',
    summary: 'What a customer is entitled to and by what, and within how many hours they are answered',
    access: 'customers:read',
    params,
    response: entitledSchema,
  }),
  getMyBenefits: endpoint({
    method: 'GET',
    path: '/account/benefits',
    summary: 'What the signed-in customer is entitled to, by whatever gives it',
    access: 'account',
    response: z.strictObject({ items: z.array(entitlementSchema.pick({ benefit: true, until: true })) }),
  }),
  grantEntitlement: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/entitlements',
    summary: 'Entitle a customer by hand',
    access: 'loyalty:adjust',
    idempotent: true,
    params,
    body: z.strictObject({
      benefit: z.enum(loyaltyBenefits),
      note: z.string().trim().min(3).max(200),
      until: instantSchema.nullable().default(null),
    }),
    response: entitledSchema,
  }),
  endEntitlement: endpoint({
    method: 'DELETE',
    path: '/customers/{customerId}/entitlements/{grantId}',
    summary: 'End what was granted by hand',
    access: 'loyalty:adjust',
    params: z.strictObject({ customerId: idSchema, grantId: idSchema }),
    response: entitledSchema,
  }),
  getTreatmentEffects: endpoint({
    method: 'GET',
    path: '/treatments/effects',
    summary: 'What the way customers are dealt with changes',
    access: 'customers:read',
    response: treatmentEffectsSchema,
  }),
  putTreatmentEffects: endpoint({
    method: 'PUT',
    path: '/treatments/effects',
    summary: 'Decide what the way customers are dealt with changes',
    access: 'segments:write',
    body: treatmentEffectsSchema,
    response: treatmentEffectsSchema,
  }),
}
