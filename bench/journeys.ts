import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { journeyGraphSchema } from '@ecluse/contracts/journey-graph.ts'
import { journeySettingsSchema } from '@ecluse/contracts/journeys.ts'
import { pino } from 'pino'
import { readConfig } from '../server/src/kernel/config.ts'
import { systemContext } from '../server/src/kernel/context.ts'
import { inTransaction } from '../server/src/kernel/db.ts'
import { startEmbeddedPostgres } from '../server/src/kernel/embedded-postgres.ts'
import { takeIntakes } from '../server/src/modules/engagement/journeys/enter-people.ts'
import { runBatch } from '../server/src/modules/engagement/journeys/run-journeys.ts'
import { createJourney, publishJourney } from '../server/src/modules/engagement/journeys/write-journey.ts'
import { fillSegment } from '../server/src/modules/engagement/segments/keep-segments.ts'
import { createSegment } from '../server/src/modules/engagement/segments/write-segment.ts'
import { wire } from '../server/src/wiring.ts'
import { makeConsentingPeople } from './lib/consenting-people.ts'
import { migratedDatabase } from './lib/migrated-database.ts'
import { printReport, rounded } from './lib/report.ts'
import { stepFloor } from './lib/step-floor.ts'

/**
 * How many steps of a journey are made in a second: a test, a message, a choice between two media and hours, waits and a question, with
 * consents, caps, hold-outs and everything that is written of them; beside the least a step can cost, which is a row changed and a
 * row added, in batches as large, on the same server in the same minutes.
 */
const size = Number(process.env['BENCH_PEOPLE'] ?? 20_000)
const seed = Number(process.env['ECLUSE_SEED'] ?? 20_261_122)
const bar = 1_000

const words = { title: { fr: 'Votre vélo', en: '' }, text: { fr: 'Bonjour.', en: '' }, link: null }
const candidate = (key: string, medium: 'email' | 'sms', hours: number[]) => ({
  key,
  medium,
  hours,
  content: words,
  valueMinor: 2_000,
})
const graphOf = (segmentId: string) =>
  journeyGraphSchema.parse({
    nodes: [
      { id: 'in', type: 'entry', by: { kind: 'segment', segmentId, when: 'now' } },
      {
        id: 'essai',
        type: 'test',
        cells: [
          { key: 'a', weight: 1 },
          { key: 'b', weight: 1 },
        ],
      },
      { id: 'un', type: 'message', medium: 'email', content: words },
      {
        id: 'choix',
        type: 'decision',
        candidates: [candidate('mail', 'email', [9, 18]), candidate('texto', 'sms', [12])],
      },
      { id: 'pause', type: 'wait', until: { kind: 'duration', minutes: 1_440 } },
      { id: 'achat', type: 'branch', on: { kind: 'did', what: 'order' } },
      { id: 'deux', type: 'message', medium: 'email', content: words },
      { id: 'out', type: 'exit' },
      { id: 'but', type: 'goal', what: 'order' },
    ],
    edges: [
      { from: 'in', port: 'next', to: 'essai' },
      { from: 'essai', port: 'a', to: 'un' },
      { from: 'essai', port: 'b', to: 'choix' },
      { from: 'un', port: 'next', to: 'pause' },
      { from: 'choix', port: 'next', to: 'pause' },
      { from: 'pause', port: 'next', to: 'achat' },
      { from: 'achat', port: 'yes', to: 'out' },
      { from: 'achat', port: 'no', to: 'deux' },
      { from: 'deux', port: 'next', to: 'out' },
    ],
  })

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const folder = mkdtempSync(join(tmpdir(), 'ecluse-bench-journeys-'))
const database = await startEmbeddedPostgres({ dataDir: folder, logger: silent })
const { db, connectionString } = await migratedDatabase(database)
try {
  const config = readConfig({ ECLUSE_DATA: join(folder, 'server') })
  // A Tuesday morning in business hours: quiet hours would only make everybody wait.
  let now = Date.parse('2026-03-03T09:00:00Z')
  const clock = { now: () => new Date(now) }
  const { services } = wire({ config, db, connectionString, log: pino({ level: 'silent' }), clock })
  const ctx = systemContext(services, 'bench')
  await makeConsentingPeople(db, size, clock.now())
  const rule = {
    match: 'all',
    groups: [{ match: 'all', conditions: [{ type: 'reachable', not: false, by: 'email' }] }],
  } as const
  const segment = await inTransaction(db, (tx) =>
    createSegment(ctx, tx, { name: 'Tous', description: '', rule: structuredClone(rule) as never }),
  )
  await fillSegment(ctx, segment.id)
  const settings = journeySettingsSchema.parse({ heldOutPercent: 10 })
  const journey = await inTransaction(db, (tx) =>
    createJourney(ctx, tx, { name: 'Mesure', description: '', graph: graphOf(segment.id), settings }),
  )
  const asked = { revision: 1, people: 'stay', instead: {} } as const
  await inTransaction(db, (tx) => publishJourney(ctx, tx, journey.id, asked))
  const entering = performance.now()
  await takeIntakes(ctx)
  const enterSeconds = since(entering)
  await db.query('analyze')
  const media = new Set(['email', 'sms'] as const)
  const cpuBefore = process.cpuUsage()
  const stepping = performance.now()
  for (let day = 0; day < 3; day++) {
    while ((await runBatch(ctx, media)) !== 0);
    now += 25 * 3_600_000
  }
  const seconds = since(stepping)
  const cpu = process.cpuUsage(cpuBefore)
  const count = async (table: 'journey_step' | 'contact' | 'contact_decision') => {
    const texts = {
      journey_step: 'select count(*)::int as n from engagement.journey_step',
      contact: 'select count(*)::int as n from engagement.contact',
      contact_decision: 'select count(*)::int as n from engagement.contact_decision',
    }
    return (await db.query<{ n: number }>(texts[table])).rows[0]?.n ?? 0
  }
  const steps = await count('journey_step')
  const perSecond = steps / seconds
  const floor = await stepFloor(db, size)
  printReport({
    bench: 'journeys',
    ratios: { journeys: rounded(perSecond / floor), to_bar: rounded(perSecond / bar) },
    figures: {
      people: size,
      steps,
      steps_per_s: Math.round(perSecond),
      floor_per_s: Math.round(floor),
      decisions: await count('contact_decision'),
      contacts: await count('contact'),
      enter_seconds: enterSeconds,
      step_seconds: seconds,
      node_cpu_ms_per_step: rounded((cpu.user + cpu.system) / 1_000 / steps),
    },
    seed,
  })
} finally {
  await db.end()
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)

function since(from: number): number {
  return rounded((performance.now() - from) / 1000)
}
