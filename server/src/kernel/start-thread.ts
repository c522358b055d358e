import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { distDir, rootDir } from './paths.ts'

/** Where the bundles of threads are; null while their sources are read. */
let bundles = import.meta.url.endsWith('.ts') ? null : join(distDir, 'server')

/** Says where the threads were bundled: for a run of tests, which bundles them once. */
export function threadsAreIn(folder: string): void {
  bundles = folder
}

/**
 * Starts a thread for long computations. The bundle has a file for each (`tools/lib/server-build.mjs`). From the sources tsx reads it, as
 * it reads the program itself: anew for each thread, which takes longer than most computations.
 * @param source the thread's source file, `new URL('./…-worker.ts', import.meta.url)`; of a bundle only its name counts
 */
export function startThread(source: URL, workerData?: unknown): Worker {
  if (bundles !== null) {
    const name = basename(fileURLToPath(source), '.ts')
    return new Worker(join(bundles, `${name}.mjs`), { workerData })
  }
  const loader = pathToFileURL(join(rootDir, 'node_modules', 'tsx', 'dist', 'esm', 'api', 'index.mjs')).href
  const start = `import('${loader}').then(({ tsImport }) => tsImport('${source.href}', '${source.href}'))`
  return new Worker(start, { workerData, eval: true })
}
