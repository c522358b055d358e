import type { Worker } from 'node:worker_threads'
import type { Scenario } from '@ecluse/strategy-engine/scenario/company.ts'
import { layOut } from '@ecluse/strategy-engine/scenario/layout.ts'
import { joinChunks, type Outcome } from '@ecluse/strategy-engine/scenario/outcome.ts'
import { chunkCount, simulateChunk, type Chunk } from '@ecluse/strategy-engine/scenario/simulate.ts'
import { startThread } from '../../kernel/start-thread.ts'
import type { DrawWork } from './workers/draw-worker.ts'

interface SimulationOptions {
  draws: number
  seed: number
  /** Threads; 0 to compute here, which blocks. */
  workers: number
  /** Whether the shop goes first, as it must in a server that serves one; not unless said. */
  background?: boolean
  /** Aborted when nobody waits any more; the promise is then rejected with its reason. */
  signal?: AbortSignal
  /** How much is done, from 0 to 1. */
  onProgress?: (done: number) => void
}

/**
 * Simulates a scenario in threads of its own. The same seed gives the same bytes, however many there are.
 * @throws Unanswerable, before a thread is started, when the scenario cannot be simulated
 */
export async function simulateScenario(scenario: Scenario, options: SimulationOptions): Promise<Outcome> {
  const layout = layOut(scenario)
  const { draws, seed, workers, background = false, signal, onProgress } = options
  const count = chunkCount(draws)
  signal?.throwIfAborted()
  if (workers === 0) {
    const chunks = Array.from({ length: count }, (_, chunk) => simulateChunk(layout, seed, draws, chunk))
    return joinChunks(layout, chunks)
  }
  const chunks: Chunk[] = []
  let next = 0
  const take = (): number | null => (next < count ? next++ : null)
  const keep = (chunk: Chunk): void => {
    chunks.push(chunk)
    onProgress?.(chunks.length / count)
  }
  const work: DrawWork = { scenario, seed, draws, background }
  const threads = Array.from({ length: Math.min(workers, count) }, () =>
    startThread(new URL('./workers/draw-worker.ts', import.meta.url), work),
  )
  const stop = (): Promise<unknown> => Promise.all(threads.map((thread) => thread.terminate()))
  try {
    await Promise.all(threads.map((thread) => feed(thread, take, keep, signal)))
  } finally {
    await stop()
  }
  return joinChunks(layout, chunks)
}

/** Gives a thread one chunk after the other until there is none left. */
function feed(
  thread: Worker,
  take: () => number | null,
  keep: (chunk: Chunk) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal?.reason as Error)
    const giveNext = (): void => {
      const chunk = take()
      if (chunk !== null) return thread.postMessage(chunk)
      signal?.removeEventListener('abort', abort)
      resolve()
    }
    signal?.addEventListener('abort', abort, { once: true })
    thread.once('error', reject)
    thread.once('exit', () => reject(new Error('a thread of the simulation ended early')))
    thread.on('message', (chunk: Chunk) => {
      keep(chunk)
      giveNext()
    })
    giveNext()
  })
}
