import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './lib/browser.mjs'
import { run, runNode } from './lib/child.mjs'
import { ensureInstalled, requireNode } from './lib/install.mjs'
import { root, runTool, text } from './lib/text.mjs'

const countLine = /^(\d+) passed, (\d+) failed\n?$/m
const report = join(root, '.cache', 'vitest.json')

/**
 * Gets the packages and the browser, then builds, while the checks begin; these give way to everything else, and end while tests run,
 * which wait for their database and their browser often enough. All speak at once, so each keeps its words together.
 */
async function prepare() {
  const [browser] = await Promise.all([ensureChromium(), ensureInstalled()])
  const checks = captured([join(root, 'tools', 'check.mjs')], 10)
  const built = await captured([join(root, 'tools', 'build.mjs')])
  process.stdout.write(built.output)
  return { browser, built, checks }
}

/** Says what the checks found. They end with their own count, which goes into ours; those that ended without one have failed. */
function tellChecks({ status, output }) {
  process.stdout.write(output.replace(countLine, ''))
  const [, passed, failed] = output.match(countLine) ?? ['', '0', '0']
  return { passed: Number(passed), failed: Number(failed) === 0 && status !== 0 ? 1 : Number(failed) }
}

/** Runs the tests, or those named on the command line, and reads how many passed from vitest's own report. */
async function runTests(args) {
  mkdirSync(join(root, '.cache'), { recursive: true })
  rmSync(report, { force: true })
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const status = await runNode([vitest, 'run', ...reporters, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const told = JSON.parse(readFileSync(report, 'utf8'))
  // A file that cannot even be loaded fails without any of its tests being counted.
  const unloadable = told.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  )
  const counted = told.numFailedTests + unloadable.length
  const failed = counted === 0 && status !== 0 ? 1 : counted
  const { numPassedTests: passed, numPendingTests: skipped } = told
  return { passed, failed, skipped }
}

/** The browser tests need one; where the system's packages can be installed, they bring it. Answers whether there is one. */
async function ensureChromium() {
  if (findChromium() !== null) return true
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  console.log(text('test.installing_browser'))
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  await run('apt-get', ['update', '-qq'], options)
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell'], options)
  return findChromium() !== null
}

/** Runs a Node program, less eagerly the more it is `nice`, and keeps what it says. */
function captured(args, nice = 0) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    if (nice > 0 && child.pid !== undefined) setPriority(child.pid, nice)
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (words) => (output += words))
    child.on('error', reject)
    child.on('close', (status) => resolve({ status: status ?? 1, output }))
  })
}

/**
 * `npm test`: installs what is missing, builds what is stale, runs every test and meanwhile every check, and ends with one line
 * that counts them all. Arguments are passed to vitest (`npm test -- --project unit`).
 */
await runTool(async () => {
  requireNode()
  const { browser, built, checks: checking } = await prepare()
  if (!browser) console.error(text('test.no_browser'))
  const tests = built.status === 0 ? await runTests(process.argv.slice(2)) : { passed: 0, failed: 1, skipped: 0 }
  const checks = tellChecks(await checking)
  const passed = checks.passed + tests.passed
  const failed = checks.failed + tests.failed + (browser ? 0 : 1)
  process.exitCode = failed > 0 || tests.passed === 0 ? 1 : 0
  console.log(`${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`)
})
