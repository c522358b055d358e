import { compareCandidates, type ComparedPairs } from './candidate-pairs.ts'
import { comparePair } from './compare.ts'
import { estimateModel, type LinkageModel } from './linkage-model.ts'
import { foldRecord, type FoldedRecord, type PersonRecord } from './person-record.ts'
import { explainPair, probabilityOf, weighPair, type Reason } from './score-pair.ts'

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
 * mistyped, swapped, missing or out of date. Deterministic: the same records give the same groups.
 */
export function linkRecords(records: readonly PersonRecord[], options: LinkOptions = {}): Linkage {
  const { joinFrom = 0.9, reviewFrom = 0.3 } = options
  const { folded, shared } = withoutShared(records.map(foldRecord))
  const position = new Map(records.map(({ id }, at) => [id, at]))
  const candidates = compareCandidates(folded)
  const first = estimateModel(folded, candidates)
  const pairs = weighCandidates(first, folded, candidates)
  const model = { ...first, prior: settlePrior(first, pairs, folded.length) }
  const scored = pairs
    .map((pair) => ({ ...pair, probability: probabilityOf(model, pair) }))
    .filter(({ probability }) => probability >= reviewFrom)
    .sort((x, y) => y.probability - x.probability || y.same - x.same || x.a - y.a || x.b - y.b)
  const group = joinGroups(model, folded, scored, joinFrom)
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
      const [left, right] = [folded[position.get(a) ?? -1], folded[position.get(b) ?? -1]]
      if (!left || !right) throw new RangeError('no such record')
      const weight = weighPair(model, left, right, comparePair(left, right))
      return { probability: probabilityOf(model, weight), reasons: explainPair(model, left, right) }
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

type Pair = { readonly a: number; readonly b: number; readonly same: number; readonly household: number }

/** Below this many bits no prior that is met makes a pair worth keeping. */
const leastBits = 4

function weighCandidates(model: LinkageModel, folded: readonly FoldedRecord[], candidates: ComparedPairs): Pair[] {
  const pairs: Pair[] = []
  candidates.pattern.forEach((pattern, nth) => {
    const [a, b] = [candidates.a[nth] as number, candidates.b[nth] as number]
    const weight = weighPair(model, folded[a] as FoldedRecord, folded[b] as FoldedRecord, pattern)
    if (weight.same >= leastBits) pairs.push({ a, b, ...weight })
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

/** Groups larger than this are joined without asking each member about each. */
const mostAsked = 30

/**
 * Joins pairs, the likeliest first, into groups: two groups become one only if their members fit each other on the whole, so
 * that one false link does not join two people's records.
 */
function joinGroups(
  model: LinkageModel,
  folded: readonly FoldedRecord[],
  scored: readonly (Pair & { readonly probability: number })[],
  joinFrom: number,
): (at: number) => number {
  const members = new Map<number, number[]>()
  const group = Int32Array.from(folded.keys())
  const likely = (x: number, y: number): number => {
    const [one, other] = [folded[x] as FoldedRecord, folded[y] as FoldedRecord]
    return probabilityOf(model, weighPair(model, one, other, comparePair(one, other)))
  }
  const membersOf = (key: number): number[] => members.get(key) ?? [key]
  for (const { a, b, probability } of scored) {
    if (probability < joinFrom) break
    const [left, right] = [group[a] as number, group[b] as number]
    if (left === right) continue
    const [some, others] = [membersOf(left), membersOf(right)]
    if (some.length * others.length > 1 && some.length * others.length <= mostAsked) {
      let sum = 0
      for (const x of some)
        for (const y of others) {
          const p = likely(x, y)
          sum += Math.log(Math.max(1e-6, p) / Math.max(1e-6, 1 - p))
        }
      if (sum < 0) continue
    }
    for (const at of others) group[at] = left
    members.set(left, [...some, ...others])
    members.delete(right)
  }
  return (at) => group[at] as number
}
