import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const project = join(dirname(fileURLToPath(import.meta.url)), '../../..')

/**
 * A small project in a folder of its own, gone when the test ends: `files` are texts by path; `copied` are taken from the
 * real project, so that what is tested is the configuration that runs.
 */
export function planted(files, copied = []) {
  const root = mkdtempSync(join(tmpdir(), 'ecluse-check-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'))
  for (const path of copied) cpSync(join(project, path), join(root, path), { recursive: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), typeof text === 'string' ? text : `${JSON.stringify(text, null, 2)}\n`)
  }
  return root
}

/** A declared graph for planted trees: orders may call catalog, catalog calls nobody. */
export const smallArchitecture = `
export const modules = { catalog: [], orders: ['catalog'], payments: [] }
export const layers = {
  kernel: { mayImport: ['contracts'] },
  modules: { mayImport: ['kernel', 'contracts'] },
  demo: { mayImport: ['kernel', 'contracts', 'modules'] },
  wiring: { mayImport: ['kernel', 'contracts', 'modules', 'demo', 'storefront'] },
  simulation: { mayImport: ['kernel', 'contracts', 'modules', 'demo', 'wiring'] },
}
`
