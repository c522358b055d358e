import type { AnalysisQuestion } from '@ecluse/contracts/analyses.ts'
import type { Ctx } from '../../../kernel/context.ts'
import {
  customerYears,
  dayOf,
  holdOutSums,
  mostCustomers,
  ordersOfDays,
  purchaseJourneys,
  readChannelChoices,
  readFigures,
  segmentNames,
  salesBySteps,
} from '../../insights/public.ts'
import { readDemand } from './read-demand.ts'
import { readMedia } from './read-media.ts'
import { readPrices } from './read-prices.ts'
import type { AnalysisInput, ChannelChoiceInput, EffectInput } from './domain/analysis-input.ts'

/** Reads what a question is answered from, as the text that is kept. */
export async function readInput(ctx: Ctx, question: AnalysisQuestion, seed: number): Promise<string> {
  return JSON.stringify(await read(ctx, question, seed))
}

async function read(ctx: Ctx, question: AnalysisQuestion, seed: number): Promise<AnalysisInput> {
  const now = ctx.clock.now()
  switch (question.kind) {
    case 'attribution': {
      const { lookback, halfLife } = question
      const [journeys, ordersOfAll] = await Promise.all([
        purchaseJourneys(ctx.db, question, { lookback, now }),
        ordersOfDays(ctx.db, question),
      ])
      return { kind: 'attribution', journeys, ordersOfAll, halfLife }
    }
    case 'effect':
      return readPanel(ctx, question, seed)
    case 'customers': {
      const customers = await customerYears(ctx.db, question.until)
      return { kind: 'customers', customers, sampled: customers.length === mostCustomers }
    }
    case 'demand':
      return readDemand(ctx, question)
    case 'channel_choice':
      return readChoices(ctx, question)
    case 'price_response':
      return readPrices(ctx, question)
    case 'media_mix':
      return readMedia(ctx, question)
    case 'hold_outs':
      return { kind: 'hold_outs', rows: await holdOutSums(ctx.db, question, { within: question.within, now }) }
  }
}

/** Choices of the days, the segments that are asked for and still there, and what an order of each channel leaves. */
async function readChoices(
  ctx: Ctx,
  question: Extract<AnalysisQuestion, { kind: 'channel_choice' }>,
): Promise<ChannelChoiceInput> {
  const days = { from: question.from, until: question.until }
  const [choices, segments, { rows }] = await Promise.all([
    readChannelChoices(ctx, days),
    segmentNames(ctx.db, question.segments),
    readFigures(ctx, { ...days, by: 'channel' }),
  ])
  return {
    kind: 'channel_choice',
    ...choices,
    priceChange: question.priceChange,
    segments,
    margins: rows.flatMap(({ key, now: { orders, netRevenue, margin } }) =>
      key !== null && orders && netRevenue != null && margin != null
        ? [{ channel: key, netMinor: netRevenue / orders, marginMinor: margin / orders }]
        : [],
    ),
  }
}

const dayMs = 86_400_000
const stepDays = { week: 7, four_weeks: 28 } as const

/** Sales by unit and step: a unit without a sale in a step has nought there; a step that is not over does not count. */
async function readPanel(
  ctx: Ctx,
  question: Extract<AnalysisQuestion, { kind: 'effect' }>,
  seed: number,
): Promise<EffectInput> {
  const { unit, day, step, before, channel, measure, treated } = question
  const each = stepDays[step]
  const first = Date.parse(`${day}T00:00:00Z`)
  const over = Math.floor((Date.parse(`${dayOf(ctx.clock.now())}T00:00:00Z`) - first) / dayMs / each)
  const after = Math.max(0, Math.min(question.after, over))
  const rows = await salesBySteps(ctx.db, { unit, day, stepDays: each, before, after, channel })
  const units = new Map<string, number[]>()
  for (const row of rows) {
    const values = units.get(row.unit) ?? Array.from({ length: before + after }, () => 0)
    values[row.step + before] = row[measure]
    units.set(row.unit, values)
  }
  return {
    kind: 'effect',
    units: [...units].map(([name, values]) => ({ name, values })),
    treated: [...new Set(treated)],
    startsOn: Array.from({ length: before + after }, (_, at) =>
      new Date(first + (at - before) * each * dayMs).toISOString().slice(0, 10),
    ),
    before,
    seed,
  }
}
