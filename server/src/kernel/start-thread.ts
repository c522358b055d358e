import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { distDir, rootDir } from './paths.ts'

/**
 * Starts a thread for long computations. The bundle has a file for each (`tools/build.mjs`). From the sources, in tests and
 * benches, tsx reads it, as it reads the program itself.
 * @param source the thread's source file, `new URL('./…-worker.ts', import.meta.url)`; in the bundle only its name counts
 */
export function startThread(source: URL, workerData?: unknown): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    const name = basename(fileURLToPath(source), '.ts')
    return new Worker(join(distDir, 'server', `${name}.mjs`), { workerData })
  }
  const loader = pathToFileURL(join(rootDir, 'node_modules', 'tsx', 'dist', 'esm', 'api', 'index.mjs')).href
  const start = `import('${loader}').then(({ tsImport }) => tsImport('${source.href}', '${source.href}'))`
  return new Worker(start, { workerData, eval: true })
}
