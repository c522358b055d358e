import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The root of the repository. */
export const root = join(import.meta.dirname, '..', '..')

/** French unless the locale of the terminal is English, as the server decides it. */
const language = /^en(?![a-z])/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')
  ? 'en'
  : 'fr'

const catalogue = JSON.parse(readFileSync(join(root, 'tools', 'messages', `${language}.json`), 'utf8'))

/** A terminal message. Plain substitution and not ICU: these tools run before anything is installed. */
export function text(key, values = {}) {
  const words = catalogue[key]
  if (words === undefined) throw new Error(`no message ${key}`)
  return words.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))
}

/** A failure told in one line, without a stack trace. */
export class ToolError extends Error {}

/** Runs a tool's work: one clear line for what a person can mend, a stack trace for a bug, and a status other than 0 for both. */
export async function runTool(work) {
  try {
    await work()
  } catch (error) {
    console.error(error instanceof ToolError ? error.message : error)
    process.exitCode = 1
  }
}
