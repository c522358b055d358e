import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { differenceOfArms, outcomeOf } from '@ecluse/strategy-engine/experiments/arms.ts'
import { createRandom } from '@ecluse/strategy-engine/numeric/random.ts'
import { expect, onTestFinished, test } from 'vitest'
import { EvaluationError } from './evaluation-options.ts'
import { askEvaluation } from './test/ask-evaluation.ts'
import { upliftEvaluation } from './uplift.ts'

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ecluse-uplift-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'test.csv')
  writeFileSync(file, text)
  return file
}

test('two samples of fifteen: as worked out by hand, the distribution integrated by Simpson’s rule', () => {
  const first = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4]
  const second = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 31.3]
  const found = differenceOfArms(outcomeOf(first), outcomeOf(second))
  expect(found.standardError).toBeCloseTo(1.1166730632, 9)
  expect(found.difference / found.standardError).toBeCloseTo(-2.9492368373, 9)
  expect(found.pValue).toBeCloseTo(0.00646040803, 9)
  expect(found.low).toBeCloseTo(-5.5833346, 6)
  expect(found.high).toBeCloseTo(-1.003332, 6)
})

test('the interval holds the truth as often as it says', () => {
  const random = createRandom(20_261_122)
  let held = 0
  for (let run = 0; run < 1_000; run++) {
    const draw = (share: number) => Array.from({ length: 400 }, () => (random.float() < share ? 1 : 0))
    const { low, high } = differenceOfArms(outcomeOf(draw(0.16)), outcomeOf(draw(0.11)))
    if (low <= 0.05 && 0.05 <= high) held += 1
  }
  expect(held).toBeGreaterThan(930)
  expect(held).toBeLessThan(970)
})

test('a file as Hillstrom’s: means, differences and intervals of each arm', async () => {
  const rows = ['Mens E-Mail', 'No E-Mail', 'Womens E-Mail'].flatMap((segment, arm) =>
    Array.from({ length: 400 }, (_, n) => [segment, n % [5, 10, 7][arm]! === 0 ? 1 : 0, n % 50 === 0 ? 1 : 0, n % 50]),
  )
  const text = ['segment,visit,conversion,spend', ...rows.map((row) => row.join(','))].join('\n')
  const { results, n } = await askEvaluation(upliftEvaluation, [fileOf(text)])
  expect(n).toBe(1_200)
  expect(results['visit.no_e_mail.mean']).toBeCloseTo(0.1, 12)
  expect(results['visit.mens_e_mail.mean']).toBeCloseTo(0.2, 12)
  expect(results['visit.mens_e_mail.difference']).toBeCloseTo(0.1, 12)
  // By hand: the variances 0.16 and 0.09 times 400/399, over 400 each.
  expect(results['visit.mens_e_mail.standard_error']).toBeCloseTo(Math.sqrt((0.16 + 0.09) / 399), 10)
  expect(results['visit.mens_e_mail.low']).toBeGreaterThan(0.05)
  expect(results['conversion.womens_e_mail.difference']).toBeCloseTo(0, 12)
  expect(results['spend.mens_e_mail.p_value']).toBeCloseTo(1, 9)
})

test('without a group that got nothing there is nothing to compare with', async () => {
  const ask = (text: string) => askEvaluation(upliftEvaluation, [fileOf(text)])
  await expect(ask('segment,visit\na,1\nb,0\n')).rejects.toThrow(EvaluationError)
  await expect(ask('segment,colour\nnone,1\nno mail,0\n')).rejects.toThrow(EvaluationError)
})
