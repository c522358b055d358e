import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { effectsEvaluation } from './effects.ts'
import { askEvaluation, dataFolder } from './test/ask-evaluation.ts'

const folder = dataFolder('causal')
const present = existsSync(folder)

const basque = {
  unit: 'regionname',
  time: 'year',
  outcome: 'gdpcap',
  treated: 'Basque Country (Pais Vasco)',
  from: '1970',
  exclude: 'Spain (Espana)',
  judged: '1960-1969',
  shares: 'school.illit;school.prim;school.med;school.high+school.post.high@1964-1969',
  predictors: [
    'invest@1964-1969',
    'gdpcap@1960-1969',
    ...['agriculture', 'energy', 'industry', 'construction', 'services.venta', 'services.nonventa'].map(
      (sector) => `sec.${sector}@1961-1969`,
    ),
    'popdens@1969',
  ].join(';'),
}

test.skipIf(!present)(present ? 'the Basque country: weights and gap as published' : 'skipped: no data', async () => {
  const { weights } = JSON.parse(readFileSync(join(folder, 'published.json'), 'utf8')) as {
    weights: Record<string, number>
  }
  const options = { ...basque, 'no-placebos': true }
  const { results } = await askEvaluation(effectsEvaluation, [join(folder, 'basque.csv')], options)
  for (const [name, weight] of Object.entries(weights)) expect(results[`weight.${name}`]).toBeCloseTo(weight, 3)
  expect(results['synthetic_control.mspe_before']).toBeCloseTo(0.008864545, 6)
  // About a tenth of the income of the mixture was missing in the eighties and nineties.
  for (let year = 1980; year < 1995; year++) expect(results[`gap.${year}`]).toBeLessThan(-0.4)
  expect(results['synthetic_control.effect_percent']).toBeLessThan(-6)
  expect(results['synthetic_control.effect_percent']).toBeGreaterThan(-11)
})

test('three methods on rows of one’s own, with treatment as a column', async () => {
  const place = mkdtempSync(join(tmpdir(), 'ecluse-effects-'))
  onTestFinished(() => rmSync(place, { recursive: true, force: true }))
  const file = join(place, 'shops.csv')
  const lines = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((unit, u) =>
    Array.from({ length: 8 }, (_, t) => {
      const opened = u < 2 && t >= 5
      return `${unit},${2020 + t},${10 * u + Math.sin(t) + 0.1 * Math.cos(5 * u + 3 * t) + (opened ? 3 : 0)},${Number(opened)}`
    }),
  )
  const ask = async (rows: string[], options = {}) => {
    writeFileSync(file, ['unit,time,y,open', ...rows].join('\n'))
    return askEvaluation(effectsEvaluation, [file], { treatment: 'open', ...options })
  }
  const { results, n } = await ask(lines)
  expect(n).toBe(48)
  expect(results['did.effect']).toBeCloseTo(3, 0)
  expect(results['synthetic_did.effect']).toBeCloseTo(3, 0)
  expect(results['synthetic_did.standard_error']).toBeGreaterThan(0)
  const staggered = lines.map((line) => line.replace(/^(a,2024,.*),0$/, '$1,1'))
  await expect(ask(staggered)).rejects.toThrow('mismatch')
  await expect(ask(lines, { treatment: '', treated: 'a' })).rejects.toThrow('from')
  await expect(ask(lines, { exclude: 'z' })).rejects.toThrow('unknown_name')
})
