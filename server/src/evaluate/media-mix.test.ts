import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mediaMixEvaluation } from './media-mix.ts'
import { askEvaluation, dataFolder } from './test/ask-evaluation.ts'

const folder = dataFolder('mmm')
const present = existsSync(folder)

test.skipIf(!present)(present ? 'the simulated set: shares within 0.05' : 'skipped: no data', async () => {
  const truth = JSON.parse(readFileSync(join(folder, 'sim_a_truth.json'), 'utf8')) as {
    contribution_share: Record<string, number>
  }
  const { results, n } = await askEvaluation(mediaMixEvaluation, [join(folder, 'sim_a.csv')])
  expect(n).toBe(156)
  for (const [name, share] of Object.entries(truth.contribution_share)) {
    expect(Math.abs(results[`share.${name}`]! - share)).toBeLessThan(0.05)
    expect(results[`share_low.${name}`]).toBeLessThan(share)
    expect(results[`share_high.${name}`]).toBeGreaterThan(share)
  }
  const hill = await askEvaluation(mediaMixEvaluation, [join(folder, 'sim_a.csv')], {
    saturation: 'hill',
    harmonics: '1',
  })
  expect(hill.results['shape2.x1']).toBeGreaterThan(0)
})
