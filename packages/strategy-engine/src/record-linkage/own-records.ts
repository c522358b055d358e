import { levelAt, comparisonNames, missing } from './compare.ts'
import type { LinkageModel } from './linkage-model.ts'
import { personFields, type FoldedRecord } from './person-record.ts'
import { probabilityOf, type PairWeight } from './score-pair.ts'

/** A pair by the positions of its records, with the pattern of its levels. */
type PatternedPair = PairWeight & { readonly a: number; readonly b: number; readonly pattern: number }

/** So many records are taken to have been seen before any was, half of them with another of their own. */
const believed = 20

/** From here on two records count as one person's. */
const surely = 0.9

/** A field that so many records have is one whose absence is a gap. */
const usualFrom = 0.7

/**
 * Weighs again the pairs of which one says no first name: of a person or of a relative, nothing tells them apart. Yet a relative would mostly
 * have a record of their own beside it, if records with gaps mostly do: copies are often written in haste. How often is learnt from those that say a
 * first name and lack something else. Where nobody else is at that address under that name, a relative is so much less likely;
 * where somebody is, nothing changes.
 * @returns by the key of a pair, what is to be added to the bits that speak for a household: nothing or less
 */
export function expectOwnRecords(
  model: LinkageModel,
  folded: readonly FoldedRecord[],
  pairs: readonly PatternedPair[],
): ReadonlyMap<number, number> {
  const near = nearRecords(model, folded.length, pairs)
  const bit = Math.log2(1 - ownedShare(folded, near))
  const partners = near.map((all) => new Set(all.filter(({ same }) => same >= surely).map(({ at }) => at)))
  const alone = (at: number, other: number): boolean =>
    (near[at] ?? []).every((one) => one.at === other || partners[other]?.has(one.at))
  const bits = new Map<number, number>()
  for (const { a, b } of pairs) {
    const silent = [a, b].filter((at) => folded[at]?.givenName === '')
    const [at] = silent
    if (silent.length !== 1 || at === undefined || !alone(at, at === a ? b : a)) continue
    bits.set(pairKey(a, b, folded.length), bit)
  }
  return bits
}

/** One number for two positions among so many, whichever comes first. */
export function pairKey(a: number, b: number, count: number): number {
  return Math.min(a, b) * count + Math.max(a, b)
}

type Near = { readonly at: number; readonly same: number }

/** Of each record, those of the same person or household, and how likely it is the person. */
function nearRecords(model: LinkageModel, count: number, pairs: readonly PatternedPair[]): Near[][] {
  const near: Near[][] = Array.from({ length: count }, () => [])
  const given = comparisonNames.indexOf('givenName')
  for (const { a, b, same, household, pattern } of pairs) {
    const stranger = 1 - model.prior.same - model.prior.household
    const both = model.prior.same * 2 ** same + model.prior.household * 2 ** household
    if (both < stranger) continue
    // Where no first name is said, all that is known is that they are near.
    const likely = levelAt(pattern, given) === missing ? 0 : probabilityOf(model, { same, household })
    near[a]?.push({ at: b, same: likely })
    near[b]?.push({ at: a, same: likely })
  }
  return near
}

/** Which records lack what most have, a first name apart. */
function withGaps(folded: readonly FoldedRecord[]): readonly boolean[] {
  const usual = personFields.filter(
    (field) =>
      field !== 'givenName' && folded.filter((record) => record[field] !== '').length >= usualFrom * folded.length,
  )
  return folded.map((record) => usual.some((field) => record[field] === ''))
}

/** Of the records with gaps that say a first name and have somebody near, how many have a record of the same person. */
function ownedShare(folded: readonly FoldedRecord[], near: readonly (readonly Near[])[]): number {
  const gaps = withGaps(folded)
  let [own, all] = [believed / 2, believed]
  near.forEach((beside, at) => {
    if (beside.length === 0 || !gaps[at] || folded[at]?.givenName === '') return
    all += 1
    if (beside.some(({ same }) => same >= surely)) own += 1
  })
  return own / all
}
