import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { distDir, rootDir } from '../../../kernel/paths.ts'
import type { ComparedParty } from '../domain/person-of-party.ts'
import type { FoundPair } from '../workers/link-worker.ts'

/** Finds which customers may be one, in a thread of its own, so that nobody waits for it. */
export async function linkParties(parties: readonly ComparedParty[]): Promise<FoundPair[]> {
  if (parties.length < 2) return []
  const thread = startWorker(parties)
  try {
    return await new Promise((resolve, reject) => {
      thread.once('message', resolve)
      thread.once('error', reject)
      thread.once('exit', () => reject(new Error('the thread that matches customers ended early')))
    })
  } finally {
    await thread.terminate()
  }
}

/** The bundle has a file for the thread. From the sources, in tests and benches, tsx reads it, as it reads the program itself. */
function startWorker(workerData: readonly ComparedParty[]): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(join(distDir, 'server', 'link-worker.mjs'), { workerData })
  const source = new URL('../workers/link-worker.ts', import.meta.url).href
  const loader = pathToFileURL(join(rootDir, 'node_modules', 'tsx', 'dist', 'esm', 'api', 'index.mjs')).href
  const start = `import('${loader}').then(({ tsImport }) => tsImport('${source}', '${source}'))`
  return new Worker(start, { workerData, eval: true })
}
