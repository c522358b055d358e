import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { serverBuild } from '../../tools/lib/server-build.mjs'
import { distDir } from '../src/kernel/paths.ts'

const made = new Map<string, Promise<string>>()

/**
 * A program that contains the server, as users run it: one bundle like that of `npm start`, made once for the process that
 * asks and removed with it. Reading the sources anew at each start would take seconds of it.
 * @param source the program's file, `new URL('./….ts', import.meta.url)`
 * @returns the path of the bundle
 */
export function bundled(source: URL): Promise<string> {
  const known = made.get(source.href)
  if (known) return known
  const file = fileURLToPath(source)
  const name = basename(file, '.ts')
  const folder = `programs/${name}-${process.pid}`
  const path = build(serverBuild({ input: { [name]: file }, folder, logLevel: 'error' })).then(() =>
    join(distDir, folder, `${name}.mjs`),
  )
  process.once('exit', () => rmSync(join(distDir, folder), { recursive: true, force: true }))
  made.set(source.href, path)
  return path
}
