import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SegmentCondition, SegmentRule } from '@ecluse/contracts/segments.ts'
import { pino } from 'pino'
import { systemClock } from '../server/src/kernel/clock.ts'
import { readConfig } from '../server/src/kernel/config.ts'
import { systemContext, type Ctx } from '../server/src/kernel/context.ts'
import { inTransaction } from '../server/src/kernel/db.ts'
import { startEmbeddedPostgres } from '../server/src/kernel/embedded-postgres.ts'
import { recordInteractions } from '../server/src/modules/customers/public.ts'
import { fillSegment, followCustomers, followTime } from '../server/src/modules/engagement/segments/keep-segments.ts'
import { countOf, countInOrder } from '../server/src/modules/engagement/segments/queries/segments.ts'
import { createSegment } from '../server/src/modules/engagement/segments/write-segment.ts'
import { wire } from '../server/src/wiring.ts'
import { migratedDatabase } from './lib/migrated-database.ts'
import { makeYearsOfInteractions } from './lib/years-of-interactions.ts'
import { printReport, rounded } from './lib/report.ts'

/**
 * Segments of a million customers with twenty million interactions: how long the first count takes, how soon an event moves its
 * customer, what a change costs as it grows, and how long a look at what time alone moves takes.
 */
const size = {
  customers: Number(process.env['BENCH_CUSTOMERS'] ?? 1_000_000),
  interactions: Number(process.env['BENCH_INTERACTIONS'] ?? 20_000_000),
}
const seed = Number(process.env['ECLUSE_SEED'] ?? 20_261_122)
const bars = { firstCountSeconds: 5, membershipSeconds: 1, expirySeconds: 60 }

const all = (...conditions: SegmentCondition[]): SegmentRule => ({
  match: 'all',
  groups: [{ match: 'all', conditions }],
})
const did = { type: 'did', not: false, atLeast: 1 } as const

/** What marketers ask: lately, loyal and gone, worth much, and many things at once. */
const rules: Readonly<Record<string, SegmentRule>> = {
  lately: all({ ...did, what: 'order', withinDays: 30 }),
  gone: all({ ...did, what: 'order', atLeast: 3 }, { ...did, not: true, what: 'order', withinDays: 365 }),
  worth: all({ ...did, what: 'order', withinDays: 365, worthAtLeastMinor: 50_000 }),
  mixed: {
    match: 'any',
    groups: [
      {
        match: 'all',
        conditions: [
          { ...did, what: 'purchase', atLeast: 5, channelCodes: ['web'] },
          { type: 'postal_code', not: false, startsWith: ['44', '35'] },
        ],
      },
      { match: 'all', conditions: [{ ...did, what: 'return', atLeast: 2, withinDays: 180 }] },
    ],
  },
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const folder = mkdtempSync(join(tmpdir(), 'ecluse-bench-segments-'))
const database = await startEmbeddedPostgres({ dataDir: folder, logger: silent })
const { db, connectionString } = await migratedDatabase(database)
try {
  const config = readConfig({ ECLUSE_DATA: join(folder, 'server') })
  const { services } = wire({ config, db, connectionString, log: pino({ level: 'silent' }), clock: systemClock })
  const ctx = systemContext(services, 'bench')
  const began = performance.now()
  const customers = await makeYearsOfInteractions(db, size, ctx.clock.now())
  const figures: Record<string, number> = { ...size, prepare_seconds: since(began) }
  const segments: string[] = []
  for (const [name, rule] of Object.entries(rules)) {
    const from = performance.now()
    const { count } = await inTransaction(db, async (tx) => {
      await countInOrder(tx)
      return countOf(tx, rule, ctx.clock.now())
    })
    figures[`count_${name}_seconds`] = since(from)
    figures[`count_${name}`] = count
    const filling = performance.now()
    const { id } = await inTransaction(db, (tx) => createSegment(ctx, tx, { name, description: '', rule }))
    await fillSegment(ctx, id)
    figures[`fill_${name}_seconds`] = since(filling)
    segments.push(id)
  }
  await db.query('analyze engagement.segment_member')
  const one = await changes(ctx, customers, 1)
  const hundred = await changes(ctx, customers, 100)
  const thousands = await changes(ctx, customers, 1_000)
  const expiring = performance.now()
  await followTime(ctx)
  const expiry = since(expiring)
  const slowest = Math.max(...Object.keys(rules).map((name) => figures[`count_${name}_seconds`] ?? NaN))
  printReport({
    bench: 'segments',
    ratios: {
      first_count: rounded(bars.firstCountSeconds / slowest),
      membership: rounded(bars.membershipSeconds / (one / 1000)),
      expiry: rounded((bars.expirySeconds - 30) / expiry),
      // A thousand changes cost no more than a thousand times one, and less, for they share statements.
      change_grows: rounded(thousands / (one * 1_000)),
    },
    figures: {
      ...figures,
      change_one_ms: rounded(one),
      change_hundred_ms: rounded(hundred),
      change_thousand_ms: rounded(thousands),
      expiry_seconds: expiry,
    },
    seed,
  })
} finally {
  await db.end()
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)

/** The middle of the times it takes until the orders of so many customers have moved them, in milliseconds. */
async function changes(ctx: Ctx, customers: readonly string[], many: number): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 9; round++) {
    const chosen = customers.slice(round * many, (round + 1) * many)
    const from = performance.now()
    await inTransaction(ctx.db, (tx) =>
      recordInteractions(
        ctx,
        tx,
        chosen.map((partyId) => ({
          partyId,
          kind: 'order' as const,
          at: ctx.clock.now(),
          id: ctx.ids.next(),
          channelCode: 'web',
          valueMinor: 60_000n,
        })),
      ),
    )
    await followCustomers(ctx, chosen, ['order'])
    times.push(performance.now() - from)
  }
  return times.sort((a, b) => a - b)[4] ?? NaN
}

function since(from: number): number {
  return rounded((performance.now() - from) / 1000)
}
