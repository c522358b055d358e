import { treatments } from './treatments.ts'
import { z } from 'zod'
import { media } from './consents.ts'
import { graphProblems, journeyGraphSchema, nodeTypes } from './journey-graph.ts'
import { idSchema, instantSchema } from './scalars.ts'

export const journeyStates = ['draft', 'running', 'paused', 'stopped'] as const
export type JourneyState = (typeof journeyStates)[number]

/** Costs of single contacts are below a cent: they are counted in millionths of a euro. */
const microSchema = z.int().describe('Millionths of a euro.')
const minorSchema = z.int().describe('Cents.')

const percentSchema = z.number().min(0).max(50)

export const journeySettingsSchema = z
  .strictObject({
    priority: z.int().min(0).max(100).default(50).describe('Who goes first where caps leave room for one only.'),
    heldOutPercent: percentSchema
      .default(0)
      .describe('Of who enters, who is never contacted by it: the group it is measured by.'),
    budgetMinor: z
      .int()
      .min(0)
      .max(1_000_000_000)
      .nullable()
      .default(null)
      .describe('What all its contacts may cost; null: no limit.'),
    endsAt: instantSchema.nullable().default(null).describe('Nobody enters from then on.'),
  })
  .meta({ id: 'JourneySettings' })
export type JourneySettings = z.output<typeof journeySettingsSchema>

const journeySummary = {
  id: idSchema,
  name: z.string(),
  description: z.string(),
  kind: z.enum(['campaign', 'journey']).describe('A campaign takes a segment in at a time; a journey whoever comes.'),
  state: z.enum(journeyStates),
  stateReason: z
    .string()
    .nullable()
    .describe(
      'Why it was paused or stopped, in the words of who did it; `broken`: many could not be stepped, and it paused itself.',
    ),
  stateAt: instantSchema,
  stateBy: z.string().nullable(),
  revision: z.int(),
  publishedVersion: z.int().nullable(),
  publishedAt: instantSchema.nullable(),
  changedSince: z.boolean().describe('Whether the draft was changed after it was last published.'),
  startsAt: instantSchema.nullable().describe('When it next takes people in by itself, where that is known.'),
  people: z.strictObject({ entered: z.int(), inside: z.int(), goal: z.int() }),
  spentMicro: microSchema,
  createdAt: instantSchema,
  createdBy: z.string().nullable(),
  updatedAt: instantSchema,
}

export const journeySummarySchema = z.strictObject(journeySummary).meta({ id: 'JourneySummary' })
export type JourneySummary = z.output<typeof journeySummarySchema>

export const graphProblemSchema = z.strictObject({ code: z.enum(graphProblems), nodeId: z.string().nullable() })

export const journeySchema = z
  .strictObject({
    ...journeySummary,
    graph: journeyGraphSchema.describe('The draft.'),
    settings: journeySettingsSchema,
    problems: z.array(graphProblemSchema).describe('What keeps the draft from being published.'),
    costs: z
      .array(z.strictObject({ nodeId: z.string(), key: z.string(), micro: microSchema }))
      .describe('What each contact of the draft costs, known before it is sent; of a message `key` is empty.'),
  })
  .meta({ id: 'Journey' })
export type Journey = z.output<typeof journeySchema>

export const journeyVersionSchema = z
  .strictObject({
    version: z.int(),
    graph: journeyGraphSchema,
    settings: journeySettingsSchema,
    publishedAt: instantSchema,
    publishedBy: z.string().nullable(),
    inside: z.int().describe('Who is in it still.'),
  })
  .meta({ id: 'JourneyVersion' })
export type JourneyVersion = z.output<typeof journeyVersionSchema>

export const participantStates = ['inside', 'done', 'goal', 'stopped', 'merged'] as const

/** Why somebody stands where they stand, or left. */
export const waitReasons = [
  'entered',
  'waiting',
  'event',
  'hours',
  'too_often',
  'caps',
  'paused',
  'moved',
  'goal',
  'exit',
  'end',
  'stopped',
  'merged',
  'broken',
  'restricted',
] as const

export const participantSchema = z
  .strictObject({
    id: idSchema,
    customerId: idSchema,
    name: z.string(),
    version: z.int(),
    nodeId: z.string(),
    state: z.enum(participantStates),
    reason: z.enum(waitReasons),
    heldOut: z.boolean(),
    enteredAt: instantSchema,
    since: instantSchema.describe('Since when they are there.'),
    nextAt: instantSchema.nullable(),
  })
  .meta({ id: 'JourneyParticipant' })
export type JourneyParticipant = z.output<typeof participantSchema>

export const contactStates = ['queued', 'sending', 'sent', 'refused', 'failed', 'unknown'] as const
export type ContactState = (typeof contactStates)[number]

const differenceSchema = z
  .strictObject({
    difference: z.number(),
    low: z.number(),
    high: z.number(),
    pValue: z.number(),
  })
  .describe('With the interval that holds the true difference 95 times of 100.')

const outcomes = {
  people: z.int(),
  goal: z.int().describe('Who reached the goal.'),
  rate: z.number().describe('0 to 1.'),
  valueMinor: minorSchema.describe('What they bought within the days of the goal.'),
  marginMinor: minorSchema.describe('What is thought to be left of it, before the contacts are paid.'),
  contacts: z.int(),
  costMicro: microSchema,
}

