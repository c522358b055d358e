import { inventScenario } from '@ecluse/strategy-engine/scenario/invented-company.ts'
import { expect, test } from 'vitest'
import { simulateScenario } from '../simulate-scenario.ts'

const scenario = inventScenario(2, { segments: 3, channels: 3, months: 12 })
const options = { draws: 1_200, seed: 5 }

test('no thread, one or two: the same bytes', async () => {
  const told: number[] = []
  const [here, one, two] = await Promise.all([
    simulateScenario(scenario, { ...options, workers: 0 }),
    simulateScenario(scenario, { ...options, workers: 1 }),
    simulateScenario(scenario, { ...options, workers: 2, background: true, onProgress: (done) => told.push(done) }),
  ])
  for (const other of [one, two]) {
    expect(Buffer.from(other.cash.buffer).equals(Buffer.from(here.cash.buffer))).toBe(true)
    expect(Buffer.from(other.presentValues.buffer).equals(Buffer.from(here.presentValues.buffer))).toBe(true)
    expect(other.means).toEqual(here.means)
  }
  expect(told.at(-1)).toBe(1)
})

test('a long run is given up when nobody waits, and what cannot be simulated starts no thread', async () => {
  const ending = new AbortController()
  const run = simulateScenario(scenario, { draws: 1_000_000, seed: 1, workers: 2, signal: ending.signal })
  ending.abort(new Error('enough'))
  await expect(run).rejects.toThrow('enough')
  const impossible = { ...scenario, company: { ...scenario.company, months: 0 } }
  await expect(simulateScenario(impossible, { ...options, workers: 2 })).rejects.toThrow('months')
})
