import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * The checks: tools that run as processes of their own, in turn, and what reads the sources here and shares what it parsed.
 * The table of routes and refusals (made from OpenAPI) and the checks of the migrated database (how tables spread, drift)
 * need a running server: they are tests, in `server/test/`.
 */
const inOwnProcess = ['types', 'lint', 'format', 'dead-code']
const inThisProcess = ['graph', 'tidy', 'sql', 'translations', 'errors', 'dependencies', 'markdown', 'ratchet']
const names = [...inOwnProcess, ...inThisProcess]

function usage() {
  console.log(`Usage: npm run check [-- NAME…]\n\nRuns the checks, all of them unless named:\n  ${names.join('\n  ')}`)
}

async function runOne(name) {
  const start = performance.now()
  const { run } = await import(`./checks/${name}.mjs`)
  const { failures, counted } = await run(root).catch((cause) => ({
    failures: [`tools/checks/${name}.mjs:1 the check itself broke: ${cause instanceof Error ? cause.stack : cause}`],
    counted: 0,
  }))
  const verdict = failures.length === 0 ? 'ok    ' : 'FAILED'
  console.log(
    `${verdict} ${name.padEnd(13)} ${String(counted).padStart(6)} looked at ${String(Math.round(performance.now() - start)).padStart(6)} ms`,
  )
  for (const failure of failures) console.log(`  ${failure}`)
  return failures.length === 0
}

async function inTurn(queue) {
  const results = []
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) results.push(await runOne(name))
  return results
}

async function main(asked) {
  if (asked.some((name) => name.startsWith('-'))) return usage()
  const unknown = asked.filter((name) => !names.includes(name))
  if (unknown.length > 0) {
    console.error(`No check is called ${unknown.join(', ')}. There are: ${names.join(', ')}`)
    process.exitCode = 2
    return
  }
  const chosen = names.filter((name) => asked.length === 0 || asked.includes(name))
  // One line of processes, and this process beside it: two cores are busy and none is fought over.
  const results = await Promise.all([
    inTurn(inOwnProcess.filter((name) => chosen.includes(name))),
    inTurn(inThisProcess.filter((name) => chosen.includes(name))),
  ])
  const passed = results.flat().filter(Boolean).length
  console.log(`${passed} passed, ${chosen.length - passed} failed`)
  process.exitCode = passed === chosen.length ? 0 : 1
}

await main(process.argv.slice(2))
