import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { emailSchema, idSchema, instantSchema, localeSchema } from './scalars.ts'

/** By what somebody can be reached. */
export const media = ['email', 'sms', 'phone', 'letter', 'push', 'social', 'visit'] as const
export type Medium = (typeof media)[number]

/** What a contact is for. Service messages belong to what somebody asked for: they need no consent, and cannot sell. */
export const purposes = ['service', 'marketing', 'survey'] as const
export type Purpose = (typeof purposes)[number]
/** Those somebody can allow or refuse. */
export const consentPurposes = ['marketing', 'survey'] as const
export type ConsentPurpose = (typeof consentPurposes)[number]

/** What marketing can be about; each is sent until it is unticked. */
export const subjects = ['offers', 'news', 'events', 'advice'] as const
export type Subject = (typeof subjects)[number]

export const frequencies = ['any', 'weekly', 'monthly'] as const
export type Frequency = (typeof frequencies)[number]

/** What people read when they consent; a version is never changed, a new one is added. */
export const wordings = {
  'marketing-1': {
    fr: 'J’accepte de recevoir des nouvelles et des offres. Je peux changer d’avis à tout moment, d’un clic.',
    en: 'I agree to receive news and offers. I can change my mind at any time, with one click.',
  },
  'staff-1': {
    fr: 'Accord ou refus dit ou écrit à une personne de l’équipe, qui l’a noté.',
    en: 'Agreement or refusal said or written to a member of staff, who noted it.',
  },
  'callback-1': {
    fr: 'Je demande à être rappelé à ce numéro au sujet de ma question. Il ne sert à rien d’autre.',
    en: 'I ask to be called back at this number about my question. It is used for nothing else.',
  },
  'push-1': {
    fr: 'J’accepte de recevoir sur cet appareil des notifications de nouvelles et d’offres. Je peux changer d’avis à tout moment, ici ou dans le navigateur.',
    en: 'I agree to receive notifications of news and offers on this device. I can change my mind at any time, here or in the browser.',
  },
  'preferences-1': {
    fr: 'Ce que je souhaite recevoir, choisi sur la page de mes préférences.',
    en: 'What I wish to receive, chosen on the page of my preferences.',
  },
} as const satisfies Record<string, { fr: string; en: string }>
export type WordingVersion = keyof typeof wordings

export const contactReasons = [
  'service',
  'consented',
  'no_objection',
  'opposed',
  'withdrawn',
  'not_asked',
  'not_confirmed',
  'other_address',
  'paused',
  'subject',
  'too_often',
  'dead_address',
  'restricted',
] as const
/** Why somebody may, or may not, be contacted. */
export type ContactReason = (typeof contactReasons)[number]

export const preferencesSchema = z.strictObject({
  subjectsOff: z.array(z.enum(subjects)),
  frequency: z.enum(frequencies),
  pausedUntil: instantSchema.nullable(),
})
export type Preferences = z.infer<typeof preferencesSchema>

const cellSchema = z.strictObject({
  medium: z.enum(media),
  purpose: z.enum(consentPurposes),
  allowed: z.boolean(),
  reason: z.enum(contactReasons),
  /** Since when, by what. */
  at: instantSchema.nullable(),
  source: z.string().nullable(),
})

export const customerConsentsSchema = z
  .strictObject({
    at: instantSchema,
    cells: z.array(cellSchema),
    preferences: preferencesSchema,
    entries: z.array(
      z.strictObject({
        id: idSchema,
        memberId: idSchema,
        act: z.enum(['asked', 'granted', 'withdrawn', 'preferred']),
        medium: z.enum(media).nullable(),
        purpose: z.enum(consentPurposes).nullable(),
        at: instantSchema,
        source: z.string(),
        wording: z.string().nullable(),
        proof: z.record(z.string(), z.string()),
        actor: z.string().nullable(),
      }),
    ),
    intact: z.boolean().describe('Whether every entry is what it was when it was written.'),
  })
  .meta({ id: 'CustomerConsents' })
export type CustomerConsents = z.infer<typeof customerConsentsSchema>

const tokenQuery = z.strictObject({ token: z.string().min(20).max(400) })

export const preferencePageSchema = z
  .strictObject({
    /** The address the link was sent to, nearly: enough to recognise it. */
    address: z.string(),
    locale: z.enum(['fr', 'en']),
    cells: z.array(cellSchema),
    preferences: preferencesSchema,
  })
  .meta({ id: 'PreferencePage' })
export type PreferencePage = z.infer<typeof preferencePageSchema>

const wishesSchema = z.strictObject({
  media: z.array(z.enum(media)).describe('Those that marketing may use.'),
  preferences: preferencesSchema,
})

export const consentEndpoints = {
  getCustomerConsents: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/consents',
    summary: 'What a customer allows, now or at any past moment, and the proof of it',
    access: 'customers:read',
    params: z.strictObject({ customerId: idSchema }),
    query: z.strictObject({ at: instantSchema.optional() }),
    response: customerConsentsSchema,
  }),
  recordConsent: endpoint({
    method: 'POST',
    path: '/customers/{customerId}/consents',
    summary: 'Note what a customer said or wrote about being contacted',
    access: 'customers:write',
    status: 201,
    idempotent: true,
    params: z.strictObject({ customerId: idSchema }),
    body: z.strictObject({
      act: z.enum(['granted', 'withdrawn']),
      medium: z.enum(media).nullable().describe('Null: all.'),
      purpose: z.enum(consentPurposes).nullable().describe('Null: all.'),
      proof: z.string().trim().min(3).max(500).describe('The form, the call, the letter it was said in.'),
    }),
    response: customerConsentsSchema,
  }),
  askNewsletter: endpoint({
    method: 'POST',
    path: '/newsletter',
    summary: 'Ask for news by e-mail: what confirms it is sent to the address',
    access: 'public',
    status: 202,
    body: z.strictObject({ email: emailSchema, locale: localeSchema }),
    response: z.strictObject({}),
  }),
  confirmNewsletter: endpoint({
    method: 'POST',
    path: '/newsletter/confirm',
    summary: 'Confirm news by e-mail, by the link of the message',
    access: 'public',
    query: tokenQuery,
    response: z.strictObject({ preferencesToken: z.string() }),
  }),
  getPreferences: endpoint({
    method: 'GET',
    path: '/preferences',
    summary: 'What whoever holds the link of a message wishes to receive',
    access: 'public',
    query: tokenQuery,
    response: preferencePageSchema,
  }),
  putPreferences: endpoint({
    method: 'PUT',
    path: '/preferences',
    summary: 'Change what one wishes to receive',
    access: 'public',
    query: tokenQuery,
    body: wishesSchema,
    response: preferencePageSchema,
  }),
  getMyPreferences: endpoint({
    method: 'GET',
    path: '/account/preferences',
    summary: 'What whoever is signed in wishes to receive',
    access: 'account',
    response: preferencePageSchema,
  }),
  putMyPreferences: endpoint({
    method: 'PUT',
    path: '/account/preferences',
    summary: 'Change what one wishes to receive; a new yes is not noted: the link in a message of ours confirms it',
    access: 'account',
    body: wishesSchema,
    response: preferencePageSchema.extend({
      toConfirm: z.array(z.enum(media)).describe('What they said yes to and the link alone may allow.'),
    }),
  }),
  unsubscribe: endpoint({
    method: 'POST',
    path: '/unsubscribe',
    summary: 'Receive no more of what the link was sent with, at once (RFC 8058)',
    access: 'public',
    query: tokenQuery,
    response: z.strictObject({}),
  }),
}
