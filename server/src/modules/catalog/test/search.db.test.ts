import { expect, test } from 'vitest'
import sql from 'sql-template-tag'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { systemContext } from '../../../kernel/context.ts'
import { execute, inTransaction, query } from '../../../kernel/db.ts'
import { migrateJobs } from '../../../kernel/jobs.ts'
import { writeSetting } from '../../../kernel/settings.ts'
import { putChannel } from '../../channels/public.ts'
import { seededProducts } from '../../../../test/kit/seeded-catalogue.ts'
import { askForIndex, rebuildOldIndex } from '../jobs/rebuild-old-index.ts'
import { searchProducts, writeProducts } from '../public.ts'
import { isIndexOld } from '../rebuild-index.ts'

const { db } = await createTestDatabase()
const ctx = systemContext(createTestServices(db), 'test')
await migrateJobs(db)

const names = [
  { fr: 'Vélo Pampero', en: 'Pampero bicycle' },
  { fr: 'Sac à dos Noroît', en: 'Noroît rucksack' },
  { fr: 'Tente Cers', en: 'Cers tent' },
  { fr: 'VTT Bora', en: 'Bora hardtail' },
]
const products = seededProducts(names.length, 7, ['web']).map((product, nth) => ({
  ...product,
  name: names[nth] ?? { fr: '', en: '' },
  description: { fr: '', en: '' },
  categoryCodes: [],
  tags: [],
}))
const written = await inTransaction(db, async (tx) => {
  const web = { code: 'web', medium: 'web', name: { fr: 'Site', en: 'Site' }, circuit: 'direct', siteIds: [] } as const
  await putChannel(ctx, tx, { ...web, siteIds: [], sells: true })
  return writeProducts(ctx, tx, products)
})
const nameOf = new Map(written.map(({ productId }, nth) => [productId, names[nth]?.fr]))

async function search(locale: Locale, q: string): Promise<{ found: string[]; correctedQuery: string | null }> {
  return searchProducts(db, { locale, q, pick: (id) => nameOf.get(id) })
}

test('an article is found by the other names of what it is, in both languages', async () => {
  for (const q of ['bicyclette', 'cycles', 'bike']) expect((await search('fr', q)).found[0], q).toBe('Vélo Pampero')
  for (const q of ['bike', 'bikes', 'bicycle']) expect((await search('en', q)).found[0], q).toBe('Vélo Pampero')
  expect((await search('fr', 'backpack')).found).toEqual(['Sac à dos Noroît'])
  expect((await search('en', 'backpack noroit')).found).toEqual(['Sac à dos Noroît'])
  expect((await search('fr', 'mountain bike')).found).toEqual(['VTT Bora'])
  expect((await search('en', 'mountain bike')).found).toEqual(['VTT Bora'])
})

test('letters that changed places are put right, in short words too', async () => {
  expect(await search('fr', 'vléo')).toEqual({
    found: expect.arrayContaining(['Vélo Pampero']),
    correctedQuery: 'vélo',
  })
  expect(await search('fr', 'tetne')).toEqual({ found: ['Tente Cers'], correctedQuery: 'tente' })
  expect(await search('en', 'tnet')).toEqual({ found: ['Tente Cers'], correctedQuery: 'tent' })
  expect((await search('fr', 'zzqx')).found).toEqual([])
})

test('an index made by other rules is made again at the next start, once', async () => {
  const jobs = async () =>
    (await query(db, sql`select key from graphile_worker.jobs where task_identifier = ${rebuildOldIndex.name}`)).length
  await inTransaction(db, (tx) => writeSetting(tx, 'catalog.search_rules', 'older'))
  await execute(db, sql`update catalog.search_document set french = '', english = ''`)
  expect((await search('fr', 'bicyclette')).found).toEqual([])
  await askForIndex(db)
  await askForIndex(db)
  expect(await jobs()).toBe(1)
  await rebuildOldIndex.run(ctx, {})
  expect((await search('fr', 'bicyclette')).found[0]).toBe('Vélo Pampero')
  expect(await isIndexOld(db)).toBe(false)
  await execute(db, sql`select graphile_worker.remove_job(${rebuildOldIndex.name})`)
  await askForIndex(db)
  expect(await jobs()).toBe(0)
})
