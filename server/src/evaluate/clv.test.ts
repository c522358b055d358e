import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { clvEvaluation } from './clv.ts'
import { EvaluationError } from './evaluation-options.ts'
import { askEvaluation, dataFolder } from './test/ask-evaluation.ts'

const cdnow = join(dataFolder('clv'), 'cdnow_sample_transactions.txt')
const present = existsSync(cdnow)

test.skipIf(!present)(
  present ? 'CDNOW without an option: every printed digit, and the second half foreseen' : 'skipped: no data',
  async () => {
    const { results, n } = await askEvaluation(clvEvaluation, [cdnow])
    expect(n).toBe(2_357)
    expect(results['r']).toBeCloseTo(0.243, 3)
    expect(results['alpha']).toBeCloseTo(4.414, 3)
    expect(results['a']).toBeCloseTo(0.793, 3)
    expect(results['b']).toBeCloseTo(2.426, 3)
    expect(results['logLikelihood']).toBeCloseTo(-9582.4, 1)
    expect(results['holdout.weeks']).toBeCloseTo(39, 0)
    // Counted in the file: 1,882 purchases of these customers, by day, after 30 September 1997.
    expect(results['holdout.actual']).toBe(1_882)
    expect(Math.abs(results['holdout.error_percent'] ?? 100)).toBeLessThan(15)
  },
)

test('what cannot be cut in two is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ecluse-clv-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'purchases.csv')
  writeFileSync(file, 'id,date\na,2026-01-01\nb,2026-01-01\na,2026-03-01\n')
  await expect(askEvaluation(clvEvaluation, [file], { until: '2026-03-01' })).rejects.toThrow(EvaluationError)
})
