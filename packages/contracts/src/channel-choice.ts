import { z } from 'zod'
import { dateSchema, idSchema } from './scalars.ts'

/** What may weigh when somebody chooses a channel. */
export const choiceAttributes = ['price', 'distance', 'delay', 'service'] as const
export type ChoiceAttribute = (typeof choiceAttributes)[number]

export const channelChoiceQuestion = z.strictObject({
  kind: z.literal('channel_choice'),
  from: dateSchema,
  until: dateSchema,
  segments: z.array(idSchema).max(4).default([]).describe('Segments that are looked at apart, besides all orders.'),
  priceChange: z
    .number()
    .min(-0.5)
    .max(0.5)
    .default(0.05)
    .describe('By how much prices of one channel at a time differ from the others, to see who moves.'),
})

const coefficientSchema = z.strictObject({
  name: z.string().describe('An attribute, or `asc_` and a channel: what it is preferred by beside the reference.'),
  value: z.number(),
  standardError: z.number(),
  pValue: z.number(),
})

const testSchema = z.strictObject({
  channel: z.string(),
  ordersBefore: z.number(),
  ordersAfter: z.number(),
  moves: z.array(z.strictObject({ channel: z.string(), orders: z.number() })).describe('Where they go, or come from.'),
  marginChange: z.number().describe('Of all channels together, in minor units without VAT, over the period.'),
})

const groupSchema = z.strictObject({
  segmentId: idSchema.nullable().describe('Null: all orders.'),
  name: z.string().nullable(),
  problem: z.enum(['few_orders', 'untold']).nullable().describe('Why nothing can be said of a segment.'),
  orders: z.int().describe('Orders the answer rests on.'),
  leftOut: z.int().describe('Orders of channels that are hardly chosen, or of buyers of whom something is not known.'),
  reference: z.string().nullable(),
  channels: z.array(z.strictObject({ channel: z.string(), orders: z.number(), fitted: z.number() })),
  coefficients: z.array(coefficientSchema),
  dropped: z
    .array(z.strictObject({ attribute: z.enum(choiceAttributes), reason: z.enum(['same', 'unknown', 'decides']) }))
    .describe('Attributes nothing can be told of: they never differ, are not known, or decide every choice.'),
  logLikelihood: z.number().nullable(),
  fit: z.number().nullable().describe('McFadden’s R²: 0 when nothing but how often each is chosen is known.'),
  nest: z
    .strictObject({
      dissimilarity: z.number().describe('Of the channels one goes to: 1 alike others, near 0 alike each other.'),
      standardError: z.number(),
      pValue: z.number().describe('Of a plain logit being enough (likelihood ratio).'),
      consistent: z.boolean(),
      used: z.boolean().describe('Whether it surely fits better, so that diversion follows it.'),
    })
    .nullable(),
  diversion: z
    .array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        share: z.number(),
        standardError: z.number().nullable(),
        orders: z.number(),
        revenueMinor: z.number(),
      }),
    )
    .describe('If the one were no longer there, which share of its orders would go to the other.'),
  elasticities: z
    .array(z.strictObject({ of: z.string(), on: z.string(), value: z.number() }))
    .nullable()
    .describe('Per cent of the orders `on` a channel for one per cent of the price `of` a channel. Null as `tests`.'),
  tests: z
    .array(testSchema)
    .nullable()
    .describe('Null where the weight of prices cannot be told, or is not below nought.'),
})
export type ChoiceGroup = z.infer<typeof groupSchema>

export const channelChoiceResults = z.strictObject({
  kind: z.literal('channel_choice'),
  ordersOfAll: z.int().describe('Orders of the days.'),
  sampled: z.boolean(),
  priceChange: z.number(),
  groups: z.array(groupSchema),
})
export type ChannelChoiceResults = z.infer<typeof channelChoiceResults>
