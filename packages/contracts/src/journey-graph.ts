import { z } from 'zod'
import { media, subjects } from './consents.ts'
import { interactionKinds } from './interactions.ts'
import { codeSchema, idSchema, instantSchema } from './scalars.ts'
import { segmentRuleSchema } from './segments.ts'

/** Names of nodes, cells and candidates inside one graph. */
const keySchema = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[a-z0-9][a-z0-9-]*$/)
const labelSchema = z.string().trim().max(80).default('')

const place = {
  id: keySchema,
  name: labelSchema.describe('What people call it.'),
  x: z.number().min(-100_000).max(100_000).default(0),
  y: z.number().min(-100_000).max(100_000).default(0),
}

/** A year. */
const mostMinutes = 525_600
const minutesSchema = z.int().min(1).max(mostMinutes)

/** What somebody does: of some channels, products or categories, where those are told. */
const happening = {
  what: z.enum(interactionKinds),
  channelCodes: z.array(codeSchema).min(1).max(50).optional(),
  productIds: z.array(idSchema).min(1).max(100).optional().describe('For purchases and products looked at only.'),
  categoryCodes: z
    .array(codeSchema)
    .min(1)
    .max(50)
    .optional()
    .describe('For purchases and products looked at only; those under them count too.'),
}
export const happeningSchema = z.strictObject(happening).meta({ id: 'JourneyHappening' })
export type JourneyHappening = z.output<typeof happeningSchema>

const entrySchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('segment'), segmentId: idSchema, when: z.enum(['now', 'entering']) })
    .describe(
      '`now`: everybody who is in it when the journey is published. `entering`: whoever comes into it from then on.',
    ),
  z.strictObject({ kind: z.literal('event'), ...happening }),
  z.strictObject({
    kind: z.literal('date'),
    segmentId: idSchema,
    at: instantSchema,
    every: z.enum(['once', 'week', 'month', 'year']).default('once'),
  }),
])
export type JourneyEntry = z.output<typeof entrySchema>

const waitSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('duration'), minutes: minutesSchema }),
  z.strictObject({
    kind: z.literal('time'),
    time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .describe('By the clock of where the person lives.'),
    weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5, 6, 7]).describe('1 is Monday.'),
  }),
  z
    .strictObject({ kind: z.literal('event'), ...happening, minutes: minutesSchema })
    .describe('Until they do it, by `next`; after so many minutes by `timeout`.'),
])

/**
 * What became of a contact of the journey: it was sent; nobody knows whether it left; they opened or clicked it, which is theirs only
 * where no machine did.
 */
export const contactActs = ['sent', 'uncertain', 'opened', 'clicked'] as const
export type ContactAct = (typeof contactActs)[number]

const branchSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('rule'), rule: segmentRuleSchema })
    .describe('Whether a segment would have them now.'),
  z.strictObject({ kind: z.literal('did'), ...happening }).describe('Whether they did it since they entered.'),
  z
    .strictObject({ kind: z.literal('contact'), nodeId: keySchema, what: z.enum(contactActs) })
    .describe('What became of what a node of this journey sent them.'),
])

/** Words in both languages; French is what those read who have no other. */
const wordsOf = (most: number) =>
  z.strictObject({ fr: z.string().trim().max(most).default(''), en: z.string().trim().max(most).default('') })

const contentSchema = z
  .strictObject({
    title: wordsOf(150).describe('The subject of an e-mail; what a letter, a call or a visit is about.'),
    text: wordsOf(5_000).describe('Paragraphs are parted by an empty line.'),
    link: z
      .strictObject({
        label: wordsOf(60),
        url: z.url({ protocol: /^https?$/ }).max(500),
      })
      .nullable()
      .default(null),
  })
  .meta({ id: 'JourneyContent' })

const contact = {
  medium: z.enum(media),
  purpose: z.enum(['marketing', 'survey']).default('marketing'),
  subject: z.enum(subjects).default('news').describe('What it is about, for those who receive only some of it.'),
  content: contentSchema,
  templateId: idSchema
    .nullable()
    .default(null)
    .describe(
      'For an e-mail: the template it is made with, instead of the words; its published version when it is sent.',
    ),
}