export const journeyResultsSchema = z
  .strictObject({
    at: instantSchema,
    arms: z.array(z.strictObject({ arm: z.enum(['contacted', 'held_out', 'held_out_of_all']), ...outcomes })),
    lift: z
      .strictObject({
        rate: differenceSchema,
        valueMinor: differenceSchema.describe('Of one person.'),
        netMinor: differenceSchema.describe('Of one person: margin less what contacts cost.'),
      })
      .nullable()
      .describe('Contacted beside held out; null while either has fewer than two people.'),
    nodes: z.array(
      z.strictObject({
        nodeId: z.string(),
        inside: z.int(),
        visits: z.int(),
        ports: z.record(z.string(), z.int()).describe('How many left by each way.'),
        contacts: z.strictObject({
          queued: z.int(),
          sent: z.int(),
          refused: z.int(),
          failed: z.int(),
          uncertain: z.int().describe('Nobody knows whether they left; they are not sent again.'),
          opened: z.int(),
          openedByMachine: z.int(),
          clicked: z.int(),
          clickedByMachine: z.int(),
        }),
        costMicro: microSchema,
        strikes: z.record(z.string(), z.int()).describe('Why contacts were not made, and how often.'),
      }),
    ),
    cells: z
      .array(
        z.strictObject({
          nodeId: z.string(),
          key: z.string(),
          ...outcomes,
          besideFirst: differenceSchema.nullable().describe('The share that reached the goal, beside the first cell.'),
        }),
      )
      .describe('Of the tests; only who may be contacted.'),
  })
  .meta({ id: 'JourneyResults' })
export type JourneyResults = z.output<typeof journeyResultsSchema>

/** Why a contact was struck out, beside what the gate of consents and hours answers. */
export const strikeReasons = [
  'not_for_them',
  'household',
  'held_out',
  'held_out_of_all',
  'no_address',
  'cap_of_medium',
  'cap_of_all',
  'budget',
  'worth_too_little',
  'no_sender',
  'not_volunteered',
  'not_asked_for',
  'email_first',
] as const

export const decisionSchema = z
  .strictObject({
    id: idSchema,
    customerId: idSchema,
    journeyId: idSchema,
    journeyName: z.string(),
    version: z.int(),
    nodeId: z.string(),
    nodeName: z.string(),
    at: instantSchema.describe('When it was decided.'),
    chosen: z.string().nullable().describe('The key of the candidate; null: nothing was sent.'),
    reason: z.string().describe('`best`, `only`, or why the last that was struck out was: see `JourneyStrike`.'),
    candidates: z.array(
      z.strictObject({
        key: z.string(),
        name: z.string(),
        medium: z.enum(media),
        title: z.string(),
        sendAt: instantSchema.nullable(),
        struck: z.string().nullable().describe('Why it was not possible: one of the gate’s reasons, or of ours.'),
        probability: z.number().describe('That it is answered.'),
        answerMinor: z.number().describe('What an answer brings, in cents.'),
        costMicro: microSchema,
        netMicro: z.number().describe('What is expected of it, less its cost, in millionths of a euro.'),
        own: z
          .strictObject({ acts: z.int(), there: z.int() })
          .nullable()
          .describe('Of their own acts, how many were at its hour, where it is sent at theirs.'),
        kept: z.boolean().describe('Whether it is the one that was chosen: a candidate is weighed at several hours.'),
      }),
    ),
    contact: z
      .strictObject({
        id: idSchema,
        medium: z.enum(media),
        state: z.enum(contactStates),
        reason: z.string().nullable(),
        sendAt: instantSchema,
        sentAt: instantSchema.nullable(),
        openedAt: instantSchema.nullable(),
        clickedAt: instantSchema.nullable(),
      })
      .nullable(),
    replay: z
      .strictObject({ chosen: z.string().nullable(), reason: z.string(), same: z.boolean() })
      .describe('The same decision taken again from what was known then.'),
  })
  .meta({ id: 'ContactDecision' })
export type ContactDecision = z.output<typeof decisionSchema>

/** One person's way through a journey, step by step, with what was decided at each. */
export const personStepsSchema = z
  .strictObject({
    person: participantSchema,
    steps: z
      .array(
        z.strictObject({
          visit: z.int(),
          nodeId: z.string(),
          nodeName: z.string(),
          nodeType: z.enum(nodeTypes).nullable().describe('Null: a step that was in no version any more.'),
          version: z.int(),
          port: z.string().describe('By which way they left.'),
          at: instantSchema.describe('When they left.'),
          decision: decisionSchema.nullable().describe('Taken again from what was known then: `replay`.'),
        }),
      )
      .describe('Steps they left, the first first; where they are now is in `person`.'),
  })
  .meta({ id: 'JourneyPersonSteps' })
export type JourneyPersonSteps = z.output<typeof personStepsSchema>

const capSchema = z.strictObject({
  medium: z.enum(media).nullable().describe('Null: all media together.'),
  treatment: z.enum(treatments).nullish().describe('Only of who is dealt with this way; of everybody when absent.'),
  contacts: z.int().min(0).max(1_000),
  days: z.int().min(1).max(366),
})

export const contactPolicySchema = z
  .strictObject({
    caps: z.array(capSchema).max(20),
    heldOutPercent: percentSchema.describe('Of all customers, who is contacted by no journey at all.'),
    costs: z
      .array(z.strictObject({ medium: z.enum(media), micro: z.int().min(0).max(1_000_000_000) }))
      .describe('What one contact costs, in millionths of a euro; of a text message, each of its parts.'),
    marginPercent: z.number().min(0).max(100).describe('What is left of what is sold, before contacts are paid.'),
    quiet: z
      .strictObject({ from: z.int().min(0).max(23), until: z.int().min(0).max(23) })
      .nullable()
      .describe('Hours of their day in which nothing is sent, beside those the law and operators ask.'),
  })
  .meta({ id: 'ContactPolicy' })
export type ContactPolicy = z.output<typeof contactPolicySchema>

export const contactEventKinds = ['delivered', 'bounced', 'opened', 'clicked', 'complained'] as const
export type ContactEventKind = (typeof contactEventKinds)[number]
