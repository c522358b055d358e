import { requireOnce, requireRange, Unanswerable } from '../unanswerable.ts'
import type { IntegerProgramme, ProgrammeRow, SolveProgramme } from '../numeric/integer-programme.ts'

/** A channel that may be run, at one level or at one of several (a small site, a large one). */
export interface MixChannel {
  name: string
  levels: readonly MixLevel[]
}

export interface MixLevel {
  name: string
  /** What it takes from the budget. */
  cost: number
  /** What it brings, in the unit to be made large: a score, or a margin. */
  value: number
  /** Share of each target's people it reaches, by the name of the target. */
  reach?: Readonly<Record<string, number>>
}

/** Two channels that together bring less than each alone (what one takes from the other, above 0) or more (below 0). */
export interface Overlap {
  between: readonly [string, string]
  loss: number
}

/** What the mix must keep to. Each has a name of its own, by which its price is told. */
export type MixConstraint =
  | { name: string; kind: 'budget'; most: number }
  /** How many channels are run. */
  | { name: string; kind: 'count'; least?: number; most?: number }
  | { name: string; kind: 'required'; channel: string }
  | { name: string; kind: 'excluded'; channel: string }
  /** The one only with the other: click and collect needs shops. */
  | { name: string; kind: 'needs'; channel: string; other: string }
  | { name: string; kind: 'not_both'; channels: readonly [string, string] }
  /** At least so much of a target is reached. */
  | { name: string; kind: 'reach'; target: string; least: number }

export interface MixQuestion {
  channels: readonly MixChannel[]
  overlaps: readonly Overlap[]
  constraints: readonly MixConstraint[]
}

/** What is run, what it costs and brings. */
export interface Mix {
  chosen: { channel: string; level: string }[]
  cost: number
  value: number
  /** Share of each target that is reached by at least one channel. */
  reach: Record<string, number>
}

export interface PricedMix extends Mix {
  /** What each constraint costs: how much more the best mix would bring without it. */
  prices: { constraint: string; price: number; without: Mix }[]
}

/**
 * The channels worth running together under a budget and other constraints: a mixed-integer programme. Reach is that of audiences that
 * overlap by chance, 1 − Π(1 − r) (Sainsbury’s formula of media planning), which is linear in logarithms. What one channel takes from
 * another counts once both run. Each constraint is priced by solving again without it.
 *
 * Throws `Unanswerable`: `empty`, `repeated`, `unknown_name`, `out_of_range`, and `impossible` with the constraints that cannot be kept
 * together, found by leaving out one after the other (the deletion filter of J. Chinneck, E. Dravnieks, ORSA Journal on Computing 3(2), 1991).
 */
export function bestMix(question: MixQuestion, solve: SolveProgramme): PricedMix {
  requireQuestion(question)
  const best = solveMix(question, question.constraints, solve)
  if (best === null) throw new Unanswerable('impossible', { name: conflictOf(question, solve).join(', ') })
  const prices = question.constraints.map((left) => {
    // Without a constraint there is always an answer: the one with it.
    const without =
      solveMix(
        question,
        question.constraints.filter((one) => one !== left),
        solve,
      ) ?? best
    return { constraint: left.name, price: without.value - best.value, without }
  })
  return { ...best, prices }
}

/** The fewest constraints that already contradict each other: none of them can be spared. */
function conflictOf(question: MixQuestion, solve: SolveProgramme): string[] {
  let kept = [...question.constraints]
  for (const candidate of question.constraints) {
    const fewer = kept.filter((one) => one !== candidate)
    if (solveMix(question, fewer, solve) === null) kept = fewer
  }
  return kept.map(({ name }) => name)
}

interface Option {
  channel: number
  level: MixLevel
}

const optionsOf = ({ channels }: MixQuestion): Option[] =>
  channels.flatMap(({ levels }, channel) => levels.map((level) => ({ channel, level })))

function solveMix(question: MixQuestion, constraints: readonly MixConstraint[], solve: SolveProgramme): Mix | null {
  const options = optionsOf(question)
  const values = solve(programmeOf(question, constraints))
  if (values === null) return null
  const chosen = options.filter((_, at) => values[at]! > 0.5)
  return describeMix(question, chosen)
}

function describeMix({ channels, overlaps }: MixQuestion, chosen: readonly Option[]): Mix {
  const run = new Set(chosen.map(({ channel }) => channels[channel]!.name))
  const lost = overlaps.reduce((sum, { between: [a, b], loss }) => sum + (run.has(a) && run.has(b) ? loss : 0), 0)
  const missed: Record<string, number> = {}
  for (const target of targetsOf(channels)) {
    missed[target] = chosen.reduce((product, { level }) => product * (1 - (level.reach?.[target] ?? 0)), 1)
  }
  return {
    chosen: chosen.map(({ channel, level }) => ({ channel: channels[channel]!.name, level: level.name })),
    cost: chosen.reduce((sum, { level }) => sum + level.cost, 0),
    value: chosen.reduce((sum, { level }) => sum + level.value, 0) - lost,
    reach: Object.fromEntries(Object.entries(missed).map(([target, share]) => [target, 1 - share])),
  }
}

const targetsOf = (channels: readonly MixChannel[]): string[] => [
  ...new Set(channels.flatMap(({ levels }) => levels.flatMap(({ reach }) => Object.keys(reach ?? {})))),
]

