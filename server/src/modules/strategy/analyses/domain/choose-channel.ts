import {
  choiceAttributes,
  type ChannelChoiceResults,
  type ChoiceAttribute,
  type ChoiceGroup,
} from '@ecluse/contracts/channel-choice.ts'
import { layOutChoices, type ChoiceData } from '@ecluse/strategy-engine/choice/choice-data.ts'
import { diversionWithErrors, sharesOf } from '@ecluse/strategy-engine/choice/choice-shares.ts'
import { choiceChances, fitLogit, type LogitFit } from '@ecluse/strategy-engine/choice/multinomial-logit.ts'
import {
  fitNestedLogit,
  nestedDiversion,
  type Nest,
  type NestedLogitFit,
} from '@ecluse/strategy-engine/choice/nested-logit.ts'
import { chiSquareCdf, normalCdf } from '@ecluse/strategy-engine/numeric/distributions.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import type { ChannelChoice } from '../../../insights/public.ts'
import type { ChannelChoiceInput } from './analysis-input.ts'

/** A channel that is chosen less often tells nothing of itself. */
const fewestOfChannel = 5
/** Of fewer orders no model is fitted. */
const fewestOrders = 60
/** An attribute that is known of fewer of the orders is not looked at. */
const knownShare = 0.5
/** By so small a chance a nest would look as sure without being one. */
const level = 0.05

/**
 * How customers choose among channels, of all orders and of segments: a multinomial logit (McFadden 1974) with price, distance, delay and
 * service where they can be told, a nested one beside it, where orders of a channel would go without it, and who moves when prices of one
 * channel differ.
 * @throws Unanswerable where nothing can be said of all orders; a segment of which nothing can be said has its reason
 */
export function chooseChannel(input: ChannelChoiceInput, onProgress: (done: number) => void): ChannelChoiceResults {
  const all = { id: null, name: null, choices: input.choices }
  const groups = [
    all,
    ...input.segments.map(({ id, name }) => ({
      id,
      name,
      choices: input.choices.filter(({ segments }) => segments.includes(id)),
    })),
  ].map(({ id, name, choices }, at): ChoiceGroup => {
    onProgress(at / (1 + input.segments.length))
    return judge(input, { id, name, choices })
  })
  return {
    kind: 'channel_choice',
    ordersOfAll: input.ordersOfAll,
    sampled: input.sampled,
    priceChange: input.priceChange,
    groups,
  }
}

type Group = { id: string | null; name: string | null; choices: readonly ChannelChoice[] }

function judge(input: ChannelChoiceInput, group: Group): ChoiceGroup {
  const empty: ChoiceGroup = {
    segmentId: group.id,
    name: group.name,
    problem: null,
    orders: 0,
    leftOut: group.choices.length,
    reference: null,
    channels: [],
    coefficients: [],
    dropped: [],
    logLikelihood: null,
    fit: null,
    nest: null,
    diversion: [],
    elasticities: null,
    tests: null,
  }
  try {
    return { ...empty, ...fitted(input, group.choices) }
  } catch (error) {
    if (!(error instanceof Unanswerable) || group.id === null) throw error
    return { ...empty, problem: error.reason === 'too_few' ? 'few_orders' : 'untold' }
  }
}

