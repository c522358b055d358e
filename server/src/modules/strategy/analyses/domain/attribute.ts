import { attributionRules, type AttributionResults, type AttributionRule } from '@ecluse/contracts/analysis-results.ts'
import { packJourneys, type Credit } from '@ecluse/strategy-engine/attribution/journeys.ts'
import { markovAttribution } from '@ecluse/strategy-engine/attribution/markov.ts'
import { shapleyAttribution } from '@ecluse/strategy-engine/attribution/shapley.ts'
import { creditByRule } from '@ecluse/strategy-engine/attribution/touch-rules.ts'
import type { AttributionInput } from './analysis-input.ts'

/** Who is credited with the orders of some days, by each rule beside the others. @throws Unanswerable without an order */
export function attribute(
  { journeys: rows, ordersOfAll, halfLife }: AttributionInput,
  onProgress: (done: number) => void,
): AttributionResults {
  const journeys = packJourneys(rows)
  const markov = markovAttribution(journeys)
  onProgress(0.5)
  const credits: Record<AttributionRule, Credit> = {
    first: creditByRule(journeys, { rule: 'first' }),
    last: creditByRule(journeys, { rule: 'last' }),
    linear: creditByRule(journeys, { rule: 'linear' }),
    time_decay: creditByRule(journeys, { rule: 'time_decay', halfLife }),
    markov: markov.credit,
    shapley: shapleyAttribution(journeys),
  }
  onProgress(0.9)
  const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((all, row) => all + of(row), 0)
  const orders = sum(({ conversions }) => conversions)
  const channels = journeys.channels
    .map((channel, at) => ({
      channel,
      removalEffect: markov.removalEffects[at] ?? 0,
      credits: byRule((rule) => ({
        orders: credits[rule].conversions[at] ?? 0,
        valueMinor: credits[rule].values[at] ?? 0,
      })),
    }))
    .toSorted((a, b) => b.credits.markov.orders - a.credits.markov.orders || (a.channel < b.channel ? -1 : 1))
  return {
    kind: 'attribution',
    journeys: sum(({ conversions, losses }) => conversions + losses),
    orders,
    ordersOfAll,
    valueMinor: sum(({ value }) => value),
    contacts: sum(({ path, conversions }) => path.length * conversions) / orders,
    mixed: sum(({ path, conversions }) => (new Set(path).size > 1 ? conversions : 0)) / orders,
    conversionRate: markov.conversionRate,
    channels,
    notes: [
      ...(journeys.channels.length === 1 ? (['one_channel'] as const) : []),
      ...(rows.every(({ path }) => path.length === 1) ? (['orders_only'] as const) : []),
    ],
  }
}

function byRule<T>(of: (rule: AttributionRule) => T): Record<AttributionRule, T> {
  return Object.fromEntries(attributionRules.map((rule) => [rule, of(rule)])) as Record<AttributionRule, T>
}
