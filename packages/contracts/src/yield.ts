import { z } from 'zod'
import { endpoint } from './endpoint.ts'

const mostClasses = 8
/** Rides and workshops have a few places; more are no question one waits for. */
const mostPlaces = 500

export const yieldSchema = z
  .strictObject({
    capacity: z.int().min(1).max(mostPlaces).describe('Places of a ride or a workshop.'),
    classes: z
      .array(
        z.strictObject({
          name: z.string().trim().min(1).max(60),
          fare: z.number().describe('In euros without VAT.'),
          mean: z.number().describe('How many ask for it on average.'),
          deviation: z.number().describe('Standard deviation of how many ask.'),
        }),
      )
      .min(2)
      .max(mostClasses)
      .describe('Who buys the same places at another price; those who pay least ask first.'),
    showRate: z.number().describe('Chance that a buyer comes, between 0 and 1.'),
    keptOfNoShow: z.number().describe('Share of the price kept of one who does not come.'),
    deniedCost: z
      .number()
      .describe('What one who comes and finds no place costs, the price given back included, in euros.'),
  })
  .meta({ id: 'YieldQuestion' })
export type YieldBody = z.infer<typeof yieldSchema>

const classSchema = z.strictObject({
  name: z.string(),
  fare: z.number(),
  emsrB: z
    .number()
    .describe(
      'Places kept for it and all dearer ones, by EMSR-b; nought for the cheapest, for which nobody is kept out.',
    ),
  kept: z.int().describe('The same, by the exact optimum.'),
  limit: z.int().describe('At most so many are sold to it and all cheaper ones.'),
})
const answerSchema = z
  .strictObject({
    classes: z.array(classSchema).describe('The dearest first.'),
    revenue: z.strictObject({
      firstCome: z.number().describe('Expected, when whoever comes first is served.'),
      emsrB: z.number(),
      best: z.number().describe('Of the best nested limits.'),
    }),
    overbooking: z
      .strictObject({ limit: z.int(), denied: z.number().describe('Expected to be sent away.'), profit: z.number() })
      .nullable()
      .describe('How many to sell in all; null where each one more pays even when sent away.'),
  })
  .meta({ id: 'YieldAnswer' })
export type YieldAnswer = z.infer<typeof answerSchema>

export const yieldEndpoints = {
  judgeYield: endpoint({
    method: 'POST',
    path: '/strategy/yield',
    summary: 'How many places of a ride or workshop to keep for those who pay more, and how many to sell in all',
    access: 'strategy:read',
    reads: true,
    body: yieldSchema,
    response: answerSchema,
  }),
}
