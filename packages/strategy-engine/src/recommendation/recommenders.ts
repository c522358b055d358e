import { factorise, invertFactored } from '../numeric/matrix.ts'
import { requireRange, Unanswerable } from '../unanswerable.ts'
import { boughtTogether, type Purchases } from './purchases.ts'

/** How much each item is recommended to one who bought these: higher is better. */
export type Recommender = (bought: Int32Array) => Float64Array

/** What most buy, to everybody. */
export function popularity({ codes, items }: Purchases): Recommender {
  const counts = new Float64Array(codes.length)
  for (const item of items) counts[item]! += 1
  return () => counts
}

/**
 * Items like those bought, by the cosine of their buyers (M. Deshpande, G. Karypis, Item-based top-N recommendation algorithms, ACM
 * TOIS 22(1), 2004).
 * @param neighbours how many of the most alike count for each item that may be recommended
 */
export function itemNeighbours(purchases: Purchases, neighbours = 100): Recommender {
  requireRange('neighbours', neighbours, 1)
  const size = purchases.codes.length
  const likeness = boughtTogether(purchases)
  const sizes = Float64Array.from({ length: size }, (_, item) => Math.sqrt(likeness[item * size + item]!))
  for (let one = 0; one < size; one++) {
    for (let other = 0; other < size; other++) {
      const place = one * size + other
      likeness[place] = one === other || likeness[place] === 0 ? 0 : likeness[place]! / (sizes[one]! * sizes[other]!)
    }
  }
  for (let target = 0; target < size; target++) {
    keepLargest(likeness.subarray(target * size, (target + 1) * size), neighbours)
  }
  return fromWeights(transposed(likeness, size), size)
}

/** All but the largest become nothing; of equals, the first stay. */
function keepLargest(row: Float64Array, count: number): void {
  if (count >= row.length) return
  const least = row.toSorted()[row.length - count]!
  let equals = count
  for (const value of row) if (value > least) equals--
  for (let at = 0; at < row.length; at++) {
    if (row[at] === least && equals > 0) equals--
    else if (row[at]! <= least) row[at] = 0
  }
}

/**
 * EASE, the linear model that rebuilds each buyer's items from the others (H. Steck, Embarrassingly shallow autoencoders for sparse data,
 * WWW 2019): B = I − P·diag(P)⁻¹ with P = (XᵀX + λI)⁻¹. Memory grows with the square of the items, time with the cube.
 */
export function ease(purchases: Purchases, shrinkage: number): Recommender {
  requireRange('shrinkage', shrinkage, 1e-6, 1e12)
  const size = purchases.codes.length
  requireRange('items', size, 1, 6000)
  const gram = boughtTogether(purchases)
  for (let item = 0; item < size; item++) gram[item * size + item]! += shrinkage
  const factor = factorise(gram, size)
  if ('dependent' in factor) throw new Unanswerable('collinear', { column: purchases.codes[factor.dependent]! })
  const weights = invertFactored(factor)
  const diagonal = Float64Array.from({ length: size }, (_, item) => weights[item * size + item]!)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      weights[row * size + column] = row === column ? 0 : -weights[row * size + column]! / diagonal[column]!
    }
  }
  return fromWeights(weights, size)
}

/** The sum of the rows of what was bought. */
function fromWeights(weights: Float64Array, size: number): Recommender {
  return (bought) => {
    const scores = new Float64Array(size)
    for (const item of bought) {
      const row = item * size
      for (let other = 0; other < size; other++) scores[other]! += weights[row + other]!
    }
    return scores
  }
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  const turned = new Float64Array(matrix.length)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) turned[column * size + row] = matrix[row * size + column]!
  }
  return turned
}

/** The best items that were not bought yet; of equal scores the lower code first. */
export function recommend(recommender: Recommender, bought: Int32Array, count: number): number[] {
  const scores = recommender(bought)
  const owned = new Set(bought)
  const best: number[] = []
  for (let item = 0; item < scores.length; item++) {
    const worst = best.length < count ? -Infinity : scores[best.at(-1)!]!
    if (scores[item]! <= worst || owned.has(item)) continue
    let place = best.length
    while (place > 0 && scores[best[place - 1]!]! < scores[item]!) place--
    best.splice(place, 0, item)
    if (best.length > count) best.pop()
  }
  return best
}

/** How good lists of recommendations were, averaged over those who bought something new. */
export interface RankingQuality {
  precision: number
  recall: number
  /** Normalised discounted cumulative gain (K. Järvelin, J. Kekäläinen 2002), an item being wanted or not. */
  ndcg: number
  /** Share of buyers for whom at least one was right. */
  hit: number
  buyers: number
}

/** Recommends to those of `later` from what they bought before, and looks at what they then bought. */
export function judgeRecommender(
  recommender: Recommender,
  before: Purchases,
  later: Purchases,
  count: number,
): RankingQuality {
  const rows = new Map(before.buyers.map((buyer, row) => [buyer, row]))
  const quality = { precision: 0, recall: 0, ndcg: 0, hit: 0, buyers: 0 }
  later.buyers.forEach((buyer, at) => {
    const row = rows.get(buyer)
    const wanted = new Set(later.items.subarray(later.starts[at], later.starts[at + 1]))
    if (row === undefined || wanted.size === 0) return
    const bought = before.items.subarray(before.starts[row], before.starts[row + 1])
    const right = recommend(recommender, bought, count).map((item) => Number(wanted.has(item)))
    const hits = right.reduce((sum, one) => sum + one, 0)
    const gain = right.reduce((sum, one, rank) => sum + one / Math.log2(rank + 2), 0)
    let ideal = 0
    for (let rank = 0; rank < Math.min(count, wanted.size); rank++) ideal += 1 / Math.log2(rank + 2)
    quality.precision += hits / count
    quality.recall += hits / wanted.size
    quality.ndcg += gain / ideal
    quality.hit += Number(hits > 0)
    quality.buyers += 1
  })
  const { buyers } = quality
  if (buyers === 0) throw new Unanswerable('too_few', { what: 'buyers in both files', have: 0, need: 1 })
  const mean = (sum: number): number => sum / buyers
  const { precision, recall, ndcg, hit } = quality
  return { precision: mean(precision), recall: mean(recall), ndcg: mean(ndcg), hit: mean(hit), buyers }
}
