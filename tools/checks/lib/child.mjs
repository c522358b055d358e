import { spawn } from 'node:child_process'
import { lstatSync } from 'node:fs'
import { join } from 'node:path'

/**
 * For compilers written in Go. They end soon: a third of their time went into freeing what their end frees. And what they judge in
 * parallel they judge in part twice: on one core they are as quick here as on two, and leave the other to the tests.
 */
export const goOnOneCore = { GOGC: '400', GOMAXPROCS: '1' }

/**
 * Runs a Node program and collects what it prints.
 * Never rejects on a failing program: the caller judges `status` and the output, and a signal counts as status 1.
 */
export function runNode(args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text) => (output.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (output.stderr += text))
    child.on('error', reject)
    child.on('close', (status) => resolve({ ...output, status: status ?? 1 }))
  })
}

/** The lines of a text that are not blank, without their end spaces. */
export const linesOf = (text) =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')

/** Where a tool may remember what it found clean; undefined where `node_modules` is borrowed from another project. */
export function memoryOf(root, name) {
  const modules = lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })
  return modules?.isDirectory() ? join(root, 'node_modules/.cache/checks', name) : undefined
}