/** Channels that are chosen often enough, the most chosen first. */
function channelsOf(choices: readonly ChannelChoice[]): number[] {
  const counts = new Map<number, number>()
  for (const { chosen } of choices) counts.set(chosen, (counts.get(chosen) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count >= fewestOfChannel)
    .sort(([a, many], [b, more]) => more - many || a - b)
    .map(([channel]) => channel)
}

const valuesOf: Record<ChoiceAttribute, (choice: ChannelChoice) => readonly (number | null)[]> = {
  price: ({ price }) => price.map((minor) => (minor !== null && minor > 0 ? Math.log(minor) : null)),
  distance: ({ km }) => km.map((one) => (one === null ? null : Math.log1p(one))),
  delay: ({ hours }) => hours.map((one) => (one === null ? null : Math.log1p(one))),
  service: ({ kept }) => kept,
}

type Fitted = { data: ChoiceData; fit: LogitFit; used: ChoiceAttribute[]; dropped: ChoiceGroup['dropped'] }

function fitted(input: ChannelChoiceInput, choices: readonly ChannelChoice[]): Partial<ChoiceGroup> {
  const channels = channelsOf(choices)
  const usual = choices.filter(({ chosen }) => channels.includes(chosen))
  if (usual.length < fewestOrders)
    throw new Unanswerable('too_few', { what: 'orders', have: usual.length, need: fewestOrders })
  const isKnown = (attribute: ChoiceAttribute) => (choice: ChannelChoice) => {
    const values = valuesOf[attribute](choice)
    return channels.every((at) => values[at] !== null || !choice.offered[at])
  }
  const known = choiceAttributes.filter(
    (attribute) => usual.filter(isKnown(attribute)).length >= knownShare * usual.length,
  )
  const told = usual.filter((choice) => known.every((attribute) => isKnown(attribute)(choice)))
  const unknown = choiceAttributes
    .filter((attribute) => !known.includes(attribute))
    .map((attribute) => ({ attribute, reason: 'unknown' as const }))
  const { data, fit, used, dropped } = fitWith(input, told, channels, known, unknown)
  const chances = choiceChances(data, fit.coefficients)
  const shares = sharesOf(data, chances)
  const ratio = input.ordersOfAll / Math.max(1, input.choices.length)
  const nested = nestOf(input, data)
  const weight = used.includes('price') ? (fit.coefficients[fit.names.indexOf('price')] ?? 0) : 0
  const counts = data.alternatives.map(
    (name) => told.filter(({ chosen }) => input.channels[chosen]?.code === name).length,
  )
  return {
    orders: told.length,
    leftOut: choices.length - told.length,
    reference: data.alternatives[0] ?? null,
    channels: data.alternatives.map((channel, at) => ({
      channel,
      orders: counts[at] ?? 0,
      fitted: (shares[at] ?? 0) * told.length,
    })),
    coefficients: fit.names.map((name, at) => {
      const [value, standardError] = [fit.coefficients[at] ?? 0, fit.standardErrors[at] ?? 0]
      return { name, value, standardError, pValue: 2 * (1 - normalCdf(Math.abs(value / standardError))) }
    }),
    dropped,
    logLikelihood: fit.logLikelihood,
    fit: fit.mcFaddenR2,
    nest: nested?.told ?? null,
    diversion: diversionOf(input, { data, fit, told, ratio, nested }),
    ...(weight < 0
      ? {
          elasticities: elasticitiesOf(data, chances, weight),
          tests: priceTests(input, { data, fit, chances, ratio }),
        }
      : {}),
  }
}

/** Fits with all attributes there are, and leaves out, one after the other, those nothing can be told of. */
function fitWith(
  input: ChannelChoiceInput,
  told: readonly ChannelChoice[],
  channels: readonly number[],
  attributes: readonly ChoiceAttribute[],
  dropped: ChoiceGroup['dropped'],
): Fitted {
  const data = layOut(input, told, channels, attributes)
  try {
    return { data, fit: fitLogit(data), used: [...attributes], dropped }
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error
    const column = error.details['column']
    const attribute = attributes.find((one) => one === column)
    if (attribute === undefined) throw error
    const reason = error.reason === 'separation' ? ('decides' as const) : ('same' as const)
    return fitWith(
      input,
      told,
      channels,
      attributes.filter((one) => one !== attribute),
      [...dropped, { attribute, reason }],
    )
  }
}

function layOut(
  { channels: all }: ChannelChoiceInput,
  told: readonly ChannelChoice[],
  channels: readonly number[],
  attributes: readonly ChoiceAttribute[],
): ChoiceData {
  const rows = told.flatMap((choice, at) =>
    channels.filter((channel) => choice.offered[channel]).map((channel) => ({ choice, at, channel })),
  )
  return layOutChoices(
    {
      caseOf: rows.map(({ at }) => String(at)),
      alternativeOf: rows.map(({ channel }) => all[channel]?.code ?? ''),
      chosen: rows.map(({ choice, channel }) => choice.chosen === channel),
      columns: Object.fromEntries(
        attributes.map((name) => [
          name,
          Float64Array.from(rows, ({ choice, channel }) => valuesOf[name](choice)[channel] ?? 0),
        ]),
      ),
    },
    { generic: attributes },
  )
}

type Nested = { fit: NestedLogitFit; nests: readonly Nest[]; told: NonNullable<ChoiceGroup['nest']> }

/** Whether channels one goes to are more alike than others; null where there are not two of a kind, or nothing finite comes out. */
function nestOf({ channels }: ChannelChoiceInput, data: ChoiceData): Nested | null {
  const isVisited = (name: string): boolean => channels.some(({ code, visited }) => code === name && visited)
  const visited = data.alternatives.filter(isVisited)
  const others = data.alternatives.filter((name) => !isVisited(name))
  if (visited.length < 2 || others.length === 0) return null
  const nests = [{ name: 'visited', alternatives: visited }, ...others.map((name) => ({ name, alternatives: [name] }))]
  try {
    const fit = fitNestedLogit(data, nests)
    const at = fit.names.findIndex((name) => name.startsWith('lambda'))
    const pValue = 1 - chiSquareCdf(Math.max(0, fit.logit.likelihoodRatio), fit.logit.degrees)
    return {
      fit,
      nests,
      told: {
        dissimilarity: fit.dissimilarity[0] ?? 1,
        standardError: fit.standardErrors[at] ?? 0,
        pValue,
        consistent: fit.consistent,
        used: fit.consistent && pValue < level,
      },
    }
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error
    return null
  }
}

type Judged = { data: ChoiceData; fit: LogitFit; ratio: number }

/** By the nested logit where it surely fits better, which has no errors of its shares; else by the plain one. */
function diversionOf(
  { channels }: ChannelChoiceInput,
  { data, fit, told, ratio, nested }: Judged & { told: readonly ChannelChoice[]; nested: Nested | null },
): ChoiceGroup['diversion'] {
  const { shares, standardErrors } = nested?.told.used
    ? { shares: nestedDiversion(data, nested.nests, nested.fit), standardErrors: [] }
    : diversionWithErrors(data, fit)
  return data.alternatives.flatMap((from, row) => {
    const mine = told.filter(({ chosen }) => channels[chosen]?.code === from)
    const revenue = mine.reduce((sum, { valueMinor }) => sum + valueMinor, 0)
    return data.alternatives.flatMap((to, column) => {
      if (row === column) return []
      const share = shares[row]?.[column] ?? 0
      const error = standardErrors[row]?.[column]
      return [
        {
          from,
          to,
          share,
          standardError: error === undefined || !Number.isFinite(error) ? null : error,
          orders: share * mine.length * ratio,
          revenueMinor: share * revenue * ratio,
        },
      ]
    })
  })
}

/**
 * By how much per cent orders of each channel change with one per cent of the price of each: own on the diagonal, cross beside it. Prices
 * enter by their logarithm, so that a choice weighs with its chances alone (Train 2009, 3.6, summed over choices).
 */
function elasticitiesOf(
  { alternatives, starts, alternativeOf }: ChoiceData,
  chances: Float64Array,
  weight: number,
): NonNullable<ChoiceGroup['elasticities']> {
  const size = alternatives.length
  const [sums, products] = [new Float64Array(size), new Float64Array(size * size)]
  for (let c = 0; c + 1 < starts.length; c++) {
    for (let on = starts[c] ?? 0; on < (starts[c + 1] ?? 0); on++) {
      const [channel, chance] = [alternativeOf[on] ?? 0, chances[on] ?? 0]
      sums[channel] = (sums[channel] ?? 0) + chance
      for (let of = starts[c] ?? 0; of < (starts[c + 1] ?? 0); of++) {
        const at = (alternativeOf[of] ?? 0) * size + channel
        products[at] = (products[at] ?? 0) + chance * ((of === on ? 1 : 0) - (chances[of] ?? 0))
      }
    }
  }
  return alternatives.flatMap((of, row) =>
    alternatives.map((on, column) => ({
      of,
      on,
      value: (weight * (products[row * size + column] ?? 0)) / Math.max(sums[column] ?? 0, 1e-300),
    })),
  )
}

/** Prices of one channel at a time apart from the others: who moves where, and what is left of all margins. Nobody stops buying. */
function priceTests(
  { priceChange, margins, channels }: ChannelChoiceInput,
  { data, fit, chances, ratio }: Judged & { chances: Float64Array },
): NonNullable<ChoiceGroup['tests']> {
  const price = fit.names.indexOf('price')
  const orders = data.chosenRow.length * ratio
  const before = sharesOf(data, chances)
  const marginOf = (name: string) => margins.find(({ channel }) => channel === name)
  return data.alternatives.map((channel, changed) => {
    const columns = data.values.map((values, at) =>
      at === price
        ? values.map((value, row) => (data.alternativeOf[row] === changed ? value + Math.log1p(priceChange) : value))
        : values,
    )
    const after = sharesOf(data, choiceChances({ ...data, values: columns }, fit.coefficients))
    const moves = data.alternatives.flatMap((name, at) =>
      at === changed ? [] : [{ channel: name, orders: ((after[at] ?? 0) - (before[at] ?? 0)) * orders }],
    )
    const marginChange = data.alternatives.reduce((sum, name, at) => {
      const known = marginOf(name)
      if (!known || !channels.some(({ code }) => code === name)) return sum
      const extra = at === changed ? priceChange * known.netMinor : 0
      return sum + orders * ((after[at] ?? 0) * (known.marginMinor + extra) - (before[at] ?? 0) * known.marginMinor)
    }, 0)
    return {
      channel,
      ordersBefore: (before[changed] ?? 0) * orders,
      ordersAfter: (after[changed] ?? 0) * orders,
      moves,
      marginChange,
    }
  })
}
