import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@ecluse/strategy-engine/numeric/random.ts'
import { expect, onTestFinished, test } from 'vitest'
import { comparedCustomersEvaluation } from './compared-customers.ts'
import { EvaluationError } from './evaluation-options.ts'
import { askEvaluation } from './test/ask-evaluation.ts'
import { ventureEvaluation } from './venture.ts'

function fileOf(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ecluse-evaluate-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

test('customers of two kinds: the keen take to several channels, what that adds is 6', async () => {
  const random = createRandom(5)
  const rows = Array.from({ length: 3000 }, () => {
    const spent = random.normal()
    const several = Number(random.float() < 1 / (1 + Math.exp(0.5 - 0.9 * spent)))
    return [several, 100 + 6 * several + 20 * spent + 10 * random.normal(), spent].join(',')
  })
  const file = fileOf('customers.csv', ['several,turnover,spent', ...rows].join('\n'))
  const options = { treated: 'several', outcome: 'turnover', before: 'spent' }
  const { results, n } = await askEvaluation(comparedCustomersEvaluation, [file], options)
  expect(n).toBe(3000)
  expect(results['raw_effect']).toBeGreaterThan(15)
  expect(Math.abs((results['effect'] ?? NaN) - 6)).toBeLessThan(4 * (results['standard_error'] ?? NaN))
  expect(results['standard_error']).toBeLessThan(1)
  expect(Math.abs(results['balance_weighted.spent'] ?? NaN)).toBeLessThan(0.1)
  const { before: _, ...less } = options
  await expect(async () => askEvaluation(comparedCustomersEvaluation, [file], less)).rejects.toThrow(EvaluationError)
})

test('a venture that needs both is halved by both rules; alone is alone', async () => {
  const venture = {
    parties: [
      { name: 'landlord', investment: 100 },
      { name: 'shops', yearlyCost: 10 },
    ],
    benefits: [{ name: 'visits', to: 'shops', needs: ['landlord'], yearly: 110 }],
    payments: [{ name: 'rent', from: 'shops', to: 'landlord', yearly: 30 }],
    years: 5,
  }
  const { results } = await askEvaluation(ventureEvaluation, [fileOf('venture.json', JSON.stringify(venture))])
  // Five years of 110 − 10, less 100: 400, of which each has half; the rent leaves the landlord 5 × 30 − 100.
  expect(results).toMatchObject({
    total: 400,
    acceptable: 1,
    leaving_gain: 0,
    'own.landlord': -100,
    'stated.landlord': 50,
    'stated.shops': 350,
    'shapley.landlord': 200,
    'nash.shops': 200,
    'yearly_to_shapley.landlord': 30,
  })
  const wrong = fileOf('venture.json', JSON.stringify({ ...venture, years: 'five' }))
  await expect(async () => askEvaluation(ventureEvaluation, [wrong])).rejects.toThrow(EvaluationError)
})
