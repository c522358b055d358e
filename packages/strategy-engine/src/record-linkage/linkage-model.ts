import { createRandom } from '../numeric/random.ts'
import type { ComparedPairs } from './candidate-pairs.ts'
import { comparePair, comparisonNames, comparisons, levelAt, missing, type Comparison } from './compare.ts'
import type { FoldedRecord } from './person-record.ts'

/**
 * How likely each level of each comparison is for two records of one person (`same`), of two people of one household, and of
 * two strangers. What relatives share (a name, an address, often a telephone) says little about a person: without the second
 * kind, families would become one.
 *
 * Fellegi, I. P., Sunter, A. B. (1969), A Theory for Record Linkage.
 */
export type LinkageModel = {
  readonly same: Levels
  readonly household: Levels
  readonly stranger: Levels
  /** The share of all pairs of records that are of one person, and of one household. */
  readonly prior: { readonly same: number; readonly household: number }
  /** How often each value occurs: a rare name in common says more than a common one. */
  readonly frequencies: Frequencies
  /** How common first names are: the share of records whose name nobody else has, and of those whose name many have. */
  readonly givenNames: { readonly single: number; readonly frequent: number; readonly least: number }
}

type Levels = Readonly<Record<Comparison, readonly number[]>>
type Frequencies = Readonly<Partial<Record<Comparison, ReadonlyMap<string, number>>>>

/**
 * What is believed of records before any is seen: of a hundred people written down twice, how many have the same, a nearly
 * same, another … It weighs as much as `beliefPairs` pairs.
 */
const beliefs: Levels = {
  familyName: [0.86, 0.08, 0.02, 0.04],
  givenName: [0.82, 0.09, 0.03, 0.02, 0.02, 0.02],
  street: [0.74, 0.14, 0.04, 0.08],
  streetNumber: [0.82, 0.08, 0.1],
  addressExtra: [0.6, 0.2, 0.2],
  place: [0.72, 0.08, 0.06, 0.05, 0.03, 0.02, 0.04],
  email: [0.8, 0.05, 0.15],
  phone: [0.78, 0.05, 0.17],
  birthDate: [0.92, 0.06, 0.02],
}
const beliefPairs = 60

/** The same of relatives: names and addresses alike, first names as those of strangers. */
const ofHousehold: Partial<Levels> = {
  familyName: [0.78, 0.05, 0.01, 0.16],
  email: [0.12, 0.02, 0.86],
  phone: [0.3, 0.03, 0.67],
}

/** The values whose frequency counts, at the first level. */
export const valueOf: Partial<Record<Comparison, (record: FoldedRecord) => string>> = {
  familyName: ({ familyName }) => familyName,
  givenName: ({ givenName }) => givenName,
  street: ({ street }) => street,
  addressExtra: ({ addressExtra }) => addressExtra,
  streetNumber: ({ streetNumber }) => streetNumber,
  place: ({ postalCode, locality }) => (postalCode ? `${postalCode} ${locality}` : locality),
  email: ({ email }) => email,
  phone: ({ phone }) => phone,
  birthDate: ({ birthDate }) => birthDate,
}

/** Estimates a model from the records alone, without one pair being known: nobody has to label anything. */
export function estimateModel(records: readonly FoldedRecord[], pairs: ComparedPairs): LinkageModel {
  const frequencies = countValues(records)
  const stranger = estimateStrangers(records, frequencies)
  const at = (name: Comparison): number => comparisonNames.indexOf(name)
  const near = (code: number, name: Comparison): boolean => [0, 1].includes(levelAt(code, at(name)))
  const tally = tallyPatterns(pairs.pattern)
  const byName = tally.filter(({ code }) => levelAt(code, 0) === 0 && levelAt(code, 1) === 0)
  const byAddress = tally.filter(
    ({ code }) => levelAt(code, at('place')) === 0 && near(code, 'street') && near(code, 'streetNumber'),
  )
  const ofAddress = learn(byName, stranger, ['familyName', 'givenName'])
  const ofName = learn(byAddress, stranger, ['street', 'streetNumber', 'place', 'addressExtra'])
  const same: Levels = {
    ...ofAddress,
    familyName: ofName.familyName,
    givenName: tellingRelativesApart(ofName.givenName),
  }
  const household: Levels = { ...same, givenName: stranger.givenName, birthDate: stranger.birthDate, ...ofHousehold }
  const all = (records.length * (records.length - 1)) / 2
  const first = records.length / 20 / Math.max(1, all)
  return {
    same,
    household,
    stranger,
    prior: { same: first, household: first },
    frequencies,
    givenNames: howCommon(frequencies),
  }
}

/** How likely two people, not of one household, are to share a mailbox or a telephone that nobody else is known to have. */
const sharedByChance = 0.05

/**
 * A mailbox that two records have is nearly always one person's, however often it is written down: what counts is how many
 * different people have it.
 */
function countHolders(records: readonly FoldedRecord[], value: (record: FoldedRecord) => string): Map<string, number> {
  const holders = new Map<string, Set<string>>()
  for (const record of records) {
    const text = value(record)
    if (text !== '') holders.set(text, (holders.get(text) ?? new Set()).add(record.givenName.slice(0, 2)))
  }
  return new Map([...holders].map(([text, people]) => [text, (people.size - 1 + sharedByChance) / holders.size]))
}

/**
 * Only the first name tells relatives apart. Among pairs of one address those of relatives may be taken for pairs of one person,
 * as if first names often changed: no more of that is believed than was before.
 */
