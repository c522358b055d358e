import { compareCandidates, type ComparedPairs } from './candidate-pairs.ts'
import { comparePair } from './compare.ts'
import { estimateModel, type LinkageModel } from './linkage-model.ts'
import { expectOwnRecords, pairKey } from './own-records.ts'
import { foldRecord, type FoldedRecord, type PersonRecord } from './person-record.ts'
import { explainPair, probabilityOf, weighPair, type PairWeight, type Reason } from './score-pair.ts'

/** Two records that may be of one person. */
export type Link = {
  readonly a: string
  readonly b: string
  readonly probability: number
}

export type Linkage = {
  /** Records that are of one person, together; each record is in one group. */
  readonly groups: readonly (readonly string[])[]
  /** Pairs too likely to pass over and too doubtful to join: for somebody to decide. The likeliest first. */
  readonly toReview: readonly Link[]
  /** Addresses and numbers that too many people share to speak for one of them. */
  readonly shared: readonly { readonly field: 'email' | 'phone'; readonly value: string; readonly people: number }[]
  /** Why two records were, or were not, taken for one person. */
  explain(a: string, b: string): { readonly probability: number; readonly reasons: readonly Reason[] }
}

export type LinkOptions = {
  /** From this probability on, two records are joined. */
  readonly joinFrom?: number
  /** From this one on, somebody is asked. */
  readonly reviewFrom?: number
}

/** A mailbox or a telephone of more people than this is a family's, a shop's or a made-up one: it joins nobody. */
const mostPeople = 4

/**
 * Finds which records are of one person. The weights are learnt from the records themselves; names, addresses and contacts may be
 * mistyped, swapped, missing or out of date. Deterministic: the same records, in any order, give the same groups.
 */
export function linkRecords(given: readonly PersonRecord[], options: LinkOptions = {}): Linkage {
  const { joinFrom = 0.9, reviewFrom = 0.3 } = options
  // Weights are learnt from pairs drawn by their place in the list.
  const records = given.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const { folded, shared } = withoutShared(records.map(foldRecord))
  const position = new Map(records.map(({ id }, at) => [id, at]))
  const candidates = compareCandidates(folded)
  const first = estimateModel(folded, candidates)
  const pairs = weighCandidates(first, folded, candidates)
  const model = { ...first, prior: settlePrior(first, pairs, folded.length) }
  const expected = expectOwnRecords(model, folded, pairs)
  const likely = (a: number, b: number, weight: PairWeight): number => {
    const bits = expected.get(pairKey(a, b, folded.length)) ?? 0
    return probabilityOf(model, { same: weight.same, household: weight.household + bits })
  }
  const scored = pairs
    .map((pair) => ({ ...pair, probability: likely(pair.a, pair.b, pair) }))
    .filter(({ probability }) => probability >= reviewFrom)
    .sort((x, y) => y.probability - x.probability || y.same - x.same || x.a - y.a || x.b - y.b)
  const fit = (a: number, b: number): number => {
    const [one, other] = [folded[a] as FoldedRecord, folded[b] as FoldedRecord]
    return likely(a, b, weighPair(model, one, other, comparePair(one, other)))
  }
  const group = joinGroups(folded, fit, folded.length, scored, joinFrom)
  const members = new Map<number, string[]>()
  records.forEach(({ id }, at) => {
    const key = group(at)
    members.set(key, [...(members.get(key) ?? []), id])
  })
  const idAt = (at: number): string => records[at]?.id ?? ''
  return {
    groups: [...members.values()],
    toReview: scored
      .filter(({ a, b }) => group(a) !== group(b))
      .map(({ a, b, probability }) => ({ a: idAt(a), b: idAt(b), probability })),
    shared,
    explain(a, b) {
      const [left, right] = [position.get(a), position.get(b)]
      if (left === undefined || right === undefined) throw new RangeError('no such record')
      const reasons = explainPair(model, folded[left] as FoldedRecord, folded[right] as FoldedRecord)
      return { probability: fit(left, right), reasons }
    },
  }
}

/** Takes mailboxes and telephones out that many people share. */
function withoutShared(records: readonly FoldedRecord[]) {
  const shared: Linkage['shared'][number][] = []
  let cleaned = [...records]
  for (const field of ['email', 'phone'] as const) {
    const people = new Map<string, Set<string>>()
    for (const record of records) {
      if (record[field] === '') continue
      const names = people.get(record[field]) ?? new Set()
      names.add(record.givenName.slice(0, 3))
      people.set(record[field], names)
    }
    const refused = new Map([...people].filter(([, names]) => names.size > mostPeople))
    for (const [value, names] of refused) shared.push({ field, value, people: names.size })
    if (refused.size > 0)
      cleaned = cleaned.map((record) => (refused.has(record[field]) ? { ...record, [field]: '' } : record))
  }
  return { folded: cleaned, shared }
}

