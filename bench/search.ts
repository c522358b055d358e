import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { systemClock } from '../server/src/kernel/clock.ts'
import { readConfig } from '../server/src/kernel/config.ts'
import { systemContext } from '../server/src/kernel/context.ts'
import type { Db } from '../server/src/kernel/db.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../server/src/kernel/embedded-postgres.ts'
import { listOffers, suggestOffers } from '../server/src/modules/offers/list-offers.ts'
import { seededProducts } from '../server/test/kit/seeded-catalogue.ts'
import { seedShop } from '../server/src/modules/offers/test/seeded-shop.ts'
import { wire, type Wiring } from '../server/src/wiring.ts'
import { migratedDatabase } from './lib/migrated-database.ts'
import { printReport, rounded } from './lib/report.ts'

/**
 * Search on the read model at ten thousand products, twelve shops: each question from its words to a page of 24 with its
 * facets, nothing kept from the time before. Bar: 20 ms for the middle of each kind of question.
 */
const products = Number(process.env['BENCH_PRODUCTS'] ?? 10_000)
const seed = Number(process.env['ECLUSE_SEED'] ?? 20_261_122)
const barMs = 20
const rounds = 40

/** Questions as people put them, by kind. */
const questions: Record<string, readonly string[]> = {
  words: ['vélo électrique', 'tente légère mistral', 'chaussures randonnée', 'etagere garage'],
  plural: ['vélos', 'pneus renforcés', 'lampes frontales'],
  typo: ['vléo', 'electrque', 'casqe', 'etagre garage', 'chausures randonee'],
  beginning: ['imperm', 'rando noroit'],
  nothing: ['zzzyx qwrtp'],
  code: ['ART-500-0'],
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const folder = mkdtempSync(join(tmpdir(), 'ecluse-bench-search-'))
const database = await startEmbeddedPostgres({ dataDir: folder, logger: silent })
const { db, app } = await openShop(database)
try {
  const { model, services } = app
  const began = performance.now()
  await model.refresh()
  const loadSeconds = (performance.now() - began) / 1000
  const channel = model.modelChannel('web')
  if (!channel) throw new Error('the seeded shop has a channel of the web')
  const base = { channel: 'web', locale: 'fr', brand: [], option: [], sort: 'relevance', limit: 24 } as const
  const ask = (q?: string) => listOffers(services, model, channel, { ...base, brand: [], option: [], q })
  const figures: Record<string, number> = { products: model.productCount(), load_seconds: rounded(loadSeconds) }
  const measure = async (kind: string, asks: readonly (() => Promise<unknown>)[]): Promise<void> => {
    const times: number[] = []
    for (const one of asks) for (let warm = 0; warm < 5; warm++) await one()
    for (let round = 0; round < rounds; round++)
      for (const one of asks) {
        const start = performance.now()
        await one()
        times.push(performance.now() - start)
      }
    times.sort((a, b) => a - b)
    figures[`${kind}_p50_ms`] = rounded(times[times.length >> 1] ?? NaN)
    figures[`${kind}_p95_ms`] = rounded(times[Math.floor(times.length * 0.95)] ?? NaN)
  }
  for (const [kind, texts] of Object.entries(questions))
    await measure(
      kind,
      texts.map((q) => () => ask(q)),
    )
  const typing = ['casq', 'velo elec', 'chaussures ran'].map(
    (q) => () => suggestOffers(services, model, channel, { locale: 'fr', q }),
  )
  await measure('suggestion', typing)
  const slowest = Math.max(...Object.entries(figures).flatMap(([name, ms]) => (name.endsWith('_p50_ms') ? ms : [])))
  // The whole catalogue without a question is a list, not a search: told, but outside the bar.
  await measure('everything', [() => ask()])
  const found = await ask('vélo électrique')
  if (found.total === 0 || found.facets.length < 4) throw new Error('a search finds and counts')
  printReport({ bench: 'search', ratios: { time: rounded(barMs / slowest) }, figures, seed })
} finally {
  await db.end()
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** A migrated database with a seeded shop, and what a process makes of it. */
async function openShop(embedded: EmbeddedPostgres): Promise<{ db: Db; app: Wiring }> {
  const { db: pool, connectionString } = await migratedDatabase(embedded)
  const config = readConfig({ ECLUSE_DATA: join(folder, 'server') })
  const wiring = wire({ config, db: pool, connectionString, log: pino({ level: 'silent' }), clock: systemClock })
  const catalogue = seededProducts(products, seed, ['web'])
  await seedShop(systemContext(wiring.services, 'bench'), { shops: 12, products: catalogue, seed })
  await pool.query('vacuum analyze')
  return { db: pool, app: wiring }
}