function tellingRelativesApart(learnt: readonly number[]): readonly number[] {
  const last = beliefs.givenName.length - 1
  const different = Math.min(learnt[last] ?? 0, beliefs.givenName[last] ?? 0)
  const others = learnt.slice(0, last)
  const sum = others.reduce((total, share) => total + share, 0)
  return [...others.map((share) => (share / sum) * (1 - different)), different]
}

/** From this share of all records on a name is frequent. */
export const frequentFrom = 0.0005

function howCommon({ givenName }: Frequencies): LinkageModel['givenNames'] {
  let [single, frequent] = [0, 0]
  let least = 1
  for (const share of givenName?.values() ?? []) least = Math.min(least, share)
  for (const share of givenName?.values() ?? []) {
    if (share === least) single += share
    else if (share >= frequentFrom) frequent += share
  }
  return { single, frequent, least }
}

function countValues(records: readonly FoldedRecord[]): Frequencies {
  const frequencies: Partial<Record<Comparison, Map<string, number>>> = {}
  for (const name of comparisonNames) {
    const value = valueOf[name]
    if (!value) continue
    if (name === 'email' || name === 'phone') {
      frequencies[name] = countHolders(records, value)
      continue
    }
    const counts = new Map<string, number>()
    let known = 0
    for (const record of records) {
      const text = value(record)
      if (text === '') continue
      known += 1
      counts.set(text, (counts.get(text) ?? 0) + 1)
    }
    frequencies[name] = new Map([...counts].map(([text, count]) => [text, count / known]))
  }
  return frequencies
}

/** Levels of pairs drawn at random, nearly all of strangers; how often two have the same value is known exactly. */
function estimateStrangers(records: readonly FoldedRecord[], frequencies: Frequencies): Levels {
  const tallies = comparisonNames.map((name) => comparisons[name].map(() => 0.05))
  const random = createRandom(1)
  for (let n = 0; n < Math.min(60_000, records.length * 20); n++) {
    const [a, b] = [random.below(records.length), random.below(records.length)]
    if (a === b) continue
    const code = comparePair(records[a] as FoldedRecord, records[b] as FoldedRecord, true)
    tallies.forEach((tally, at) => {
      const level = levelAt(code, at)
      if (level !== missing) tally[level] = (tally[level] ?? 0) + 1
    })
  }
  return levelsFrom((name, at) => {
    const shares = normalised(tallies[at] ?? [])
    const known = [...(frequencies[name]?.values() ?? [])]
    if (known.length === 0) return shares
    // One slip apart from a mailbox or a number: hardly ever a stranger's, but it follows from the name, so it proves less.
    if (name === 'email' || name === 'phone') return [1 / known.length, 0.004, 0.996 - 1 / known.length]
    const twice = known.reduce((sum, share) => sum + share * share, 0)
    return normalised(shares.map((share, level) => (level === 0 ? twice : share)))
  })
}

/** A pattern of levels, and how many pairs have it. */
type Tally = readonly { readonly code: number; readonly count: number }[]

function tallyPatterns(patterns: Int32Array): Tally {
  const counts = new Map<number, number>()
  for (const code of patterns) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].map(([code, count]) => ({ code, count }))
}

/**
 * Learns the levels of the comparisons that were not asked for, by expectation and maximisation between pairs of one person,
 * of one household and of strangers. Winkler, W. E. (1988), Using the EM Algorithm for Weight Computation in the
 * Fellegi-Sunter Model of Record Linkage.
 */
function learn(tally: Tally, stranger: Levels, asked: readonly Comparison[]): Levels {
  const open = comparisonNames.flatMap((name, at) => (asked.includes(name) ? [] : [{ name, at }]))
  let same: Record<Comparison, readonly number[]> = { ...beliefs }
  let shares = [0.5, 0.2, 0.3]
  for (let round = 0; round < 30; round++) {
    const household = { ...same, givenName: stranger.givenName, birthDate: stranger.birthDate, ...ofHousehold }
    const sums = Object.fromEntries(
      comparisonNames.map((name) => [name, beliefs[name].map((share) => share * beliefPairs)]),
    ) as Record<Comparison, number[]>
    const found = [1, 1, 1]
    for (const { code, count } of tally) {
      const likelihoods = [same, household, stranger].map((kind, which) =>
        open.reduce((product, { name, at }) => {
          const level = levelAt(code, at)
          return level === missing ? product : product * (kind[name][level] ?? 0)
        }, shares[which] ?? 0),
      )
      const whole = likelihoods.reduce((sum, value) => sum + value, 0)
      if (whole === 0) continue
      likelihoods.forEach((value, which) => (found[which] = (found[which] ?? 0) + (count * value) / whole))
      for (const { name, at } of open) {
        const level = levelAt(code, at)
        if (level !== missing) sums[name][level] = (sums[name][level] ?? 0) + (count * (likelihoods[0] ?? 0)) / whole
      }
    }
    same = Object.fromEntries(
      comparisonNames.map((name) => [name, asked.includes(name) ? beliefs[name] : normalised(sums[name])]),
    ) as Record<Comparison, readonly number[]>
    shares = normalised(found)
  }
  return same
}

function levelsFrom(of: (name: Comparison, at: number) => readonly number[]): Levels {
  return Object.fromEntries(comparisonNames.map((name, at) => [name, of(name, at)])) as Levels
}

function normalised(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0)
  return values.map((value) => value / sum)
}
