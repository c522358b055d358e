import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { priceResponseEvaluation } from './price-response.ts'
import { askEvaluation, dataFolder } from './test/ask-evaluation.ts'

const folder = dataFolder('pricing')
const present = existsSync(folder)

interface Published {
  computed_with_R_lm: {
    pooled: { intercept: number; disp: number; log_price: number }
    retailer_fixed_effects: { disp: number; log_price: number; r2: number }
  }
}

test.skipIf(!present)(present ? 'cheese: elasticities as R computes them' : 'skipped: no data', async () => {
  const published = JSON.parse(readFileSync(join(folder, 'published.json'), 'utf8')) as Published
  const { pooled, retailer_fixed_effects: within } = published.computed_with_R_lm
  const options = { volume: 'VOLUME', price: 'PRICE', others: 'DISP', seller: 'RETAILER' }
  const { results, n } = await askEvaluation(priceResponseEvaluation, [join(folder, 'cheese.csv.gz')], options)
  expect(n).toBe(5_555)
  expect(results['pooled.intercept']).toBeCloseTo(pooled.intercept, 8)
  expect(results['pooled.DISP']).toBeCloseTo(pooled.disp, 8)
  expect(results['pooled.log_price']).toBeCloseTo(pooled.log_price, 8)
  expect(results['fixed_effects.DISP']).toBeCloseTo(within.disp, 8)
  expect(results['fixed_effects.log_price']).toBeCloseTo(within.log_price, 8)
  expect(results['fixed_effects.r2']).toBeCloseTo(within.r2, 8)
  expect(results['fixed_effects.standard_error.log_price']).toBeGreaterThan(0)
})
