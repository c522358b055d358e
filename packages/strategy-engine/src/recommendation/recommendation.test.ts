import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createRandom } from '../numeric/random.ts'
import { boughtTogether, packPurchases } from './purchases.ts'
import { ease, itemNeighbours, judgeRecommender, popularity, recommend } from './recommenders.ts'

type Quality = Record<'precision' | 'recall' | 'ndcg' | 'hit', number>
interface Published {
  results: Record<string, Record<'@10' | '@20', Quality>>
}
const folder = process.env['ECLUSE_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data')
const there = existsSync(join(folder, 'recsys/published.json'))
const pairsOf = (name: string) => {
  const lines = gunzipSync(readFileSync(join(folder, 'recsys', name)))
    .toString()
    .trim()
    .split(/\r?\n/)
    .slice(1)
  return [lines.map((line) => line.split(',')[0]!), lines.map((line) => line.split(',')[1]!)] as const
}

test.skipIf(!there)(
  there ? 'the published qualities on the fixed split' : 'skipped: no data',
  { timeout: 180_000 },
  () => {
    const { results } = JSON.parse(readFileSync(join(folder, 'recsys/published.json'), 'utf8')) as Published
    const before = packPurchases(...pairsOf('online_retail_train.csv.gz'))
    const later = packPurchases(...pairsOf('online_retail_test.csv.gz'), before.codes)
    const recommenders = {
      popularity: popularity(before),
      itemknn_cos_k100: itemNeighbours(before, 100),
      ease_500: ease(before, 500),
    }
    for (const [name, recommender] of Object.entries(recommenders)) {
      const found = judgeRecommender(recommender, before, later, 10)
      expect(found.buyers).toBe(1601)
      for (const [measure, value] of Object.entries(results[name]!['@10'])) {
        expect(Math.abs(found[measure as keyof Quality] - value), `${name} ${measure}`).toBeLessThan(1e-4)
      }
    }
  },
)

const random = createRandom(4)
const some = packPurchases(
  Array.from({ length: 400 }, () => `u${random.below(60)}`),
  Array.from({ length: 400 }, () => String(random.below(25))),
)

test('EASE is the ridge regression of each item on the others', () => {
  const size = some.codes.length
  const gram = boughtTogether(some)
  const recommender = ease(some, 3)
  // With nothing but item j bought, the scores are row j of B; (G + λI)B must equal G off its diagonal, column by column.
  const rows = some.codes.map((_, item) => recommender(Int32Array.of(item)))
  for (let column = 0; column < size; column++) {
    expect(rows[column]![column]).toBe(0)
    for (let row = 0; row < size; row++) {
      if (row === column) continue
      let product = 0
      for (let k = 0; k < size; k++) product += (gram[row * size + k]! + (row === k ? 3 : 0)) * rows[k]![column]!
      expect(product).toBeCloseTo(gram[row * size + column]!, 8)
    }
  }
})

test('lists leave out what was bought, and prefer the lower code between equals', () => {
  const few = packPurchases(['a', 'a', 'b', 'b', 'c'], ['10', '9', '9', '2', '2'])
  expect(few.codes).toEqual(['2', '9', '10'])
  expect(recommend(popularity(few), Int32Array.of(), 3)).toEqual([0, 1, 2])
  expect(recommend(itemNeighbours(few), Int32Array.of(2), 2)).toEqual([1, 0])
  expect(itemNeighbours(few, 1)(Int32Array.of(0))[1]).toBe(0)
})

test('what cannot be answered says why', () => {
  expect(() => packPurchases([], [])).toThrow('empty')
  expect(() => packPurchases(['a'], [])).toThrow('mismatch')
  expect(() => ease(some, 0)).toThrow('shrinkage')
  expect(() => itemNeighbours(some, 0)).toThrow('neighbours')
  const others = packPurchases(['nobody'], ['1'], some.codes)
  expect(() => judgeRecommender(popularity(some), some, others, 10)).toThrow('too_few')
})
