import type { MediaMixResults, Medium } from '@ecluse/contracts/media-mix.ts'
import { carryOver, saturate } from '@ecluse/strategy-engine/media-mix/carry-over.ts'
import type { ChannelContribution } from '@ecluse/strategy-engine/media-mix/media-mix.ts'
import { fitSeasonalMix, type SeasonalMix } from '@ecluse/strategy-engine/media-mix/seasonal-mix.ts'
import { Unanswerable } from '@ecluse/strategy-engine/unanswerable.ts'
import type { MediaMixInput } from './analysis-input.ts'

/** Of fewer weeks nothing is told, nor of a medium that was spent on in fewer. */
const fewestWeeks = 26
const fewestSpent = 8
/** A medium has an effect, a carry-over and a shape: it takes so many weeks for each. */
const weeksForMedium = 12
const mostMedia = 6
const yearOfWeeks = 365.25 / 7
const curveSteps = 30

type SpentOn = MediaMixInput['media'][number]
type LeftOut = MediaMixResults['leftOut']

/**
 * How much of sales each medium made, week by week, by a media mix with carry-over and saturation (Jin and others 2017), beside a level,
 * a trend, the season and reductions of prices; what one more euro would bring, and which media nothing can be told of.
 * @throws Unanswerable where there are too few weeks, or no medium is left
 */
export function mixMedia(input: MediaMixInput, onProgress: (done: number) => void): MediaMixResults {
  const { weeks, sales } = input
  if (weeks.length === 0) throw new Unanswerable('empty')
  if (weeks.length < fewestWeeks)
    throw new Unanswerable('too_few', { what: 'weeks of sales', have: weeks.length, need: fewestWeeks })
  const { usable, leftOut } = usableMedia(input)
  if (usable.length === 0) {
    if (leftOut.some(({ reason }) => reason === 'constant')) throw new Unanswerable('constant', { column: 'spend' })
    const have = Math.max(0, ...input.media.map(({ spent }) => weeksWith(spent)))
    throw new Unanswerable('too_few', { what: 'weeks with spending', have, need: fewestSpent })
  }
  onProgress(0.1)
  const fitted = fitWith(input, usable, leftOut)
  const { mix, controls } = fitted.found
  const total = sum(sales)
  const base = weeks.map((_, t) =>
    controls.values.reduce(
      (level, values, at) => level + (mix.baseline.coefficients[at + 1] ?? 0) * (values[t] ?? 0),
      mix.baseline.coefficients[0] ?? 0,
    ),
  )
  return {
    kind: 'media_mix',
    weeks: [...weeks],
    sales: [...sales],
    base,
    baseShare: sum(base) / total,
    media: fitted.usable
      .flatMap((one, at) => {
        const channel = mix.channels[at]
        return channel ? [tell(one, channel, { total, lasting: input.lasting })] : []
      })
      .toSorted((a, b) => b.broughtMinor - a.broughtMinor),
    leftOut: fitted.leftOut,
    r2: mix.r2,
    harmonics: fitted.found.harmonics,
    reductions: controls.names.includes('reductions'),
    lasting: input.lasting,
    marginRate: input.marginRate,
  }
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0)
const weeksWith = (spent: readonly number[]): number => spent.filter((value) => value > 0).length

/** Media that were spent on often enough and not always the same, the largest first, as many as the weeks can tell apart. */
function usableMedia({ media, weeks }: MediaMixInput): { usable: SpentOn[]; leftOut: LeftOut } {
  const largest = media.toSorted((a, b) => sum(b.spent) - sum(a.spent))
  const most = Math.min(mostMedia, Math.floor(weeks.length / weeksForMedium))
  const usable: SpentOn[] = []
  const leftOut: LeftOut = []
  for (const one of largest) {
    const constant = one.spent.every((value) => value === one.spent[0])
    if (constant) leftOut.push(without(one, 'constant'))
    else if (weeksWith(one.spent) < fewestSpent) leftOut.push(without(one, 'few_weeks'))
    else if (usable.length === most) leftOut.push(without(one, 'many'))
    else usable.push(one)
  }
  return { usable, leftOut }
}

const without = ({ medium, isChannel, spent }: SpentOn, reason: LeftOut[number]['reason']): LeftOut[number] => ({
  medium,
  isChannel,
  spentMinor: sum(spent),
  reason,
})

const columnOf = ({ medium, isChannel }: SpentOn): string => `${isChannel ? 'channel' : 'medium'} ${medium}`

/** Fits, and leaves out, one after the other, media that are always spent on along with others. */
function fitWith(
  input: MediaMixInput,
  usable: SpentOn[],
  leftOut: LeftOut,
): { found: SeasonalMix; usable: SpentOn[]; leftOut: LeftOut } {
  const { sales, reduced, lasting } = input
  const share = Float64Array.from(sales, (value, t) => {
    const off = reduced[t] ?? 0
    return value + off > 0 ? off / (value + off) : 0
  })
  const varies = share.some((value) => Math.abs(value - (share[0] ?? 0)) > 1e-6)
  try {
    const found = fitSeasonalMix(
      {
        sales: Float64Array.from(sales),
        channels: { names: usable.map(columnOf), values: usable.map(({ spent }) => Float64Array.from(spent)) },
        controls: varies ? { names: ['reductions'], values: [share] } : { names: [], values: [] },
      },
      { period: yearOfWeeks, weeks: lasting },
    )
    return { found, usable, leftOut }
  } catch (error) {
    if (!(error instanceof Unanswerable) || error.reason !== 'collinear') throw error
    const alike = usable.find((one) => columnOf(one) === error.details['column']) ?? usable.at(-1)
    if (alike === undefined || usable.length === 1) throw error
    const rest = usable.filter((one) => one !== alike)
    return fitWith(input, rest, [...leftOut, without(alike, 'alike')])
  }
}

function tell(
  { medium, isChannel, spent }: SpentOn,
  { share, shareError, low, high, retention, shapes, effect, returnOnSpend }: ChannelContribution,
  { total, lasting }: { total: number; lasting: number },
): Medium {
  const spentMinor = sum(spent)
  const acts = (values: Float64Array): number[] =>
    Array.from(saturate(values, 'logistic', shapes), (one) => effect * one)
  const meanMinor = spentMinor / spent.length
  const most = 1.5 * Math.max(...spent)
  const steps = Float64Array.from({ length: curveSteps + 1 }, (_, step) => (most * step) / curveSteps)
  const curve = acts(steps)
  const little = 0.001 * meanMinor
  const [before = 0, after = 0] = acts(Float64Array.of(meanMinor, meanMinor + little))
  return {
    medium,
    isChannel,
    spentMinor,
    weeksSpent: weeksWith(spent),
    share,
    standardError: shareError,
    low,
    high,
    broughtMinor: share * total,
    returnOnSpend,
    returnLow: (low * total) / spentMinor,
    returnHigh: (high * total) / spentMinor,
    nextReturn: (after - before) / little,
    retention,
    halfLife: retention > 0.001 ? Math.log(0.5) / Math.log(Math.min(retention, 0.999)) : null,
    meanMinor,
    brought: acts(carryOver(Float64Array.from(spent), retention, lasting)),
    curve: Array.from(steps, (spentMinor, at) => ({ spentMinor, broughtMinor: curve[at] ?? 0 })),
  }
}
