import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { Scenario } from '@ecluse/strategy-engine/scenario/company.ts'
import { layOut } from '@ecluse/strategy-engine/scenario/layout.ts'
import { simulateChunk } from '@ecluse/strategy-engine/scenario/simulate.ts'

/** What a worker is started with; then it is told the numbers of chunks, one after the other, and answers each with its outcome. */
export interface DrawWork {
  scenario: Scenario
  seed: number
  draws: number
  /** Whether others go first. */
  background: boolean
}

const { scenario, seed, draws, background } = workerData as DrawWork
// Linux has a priority for each thread; where only a whole process has one, it is left alone.
if (background && process.platform === 'linux') setPriority(10)

const layout = layOut(scenario)
parentPort?.on('message', (chunk: number) => {
  const outcome = simulateChunk(layout, seed, draws, chunk)
  const { presentValues, cash, revenue, sums, moveCosts, drawn } = outcome
  const arrays = [presentValues, cash, revenue, sums, moveCosts, drawn].map(({ buffer }) => buffer as ArrayBuffer)
  parentPort?.postMessage(outcome, arrays)
})