/** First the levels, one variable each; then, for each overlap, whether both of its channels run. */
function programmeOf(question: MixQuestion, constraints: readonly MixConstraint[]): IntegerProgramme {
  const { channels, overlaps } = question
  const options = optionsOf(question)
  const levels = options.map(({ level }) => ({ gain: level.value, most: 1, whole: true }))
  const both = overlaps.map(({ loss }) => ({ gain: -loss, most: 1, whole: false }))
  const runs = (name: string) => runTerms(question, options, name)
  const oneLevel = channels.map(({ name }) => ({ terms: runs(name), least: 0, most: 1 }))
  const met = overlaps.flatMap(({ between: [a, b], loss }, at): ProgrammeRow[] => {
    const together = { at: options.length + at, times: 1 }
    const against = (name: string) => runs(name).map((term) => ({ ...term, times: -term.times }))
    // A loss presses “both” down, so it is held from below; a gain presses it up, so it is held from above.
    return loss > 0
      ? [{ terms: [together, ...against(a), ...against(b)], least: -1, most: Infinity }]
      : [a, b].map((name) => ({ terms: [together, ...against(name)], least: -Infinity, most: 0 }))
  })
  const asked = constraints.map((constraint) => rowOf(constraint, question, options))
  return { variables: [...levels, ...both], rows: [...oneLevel, ...met, ...asked] }
}

/** One for each level of a channel: their sum is 1 when it runs. */
function runTerms(
  { channels }: MixQuestion,
  options: readonly Option[],
  name: string,
): { at: number; times: number }[] {
  return options.flatMap(({ channel }, at) => (channels[channel]!.name === name ? [{ at, times: 1 }] : []))
}

function rowOf(constraint: MixConstraint, question: MixQuestion, options: readonly Option[]): ProgrammeRow {
  const runs = (name: string, times = 1) => runTerms(question, options, name).map((term) => ({ ...term, times }))
  const all = (times: (level: MixLevel) => number) => options.map(({ level }, at) => ({ at, times: times(level) }))
  switch (constraint.kind) {
    case 'budget':
      return { terms: all(({ cost }) => cost), least: -Infinity, most: constraint.most }
    case 'count':
      return { terms: all(() => 1), least: constraint.least ?? 0, most: constraint.most ?? Infinity }
    case 'required':
      return { terms: runs(constraint.channel), least: 1, most: 1 }
    case 'excluded':
      return { terms: runs(constraint.channel), least: 0, most: 0 }
    case 'needs':
      return { terms: [...runs(constraint.channel), ...runs(constraint.other, -1)], least: -Infinity, most: 0 }
    case 'not_both':
      return { terms: constraint.channels.flatMap((name) => runs(name)), least: 0, most: 1 }
    case 'reach':
      return {
        terms: all(({ reach }) => -Math.log1p(-(reach?.[constraint.target] ?? 0))),
        // A hair less than asked, so that a mix which reaches just that is not lost to rounding.
        least: -Math.log1p(-constraint.least) - 1e-9,
        most: Infinity,
      }
  }
}

/** More than this share of a target is certainty, whose logarithm no solver likes. */
const mostReach = 1 - 1e-9

function requireQuestion({ channels, overlaps, constraints }: MixQuestion): void {
  if (channels.length === 0) throw new Unanswerable('empty')
  requireOnce(channels)
  requireOnce(constraints)
  const known = new Set(channels.map(({ name }) => name))
  const requireKnown = (name: string) => {
    if (!known.has(name)) throw new Unanswerable('unknown_name', { name })
  }
  for (const { name, levels } of channels) {
    if (levels.length === 0) throw new Unanswerable('empty')
    requireOnce(levels)
    for (const level of levels) {
      requireRange(`${name}, cost`, level.cost, 0, 1e12)
      requireRange(`${name}, value`, level.value, -1e12, 1e12)
      for (const [target, share] of Object.entries(level.reach ?? {}))
        requireRange(`${name}, ${target}`, share, 0, mostReach)
    }
  }
  for (const { between, loss } of overlaps) {
    between.forEach(requireKnown)
    if (between[0] === between[1]) throw new Unanswerable('repeated', { name: between[0] })
    requireRange(between.join(' + '), loss, -1e12, 1e12)
  }
  for (const constraint of constraints) requireConstraint(constraint, requireKnown, new Set(targetsOf(channels)))
}

function requireConstraint(
  constraint: MixConstraint,
  requireKnown: (name: string) => void,
  targets: ReadonlySet<string>,
): void {
  const { name } = constraint
  if (constraint.kind === 'budget') requireRange(name, constraint.most, 0, 1e15)
  else if (constraint.kind === 'count') {
    requireRange(name, constraint.least ?? 0, 0, 1e6)
    requireRange(name, constraint.most ?? 1e6, constraint.least ?? 0, 1e6)
  } else if (constraint.kind === 'reach') {
    requireRange(name, constraint.least, 0, mostReach)
    if (!targets.has(constraint.target)) throw new Unanswerable('unknown_name', { name: constraint.target })
  } else if (constraint.kind === 'not_both') constraint.channels.forEach(requireKnown)
  else {
    requireKnown(constraint.channel)
    if (constraint.kind === 'needs') requireKnown(constraint.other)
  }
}
