import type { GridConstraint, MixQuestionBody } from '@ecluse/contracts/channel-grid.ts'

export type Wanted = 'free' | 'required' | 'excluded'
export type LimitValues = { budget: number | null; most: number | ''; reach: number | '' }

/** What is said of two channels: the one only with the other, never both, or what they take from each other in a year. */
export type PairRule = {
  readonly kind: 'needs' | 'not_both' | 'loss'
  readonly one: string
  readonly other: string
  /** In cents; below 0 what they add. */
  readonly lossMinor: number
}

/** A question of the best mix as its form holds it. */
export type MixForm = {
  readonly channels: MixQuestionBody['channels']
  readonly limits: LimitValues
  readonly wanted: Readonly<Record<string, Wanted>>
  readonly pairs: readonly PairRule[]
}

/** The form of a question that was kept. */
export function formOf({ channels, constraints, overlaps }: MixQuestionBody): MixForm {
  const limits: LimitValues = { budget: null, most: '', reach: '' }
  const wanted: Record<string, Wanted> = {}
  const pairs: PairRule[] = []
  for (const one of constraints) {
    if (one.kind === 'budget') limits.budget = one.most
    else if (one.kind === 'count') limits.most = one.most
    else if (one.kind === 'reach') limits.reach = Math.round(one.least * 1_000) / 10
    else if (one.kind === 'needs') pairs.push({ kind: 'needs', one: one.channel, other: one.other, lossMinor: 0 })
    else if (one.kind === 'not_both')
      pairs.push({ kind: 'not_both', one: one.channels[0], other: one.channels[1], lossMinor: 0 })
    else wanted[one.channel] = one.kind
  }
  for (const { between, loss } of overlaps)
    pairs.push({ kind: 'loss', one: between[0], other: between[1], lossMinor: loss })
  return { channels, limits, wanted, pairs }
}

/** How a constraint is named; the answer tells its price by it, so no two may have the same. */
export type ConstraintNames = {
  readonly limit: (kind: 'budget' | 'most' | 'reach') => string
  readonly wanted: (kind: 'required' | 'excluded', channel: string) => string
  readonly pair: (kind: 'needs' | 'not_both', one: string, other: string) => string
}

/** The question a form asks; pairs that are not whole yet, or say twice the same, are left out. */
export function questionOf({ channels, limits, wanted, pairs }: MixForm, names: ConstraintNames): MixQuestionBody {
  const { budget, most, reach } = limits
  const whole = new Map(
    pairs.filter(({ one, other }) => one !== '' && other !== '' && one !== other).map((pair) => [keyOf(pair), pair]),
  )
  const constraints: GridConstraint[] = []
  if (budget !== null) constraints.push({ name: names.limit('budget'), kind: 'budget', most: budget })
  if (most !== '') constraints.push({ name: names.limit('most'), kind: 'count', most })
  if (reach !== '')
    constraints.push({ name: names.limit('reach'), kind: 'reach', target: 'customers', least: reach / 100 })
  for (const { channel } of channels) {
    const kind = wanted[channel] ?? 'free'
    if (kind !== 'free') constraints.push({ name: names.wanted(kind, channel), kind, channel })
  }
  for (const { kind, one, other } of whole.values()) {
    if (kind === 'needs') constraints.push({ name: names.pair(kind, one, other), kind, channel: one, other })
    if (kind === 'not_both') constraints.push({ name: names.pair(kind, one, other), kind, channels: [one, other] })
  }
  return {
    channels,
    overlaps: [...whole.values()]
      .filter(({ kind }) => kind === 'loss')
      .map(({ one, other, lossMinor }) => ({ between: [one, other], loss: lossMinor })),
    constraints,
  }
}

/** The one only with the other is said of them in that order; the rest of both alike. */
function keyOf({ kind, one, other }: PairRule): string {
  return [kind, ...(kind === 'needs' ? [one, other] : [one, other].sort())].join(' ')
}