/** What somebody may be sent. */
export const candidateSchema = z
  .strictObject({
    key: keySchema,
    name: labelSchema,
    ...contact,
    hours: z
      .array(z.int().min(0).max(23))
      .max(6)
      .default([])
      .describe('At which hours of their day it may be sent; at once, when there is none.'),
    ownHour: z
      .boolean()
      .default(false)
      .describe('At the hour of their day at which they act most, where enough is known; else as `hours` say.'),
    only: segmentRuleSchema
      .nullable()
      .default(null)
      .describe('For whom a segment would have now; null: for everybody.'),
    valueMinor: z.int().min(0).max(10_000_000).describe('What an answer is thought to bring, before any is known.'),
  })
  .meta({ id: 'JourneyCandidate' })
export type JourneyCandidate = z.output<typeof candidateSchema>

export const journeyNodeSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      ...place,
      type: z.literal('entry'),
      by: entrySchema,
      againAfterDays: z.int().min(0).max(3_660).nullable().default(null).describe('Null: each person once.'),
    }),
    z.strictObject({ ...place, type: z.literal('wait'), until: waitSchema }),
    z.strictObject({ ...place, type: z.literal('branch'), on: branchSchema }),
    z.strictObject({
      ...place,
      type: z.literal('test'),
      cells: z
        .array(z.strictObject({ key: keySchema, name: labelSchema, weight: z.int().min(1).max(1_000) }))
        .min(2)
        .max(8),
      experiment: z
        .strictObject({ id: idSchema, seed: z.int() })
        .optional()
        .describe(
          'The cells are the arms of an experiment, and drawn as it draws them: everybody is in the same arm wherever it is asked.',
        ),
    }),
    z.strictObject({ ...place, type: z.literal('message'), ...contact }),
    z.strictObject({
      ...place,
      type: z.literal('decision'),
      candidates: z.array(candidateSchema).min(1).max(12),
      atLeastMinor: z.int().min(0).max(10_000_000).default(0).describe('What the best must bring, beyond its cost.'),
    }),
    z.strictObject({
      ...place,
      type: z.literal('goal'),
      ...happening,
      withinDays: z.int().min(1).max(365).default(30).describe('So many days after they entered it still counts.'),
      leave: z.boolean().default(true).describe('Whether whoever reaches it leaves the journey.'),
    }),
    z.strictObject({ ...place, type: z.literal('exit') }),
  ])
  .meta({ id: 'JourneyNode' })
export type JourneyNode = z.output<typeof journeyNodeSchema>
export const nodeTypes = ['entry', 'wait', 'branch', 'test', 'message', 'decision', 'goal', 'exit'] as const
export type JourneyNodeOf<T extends JourneyNode['type']> = Extract<JourneyNode, { type: T }>

/**
 * The ways out of a node: `next` of an entry, a wait, a message and a decision; `timeout` of a wait for an event; `yes` and `no` of a
 * branch; the keys of its cells of a test; `refused` of a message that may not be sent, `none` of a decision for nothing (both go by
 * `next` unless connected). A goal is reached from anywhere by doing it, and has no way out; neither has an exit.
 */
export function portsOf(node: JourneyNode): { readonly port: string; readonly optional: boolean }[] {
  const must = (...ports: string[]) => ports.map((port) => ({ port, optional: false }))
  switch (node.type) {
    case 'entry':
      return must('next')
    case 'wait':
      return node.until.kind === 'event' ? must('next', 'timeout') : must('next')
    case 'branch':
      return must('yes', 'no')
    case 'test':
      return must(...node.cells.map(({ key }) => key))
    case 'message':
      return [...must('next'), { port: 'refused', optional: true }]
    case 'decision':
      return [...must('next'), { port: 'none', optional: true }]
    case 'goal':
    case 'exit':
      return []
  }
}

export const journeyGraphSchema = z
  .strictObject({
    nodes: z.array(journeyNodeSchema).max(200),
    edges: z
      .array(
        z.strictObject({
          from: keySchema,
          port: keySchema.describe('By which way out: see `JourneyNode`.'),
          to: keySchema,
        }),
      )
      .max(600),
  })
  .meta({ id: 'JourneyGraph' })
export type JourneyGraph = z.output<typeof journeyGraphSchema>

/** What keeps a graph from being published. */
export const graphProblems = [
  'no_entry',
  'many_entries',
  'many_goals',
  'same_id',
  'unknown_node',
  'unknown_port',
  'port_open',
  'port_twice',
  'into_entry',
  'unreachable',
  'endless_loop',
  'no_words',
  'text_too_long',
  'template_unpublished',
  'same_key',
  'unknown_segment',
  'not_a_contact',
  'only_of_purchases',
] as const
export type GraphProblem = (typeof graphProblems)[number]
