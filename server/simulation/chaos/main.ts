import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createSeededRng, createSystemRng } from '../../src/kernel/rng.ts'
import { countOf, readArguments } from '../read-arguments.ts'
import { chaos } from './chaos.ts'

const usage = 'npm run chaos -- [--kills 50] [--customers 64] [--seed N] [--json]'

/** Kills the server and its database under customers. */
const { kills, customers, seed, json } = readArguments(usage, process.argv, () => {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '50' },
      customers: { type: 'string', default: '64' },
      seed: { type: 'string', default: String(Math.max(1, createSystemRng().uint32())) },
      json: { type: 'boolean', default: false },
    },
  })
  return {
    kills: countOf('kills', values.kills),
    customers: countOf('customers', values.customers),
    seed: countOf('seed', values.seed),
    json: values.json,
  }
})
const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-chaos-'))
const startedAt = performance.now()
try {
  const report = await chaos({ kills, customers, dataDir, rng: createSeededRng(seed) }, (n, victim) =>
    process.stderr.write(`\r${n} of ${kills}: ${victim.padEnd(8)}`),
  )
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  process.stderr.write('\n')
  for (const wrong of report.broken) console.error(wrong)
  console.error(
    `${report.kills.server} servers and ${report.kills.database} databases killed in ${seconds} s; ${report.answered} orders and reservations, ${report.events} deliveries, seed ${seed}`,
  )
  if (json) console.log(JSON.stringify({ chaos: 'kills', seed, seconds, ...report }))
  process.exitCode = report.broken.length === 0 ? 0 : 1
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
process.exit()
