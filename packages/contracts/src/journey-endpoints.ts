import { z } from 'zod'
import { media } from './consents.ts'
import { endpoint } from './endpoint.ts'
import { journeyGraphSchema } from './journey-graph.ts'
import {
  contactEventKinds,
  contactPolicySchema,
  decisionSchema,
  journeyResultsSchema,
  journeySchema,
  journeySettingsSchema,
  journeySummarySchema,
  journeyVersionSchema,
  participantSchema,
  participantStates,
  personStepsSchema,
} from './journeys.ts'
import { cursorQuery, dateSchema, idSchema, instantSchema, pageOf } from './scalars.ts'

const params = z.strictObject({ journeyId: idSchema })
const personParams = z.strictObject({ journeyId: idSchema, participantId: idSchema })
const fields = {
  name: z.string().trim().min(1).max(100),
  description: z.string().trim().max(500),
  graph: journeyGraphSchema,
  settings: journeySettingsSchema,
}
const reasonSchema = z.string().trim().min(1).max(300)

export const journeyEndpoints = {
  listJourneys: endpoint({
    method: 'GET',
    path: '/journeys',
    summary: 'Campaigns and journeys, those that changed last first',
    access: 'customers:read',
    response: z.strictObject({ items: z.array(journeySummarySchema) }),
  }),
  createJourney: endpoint({
    method: 'POST',
    path: '/journeys',
    summary: 'Begin a journey: a draft, until it is published',
    access: 'campaigns:write',
    status: 201,
    idempotent: true,
    body: z.strictObject({
      name: fields.name,
      description: fields.description.default(''),
      graph: fields.graph.default({ nodes: [], edges: [] }),
      settings: fields.settings.prefault({}),
    }),
    response: journeySchema,
  }),
  getJourney: endpoint({
    method: 'GET',
    path: '/journeys/{journeyId}',
    summary: 'One journey with its draft, and what keeps it from being published',
    access: 'customers:read',
    params,
    response: journeySchema,
  }),
  updateJourney: endpoint({
    method: 'PATCH',
    path: '/journeys/{journeyId}',
    summary: 'Change the draft; what is published stays as it is',
    access: 'campaigns:write',
    params,
    body: z.strictObject({
      name: fields.name.optional(),
      description: fields.description.optional(),
      graph: fields.graph.optional(),
      settings: fields.settings.optional(),
      revision: z.int().min(1).describe('The one that was read: a draft changed meanwhile is not overwritten.'),
    }),
    response: journeySchema,
  }),
  deleteJourney: endpoint({
    method: 'DELETE',
    path: '/journeys/{journeyId}',
    summary: 'Throw away a journey that was never published',
    access: 'campaigns:write',
    status: 204,
    params,
  }),
  publishJourney: endpoint({
    method: 'POST',
    path: '/journeys/{journeyId}/publish',
    summary: 'Publish the draft as a version that is never changed, and run it',
    access: 'campaigns:write',
    params,
    body: z.strictObject({
      revision: z.int().min(1),
      people: z
        .enum(['stay', 'move'])
        .default('stay')
        .describe(
          'Whether those who are inside stay in the version they entered, or go on in this one from where they stand.',
        ),
      instead: z
        .record(z.string(), z.string().nullable())
        .default({})
        .describe('Where those go on who stand at a node that is not there any more; null, or absent: they leave.'),
    }),
    response: journeySchema,
  }),
  pauseJourney: endpoint({
    method: 'POST',
    path: '/journeys/{journeyId}/pause',
    summary: 'Hold everybody where they are; nothing is sent until it is resumed',
    access: 'campaigns:write',
    params,
    body: z.strictObject({ reason: reasonSchema }),
    response: journeySchema,
  }),
  resumeJourney: endpoint({
    method: 'POST',
    path: '/journeys/{journeyId}/resume',
    summary: 'Go on after a pause',
    access: 'campaigns:write',
    params,
    response: journeySchema,
  }),
  stopJourney: endpoint({
    method: 'POST',
    path: '/journeys/{journeyId}/stop',
    summary: 'End it: everybody leaves, and what is not sent yet is not sent',
    access: 'campaigns:write',
    params,
    body: z.strictObject({ reason: reasonSchema }),
    response: journeySchema,
  }),
  listJourneyVersions: endpoint({
    method: 'GET',
    path: '/journeys/{journeyId}/versions',
    summary: 'What was published, the latest first',
    access: 'customers:read',
    params,
    response: z.strictObject({ items: z.array(journeyVersionSchema) }),
  }),
  listJourneyPeople: endpoint({
    method: 'GET',
    path: '/journeys/{journeyId}/people',
    summary: 'Who is in a journey and where, the latest to enter first',
    access: 'customers:read',
    params,
    query: z.strictObject({
      ...cursorQuery,
      nodeId: z.string().max(40).optional(),
      state: z.enum(participantStates).optional(),
      q: z.string().trim().max(100).optional().describe('Words of their name or e-mail, or their telephone.'),
    }),
    response: pageOf(participantSchema),
  }),
  getJourneyPerson: endpoint({
    method: 'GET',
    path: '/journeys/{journeyId}/people/{participantId}',
    summary: 'One person’s way through a journey, with what was decided at each step',
    access: 'customers:read',
    params: personParams,
    response: personStepsSchema,
  }),
  resumeJourneyPerson: endpoint({
    method: 'POST',
    path: '/journeys/{journeyId}/people/{participantId}/resume',
    summary: 'Let somebody go on who was stopped because they could not be stepped',
    access: 'campaigns:write',
    params: personParams,
    response: participantSchema,
  }),
  getJourneyResults: endpoint({
    method: 'GET',
    path: '/journeys/{journeyId}/results',
    summary: 'What a journey brought: by arm, node and cell, beside those who were held out',
    access: 'customers:read',
    params,
    response: journeyResultsSchema,
  }),
  getContactCalendar: endpoint({
    method: 'GET',
    path: '/contact-calendar',
    summary: 'What was sent on each day, what is to begin, and whose wait ends, by journey',
    access: 'customers:read',
    query: z.strictObject({ from: dateSchema, until: dateSchema }),
    response: z.strictObject({
      items: z.array(
        z.strictObject({
          date: dateSchema,
          journeyId: idSchema,
          name: z.string(),
          planned: z.boolean().describe('Whether it is to come.'),
          medium: z.enum(media).nullable(),
          people: z.int().describe('Contacts made; of what is planned, who would enter as things stand.'),
        }),
      ),
      waits: z
        .array(z.strictObject({ date: dateSchema, journeyId: idSchema, name: z.string(), people: z.int() }))
        .describe('How many stop waiting in a journey on each day to come, at the latest: by the calendar of Paris.'),
    }),
  }),
  listContactDecisions: endpoint({
    method: 'GET',
    path: '/customers/{customerId}/contact-decisions',
    summary: 'Why this customer got this, then, there; or nothing: the latest first',
    access: 'customers:read',
    params: z.strictObject({ customerId: idSchema }),
    query: z.strictObject(cursorQuery),
    response: pageOf(decisionSchema),
  }),
  getContactPolicy: endpoint({
    method: 'GET',
    path: '/contact-policy',
    summary: 'How often customers may be contacted, what contacts cost, and who is left alone',
    access: 'customers:read',
    response: contactPolicySchema,
  }),
  putContactPolicy: endpoint({
    method: 'PUT',
    path: '/contact-policy',
    summary: 'Change how often customers may be contacted',
    access: 'campaigns:write',
    body: contactPolicySchema,
    response: contactPolicySchema,
  }),
  followLink: endpoint({
    method: 'GET',
    path: '/links',
    summary: 'Follow a link of a message of ours: leads to the page it names, and nowhere else',
    access: 'public',
    query: z.strictObject({ token: z.string().max(2_000) }),
    produces: 'text/html',
  }),
  recordContactEvents: endpoint({
    method: 'POST',
    path: '/contact-events',
    summary: 'What became of contacts, as whoever carried them tells it; the same twice counts once',
    access: 'campaigns:write',
    status: 202,
    body: z.strictObject({
      events: z
        .array(
          z.strictObject({
            contactId: idSchema.describe('The key the contact was sent with.'),
            customerId: idSchema,
            kind: z.enum(contactEventKinds),
            at: instantSchema,
            userAgent: z.string().max(500).default(''),
            ip: z.string().max(45).default(''),
          }),
        )
        .min(1)
        .max(1_000),
    }),
    response: z.strictObject({ recorded: z.int() }),
  }),
}
