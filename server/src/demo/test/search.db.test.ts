import type { Locale } from '@ecluse/contracts/scalars.ts'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/kit/database.ts'
import { testConfig } from '../../../test/kit/services.ts'
import { build } from '../../app.ts'
import { systemClock } from '../../kernel/clock.ts'
import { createSetClock } from '../demo-host.ts'
import { openCompany } from '../open-company.ts'
import { writeCatalogue } from '../write-catalogue.ts'

const { db, connectionString } = await createTestDatabase()
const { fastify, wiring, close } = await build({
  config: testConfig(),
  log: pino({ level: 'silent' }),
  db,
  connectionString,
})
afterAll(close)
const today = systemClock.now()
const state = { seed: 1, today: today.toISOString(), done: [], accounts: [] }
const stage = { app: wiring, clock: createSetClock(today), state, today }
await openCompany(stage)
await writeCatalogue(stage)
await wiring.model.refresh()

type Found = { items: { name: string; handle: string }[]; correctedQuery: string | null }

async function firstFound(q: string, locale: Locale = 'fr') {
  const query = new URLSearchParams({ channel: 'web', locale, q, limit: '8' })
  const { items, correctedQuery } = (await fastify.inject({ url: `/api/v1/offers?${query}` })).json<Found>()
  const categoriesOf = (handle: string): readonly string[] =>
    (wiring.model.productByHandle(handle)?.categoryCodes ?? []).flatMap(wiring.model.lineage)
  return {
    correctedQuery,
    names: items.map(({ name }) => name),
    categories: items.map(({ handle }) => categoriesOf(handle)),
  }
}

test.each([
  // What is asked for comes before what is made for it.
  ['velo', 'velos'],
  ['vélos', 'velos'],
  ['velo enfant', 'enfant'],
  ['vélo électrique', 'electriques'],
  ['vélo ville', 'ville'],
  ['vtt', 'vtt'],
  ['casque', 'casques'],
  ['tente', 'tentes'],
  ['pneu', 'pneus'],
  ['selle', 'selles'],
  ['veste', 'vestes'],
  ['gants', 'gants'],
  ['chaussures', 'chaussures'],
  ['antivol', 'antivols'],
  ['pompe', 'pompes'],
  ['éclairage', 'eclairage'],
  ['sac de randonnée', 'sacs'],
])('“%s” finds first what is in “%s”', async (q, category) => {
  const { categories } = await firstFound(q)
  expect(categories.length).toBeGreaterThan(1)
  for (const lineage of categories.slice(0, 3)) expect(lineage).toContain(category)
})

test.each([
  ['cartable', /^Cartable/],
  ['sacoche', /^Sacoche/],
  ['duvet', /^Duvet/],
  ['réchaud', /^Réchaud/],
  ['chambre à air', /^Chambre à air/],
  ['lampe frontale', /^Lampe frontale/],
  ['goélette', /Goélette/],
  ['mini pompe', /^Mini-pompe/],
  ['couvre-chaussures', /^Couvre-chaussures/],
])('“%s” finds first what is called so', async (q, name) => {
  expect((await firstFound(q)).names[0]).toMatch(name)
})

test.each([
  ['velo elecrique', 'fr', 'velo électrique'],
  ['velo electrqiue', 'fr', 'velo électrique'],
  ['sacoche guidn', 'fr', 'sacoche guidon'],
  ['electrc bicycle', 'en', 'electric bicycle'],
] as const)('“%s” (%s) is read as “%s”', async (q, locale, mended) => {
  const { correctedQuery, names } = await firstFound(q, locale)
  expect(correctedQuery).toBe(mended)
  expect(names.length).toBeGreaterThan(0)
})

test.each([
  ['helmet', 'casques'],
  ['tent', 'tentes'],
  ['bicycle', 'velos'],
  // Those who know the article by its French name find it too.
  ['velo', 'velos'],
])('in English, “%s” finds first what is in “%s”', async (q, category) => {
  const { categories } = await firstFound(q, 'en')
  for (const lineage of categories.slice(0, 3)) expect(lineage).toContain(category)
})