type Pair = PairWeight & { readonly a: number; readonly b: number; readonly pattern: number }

/** Below this many bits no prior that is met makes a pair worth keeping. */
const leastBits = 4

function weighCandidates(model: LinkageModel, folded: readonly FoldedRecord[], candidates: ComparedPairs): Pair[] {
  const pairs: Pair[] = []
  candidates.pattern.forEach((pattern, nth) => {
    const [a, b] = [candidates.a[nth] as number, candidates.b[nth] as number]
    const weight = weighPair(model, folded[a] as FoldedRecord, folded[b] as FoldedRecord, pattern)
    if (weight.same >= leastBits) pairs.push({ a, b, pattern, ...weight })
  })
  return pairs
}

/** How many pairs are of one person, and of one household: as many as there are by the probabilities that follow from it. */
function settlePrior(model: LinkageModel, pairs: readonly Pair[], count: number): LinkageModel['prior'] {
  const all = Math.max(1, (count * (count - 1)) / 2)
  let prior = model.prior
  for (let round = 0; round < 20; round++) {
    let same = 1
    let household = 1
    for (const pair of pairs) {
      const one = prior.same * 2 ** pair.same
      const home = prior.household * 2 ** pair.household
      const whole = one + home + (1 - prior.same - prior.household)
      same += one / whole
      household += home / whole
    }
    prior = { same: Math.min(0.2, same / all), household: Math.min(0.2, household / all) }
  }
  return prior
}

/**
 * Two that fit a third equally well, to so many bits, and not each other, are two people: whose the third is, nobody can say. Unless others have
 * shown by then that the two are one.
 */
const tornBits = 3
const tornFrom = 0.5

/** Whether a record fits another as well as the one it is to be joined with, who are two people: a father's or a son's, without a first name. */
function tornBetween(
  folded: readonly FoldedRecord[],
  scored: readonly (Pair & { readonly probability: number })[],
  likely: (x: number, y: number) => number,
  groupOf: (at: number) => number,
): (at: number, other: number) => boolean {
  const fits = new Map<number, { readonly other: number; readonly same: number }[]>()
  for (const { a, b, same, probability } of scored) {
    if (probability < tornFrom) break
    for (const [at, other] of [
      [a, b],
      [b, a],
    ] as const)
      fits.set(at, [...(fits.get(at) ?? []), { other, same }])
  }
  return (at, other) => {
    if ((folded[at]?.givenName.length ?? 0) > 1) return false
    const all = fits.get(at) ?? []
    const own = all.find((fit) => fit.other === other)?.same ?? 0
    return all.some(
      (fit) =>
        fit.same >= own - tornBits && groupOf(fit.other) !== groupOf(other) && likely(fit.other, other) < tornFrom,
    )
  }
}

/** Groups larger than this are joined without asking each member about each. */
const mostAsked = 30

/**
 * Joins pairs, the likeliest first, into groups: two groups become one only if their members fit each other on the whole, so
 * that one false link does not join two people's records.
 */
function joinGroups(
  folded: readonly FoldedRecord[],
  likely: (x: number, y: number) => number,
  count: number,
  scored: readonly (Pair & { readonly probability: number })[],
  joinFrom: number,
): (at: number) => number {
  const members = new Map<number, number[]>()
  const group = Int32Array.from({ length: count }, (_, at) => at)
  const membersOf = (key: number): number[] => members.get(key) ?? [key]
  const torn = tornBetween(folded, scored, likely, (at) => group[at] as number)
  const join = (a: number, b: number): void => {
    const [left, right] = [group[a] as number, group[b] as number]
    if (left === right || torn(a, b) || torn(b, a)) return
    const [some, others] = [membersOf(left), membersOf(right)]
    if (some.length * others.length > 1 && some.length * others.length <= mostAsked) {
      let sum = 0
      for (const x of some)
        for (const y of others) {
          const p = likely(x, y)
          sum += Math.log(Math.max(1e-6, p) / Math.max(1e-6, 1 - p))
        }
      if (sum < 0) return
    }
    for (const at of others) group[at] = left
    members.set(left, [...some, ...others])
    members.delete(right)
  }
  // Twice: whom a record was torn between may be one by the end of the first round.
  for (let round = 0; round < 2; round++)
    for (const { a, b, probability } of scored) {
      if (probability < joinFrom) break
      join(a, b)
    }
  return (at) => group[at] as number
}
