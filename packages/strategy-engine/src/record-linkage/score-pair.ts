import { comparePair, comparisonNames, comparisons, levelAt, missing, type Comparison } from './compare.ts'
import { frequentFrom, valueOf, type LinkageModel } from './linkage-model.ts'
import type { FoldedRecord } from './person-record.ts'

/** What speaks for two records being of one person, and for their being of one household, in bits beside two strangers. */
export type PairWeight = { readonly same: number; readonly household: number }

/** One comparison's share in a score. */
export type Reason = {
  readonly comparison: Comparison
  readonly level: string
  /** Positive speaks for one person, negative against. */
  readonly bits: number
}

/** Weighs a pair by the pattern of its levels, and by how rare what the two have in common is. */
export function weighPair(model: LinkageModel, a: FoldedRecord, b: FoldedRecord, pattern: number): PairWeight {
  let same = 0
  let household = 0
  for (let at = 0; at < comparisonNames.length; at++) {
    const level = levelAt(pattern, at)
    if (level === missing) continue
    const name = comparisonNames[at] as Comparison
    const stranger = strangerShare(model, name, level, a, b)
    same += Math.log2(sameShare(model, name, level, a, b) / stranger)
    const relative = sharedByRelatives(name) ? (model.household[name][level] ?? 1) : stranger
    household += Math.log2(relative / stranger)
  }
  return { same, household }
}

/** Two family names that are both frequent are two names rather than one and a slip. */
const bothFrequent = 0.1

/**
 * What a slip makes of a first name: nearly always one that nobody has, hardly ever one that many have. Louis and Louise are two names; Louis and
 * Luois one.
 */
const slips = { single: 0.85, between: 0.12, frequent: 0.03 } as const

type Commonness = keyof typeof slips

/** How common two first names are that are not the same: whether nobody else has one of them, or many have both. */
function commonnessOf({ frequencies: { givenName }, givenNames }: LinkageModel, a: string, b: string): Commonness {
  const [x, y] = [givenName?.get(a) ?? 0, givenName?.get(b) ?? 0]
  if (x <= givenNames.least || y <= givenNames.least) return 'single'
  return x >= frequentFrom && y >= frequentFrom ? 'frequent' : 'between'
}

function sameShare(model: LinkageModel, name: Comparison, level: number, a: FoldedRecord, b: FoldedRecord): number {
  const share = model.same[name][level] ?? 1
  if (isSlip(name, level)) return share * slips[commonnessOf(model, a.givenName, b.givenName)]
  if (name !== 'familyName' || comparisons[name][level] !== 'alike') return share
  const frequencies = model.frequencies[name]
  const frequent = [a[name], b[name]].every((value) => (frequencies?.get(value) ?? 0) >= frequentFrom)
  return frequent ? share * bothFrequent : share
}

/** First names and birth dates of relatives agree as seldom as those of strangers. */
function sharedByRelatives(name: Comparison): boolean {
  return name !== 'givenName' && name !== 'birthDate'
}

/** Whether first names at this level are one name with a slip or two, or two names. */
function isSlip(name: Comparison, level: number): boolean {
  return name === 'givenName' && ['alike', 'partly'].includes(comparisons.givenName[level] ?? '')
}

/** How often two names drawn from all are as common as these. */
function drawnAs({ givenNames: { single, frequent } }: LinkageModel, commonness: Commonness): number {
  const [one, both] = [1 - (1 - single) ** 2, frequent ** 2]
  return Math.max(0.01, { single: one, frequent: both, between: 1 - one - both }[commonness])
}

function strangerShare(
  model: LinkageModel,
  name: Comparison,
  level: number,
  record: FoldedRecord,
  other: FoldedRecord,
): number {
  const average = model.stranger[name][level] ?? 1
  if (isSlip(name, level)) return average * drawnAs(model, commonnessOf(model, record.givenName, other.givenName))
  // A rare name found in the other's field says as much as one found in its own.
  if (comparisons[name][level] === 'swapped')
    return (model.same[name][level] ?? 1) * Math.max(...namesOf(record).map((value) => frequencyOf(model, value)))
  if (level !== 0) return average
  const value = valueOf[name]?.(record) ?? ''
  return model.frequencies[name]?.get(value) ?? average
}

function namesOf({ familyName, givenName }: FoldedRecord): string[] {
  return [familyName, givenName].filter((value) => value !== '')
}

function frequencyOf({ frequencies }: LinkageModel, value: string): number {
  return Math.max(frequencies.familyName?.get(value) ?? 0, frequencies.givenName?.get(value) ?? 0)
}

/** The probability that a pair of such a weight is of one person. */
export function probabilityOf({ prior }: Pick<LinkageModel, 'prior'>, { same, household }: PairWeight): number {
  const one = prior.same * 2 ** same
  const home = prior.household * 2 ** household
  return one / (one + home + (1 - prior.same - prior.household))
}

/** Why a pair has its score: each comparison that could be made, the weightiest first. */
export function explainPair(model: LinkageModel, a: FoldedRecord, b: FoldedRecord): Reason[] {
  const pattern = comparePair(a, b)
  return comparisonNames
    .flatMap((comparison, at): Reason[] => {
      const level = levelAt(pattern, at)
      if (level === missing) return []
      const share = strangerShare(model, comparison, level, a, b)
      const bits = Math.log2(sameShare(model, comparison, level, a, b) / share)
      return [{ comparison, level: comparisons[comparison][level] ?? '', bits }]
    })
    .sort((x, y) => Math.abs(y.bits) - Math.abs(x.bits))
}
