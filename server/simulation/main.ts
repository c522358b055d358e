import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../src/kernel/config.ts'
import { startEmbeddedPostgres } from '../src/kernel/embedded-postgres.ts'
import { openLane, quickSettings, type Lane } from './lane.ts'
import { countOf, readArguments } from './read-arguments.ts'
import { simulate } from './simulate.ts'

const usage =
  'npm run simulate -- [--seeds 100] [--from 1] [--steps 60] [--lanes 3] [--themes changing,parcels] [--json]'

/** So many seeds, a few side by side. */
const { seeds, from, steps, lanes, themes, json } = readArguments(usage, process.argv, () => {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '20' },
      from: { type: 'string', default: '1' },
      steps: { type: 'string', default: '60' },
      lanes: { type: 'string', default: String(availableParallelism() + 1) },
      themes: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  return {
    seeds: countOf('seeds', values.seeds),
    from: countOf('from', values.from),
    steps: countOf('steps', values.steps),
    lanes: countOf('lanes', values.lanes),
    themes: values.themes?.split(','),
    json: values.json,
  }
})
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-simulation-'))
const config = readConfig({
  ECLUSE_DATA: join(dataDir, 'server'),
  ECLUSE_DEMO: 'off',
  NODE_ENV: 'test',
  RATE_LIMIT_PER_MINUTE: '100000000',
})
const totals = new Map<string, number>()
const startedAt = performance.now()
let next = from
let held = 0
let events = 0
let failure: unknown

const database = await startEmbeddedPostgres({ dataDir, logger: silent, settings: quickSettings })
try {
  const opened: Lane[] = []
  for (let n = 0; n < Math.min(lanes, seeds); n++) opened.push(await openLane(database, `lane_${n}`))
  await Promise.allSettled(opened.map(liveIn))
  await Promise.all(opened.map((lane) => lane.close()))
} finally {
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
report()
process.exit(failure === undefined ? 0 : 1)

/** Lives one seed after the other until all are lived, or one has failed. */
async function liveIn(lane: Lane): Promise<void> {
  while (next < from + seeds && failure === undefined) {
    const seed = next++
    try {
      const { done, refused, events: happened } = await simulate({ config, ...lane }, seed, steps, themes)
      for (const [name, count] of [...Object.entries(done), ...Object.entries(refused)])
        totals.set(name, (totals.get(name) ?? 0) + count)
      held += 1
      events += happened
      process.stderr.write(`\r${held} of ${seeds} seeds hold`)
      await lane.clear()
    } catch (error) {
      // Whatever it was that broke, this seed lives through it again.
      if (failure === undefined) process.stderr.write(`\nseed ${seed} broke\n`)
      failure ??= error
    }
  }
}

function report(): void {
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  process.stderr.write('\n')
  for (const [name, count] of [...totals].sort(([a], [b]) => a.localeCompare(b)))
    process.stderr.write(`  ${name.padEnd(36)} ${count}\n`)
  if (failure !== undefined) console.error(failure instanceof Error ? (failure.stack ?? failure.message) : failure)
  else if (json)
    console.log(
      JSON.stringify({ simulation: 'shop', seeds, from, steps, seconds, events, acts: Object.fromEntries(totals) }),
    )
  else console.log(`${seeds} seeds held, from ${from}, in ${seconds} s, with ${events} events`)
}
