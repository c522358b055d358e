import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, test } from 'vitest'
import { importSettingsSchema, type ImportKind } from '@ecluse/contracts/interchange.ts'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { command } from '../../../kernel/command.ts'
import { systemContext } from '../../../kernel/context.ts'
import { putChannel, putSite } from '../../channels/public.ts'
import { putPlace, verifyStock } from '../../inventory/public.ts'
import { saveProducts } from '../../offers/public.ts'
import type { Issue } from '../domain/issue.ts'
import { exportData } from '../export-data.ts'
import { localFile } from '../local-file.ts'
import type { SourceFile } from '../read-csv.ts'
import { runImport } from '../run-import.ts'

const { db } = await createTestDatabase()
const ctx = systemContext(createTestServices(db), 'test')
const folder = join(
  process.env['ECLUSE_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../../shared/data'),
  'shopify',
)

function file(content: string): SourceFile {
  const bytes = Buffer.from(content)
  return { size: bytes.length, open: () => Readable.from([bytes]) }
}

async function run(kind: ImportKind, source: SourceFile, options: { dryRun?: boolean; settings?: object } = {}) {
  const issues: Issue[] = []
  const settings = importSettingsSchema.parse(options.settings ?? {})
  const result = await runImport(ctx, {
    file: source,
    kind,
    settings,
    dryRun: options.dryRun ?? false,
    onBatch: (_progress, found) => void issues.push(...found),
  })
  return { ...result, issues }
}

const count = async (table: string): Promise<number> =>
  Number((await db.query(`select count(*) as n from ${table}`)).rows[0].n)

beforeAll(async () => {
  await command(ctx, async (tx) => {
    const common = {
      street: '1 rue',
      postalCode: '44000',
      locality: 'Nantes',
      country: 'FR',
      latitude: null,
      longitude: null,
      phone: null,
      timeZone: 'Europe/Paris',
      openingHours: [],
      pickupReadyMinutes: 60,
    }
    const depot = await putSite(ctx, tx, {
      ...common,
      code: 'depot',
      kind: 'warehouse',
      name: 'Dépôt',
      offersPickup: false,
    })
    const shop = await putSite(ctx, tx, { ...common, code: 'nantes', kind: 'shop', name: 'Nantes', offersPickup: true })
    await putPlace(ctx, tx, {
      id: ctx.ids.next(),
      code: 'nantes',
      name: 'Nantes',
      siteId: shop.id,
      shipsParcels: false,
      offersPickup: true,
      priority: 1,
    })
    await putPlace(ctx, tx, {
      id: ctx.ids.next(),
      code: 'depot',
      name: 'Dépôt',
      siteId: depot.id,
      shipsParcels: true,
      offersPickup: false,
      priority: 50,
    })
    for (const code of ['web', 'phone'] as const)
      await putChannel(ctx, tx, {
        code,
        medium: code,
        name: { fr: code, en: code },
        circuit: 'direct',
        siteIds: [],
        sells: true,
      })
    await putChannel(ctx, tx, {
      code: 'app',
      medium: 'mobile',
      name: { fr: 'App', en: 'App' },
      circuit: 'direct',
      siteIds: [],
      sells: false,
    })
  })
})

describe('products', () => {
  const real = ['bicycles.csv', 'apparel.csv'].map((name) => ({ name, path: join(folder, name) }))

  for (const { name, path } of real) {
    const title = `${name} comes in whole, and a second time changes nothing`
    test.skipIf(!existsSync(path))(
      existsSync(path) ? title : `${title} (skipped: no data)`,
      { timeout: 60_000 },
      async () => {
        const before = {
          products: await count('catalog.product'),
          variants: await count('catalog.variant'),
          media: await count('catalog.media'),
        }
        const dry = await run('shopify-products', localFile(path), { dryRun: true, settings: { locale: 'en' } })
        expect(await count('catalog.product')).toBe(before.products)
        expect(await count('catalog.category')).toBe(before.products === 0 ? 0 : await count('catalog.category'))

        const first = await run('shopify-products', localFile(path), { settings: { locale: 'en' } })
        const { counts } = first
        expect(first).toMatchObject({ updated: 0, unchanged: 0, refused: 0, cancelled: false })
        expect(dry).toMatchObject({ created: first.created, warnings: first.warnings, counts })
        expect(counts['lines']).toBe(
          (counts['variantLines'] ?? 0) + (counts['pictureOnlyLines'] ?? 0) + (counts['emptyLines'] ?? 0),
        )
        expect(counts['variantLines']).toBe((counts['variants'] ?? 0) + (counts['variantsRefused'] ?? 0))
        expect(await count('catalog.product')).toBe(before.products + first.created)
        expect(await count('catalog.variant')).toBe(before.variants + (counts['variants'] ?? 0))
        expect(await count('catalog.media')).toBe(before.media + (counts['images'] ?? 0))

        const movements = await count('inventory.stock_movement')
        const events = await count('kernel.outbox')
        const second = await run('shopify-products', localFile(path), { settings: { locale: 'en' } })
        expect(second).toMatchObject({
          created: 0,
          updated: 0,
          unchanged: first.created,
          refused: 0,
          warnings: first.warnings,
        })
        expect(second.counts).toEqual({ ...counts, movements: 0 })
        expect(second.issues).toEqual(first.issues)
        expect(await count('inventory.stock_movement')).toBe(movements)
        expect(await count('kernel.outbox')).toBe(events)
      },
    )
  }

  test('sold stock does not come back with the file, unless it is a count', async () => {
    const csv =
      'Handle,Title,Variant SKU,Variant Price,Variant Inventory Tracker,Variant Inventory Qty\nsold,Sold,SOLD-1,10,shopify,5\n'
    await run('shopify-products', file(csv))
    await run('stock', file('sku,place,quantity\nSOLD-1,depot,3\n'))
    const again = await run('shopify-products', file(csv))
    expect(again).toMatchObject({ unchanged: 1, counts: { movements: 0 } })
    expect(again.issues).toMatchObject([{ code: 'import.stock_kept', values: { onHand: 3, quantity: 5 } }])
    expect(await run('shopify-products', file(csv), { settings: { stock: 'count' } })).toMatchObject({
      counts: { movements: 1 },
    })
  })

  test('lines of a product that are scattered are joined; a translation stays', async () => {
    const csv =
      'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\na-x,A,Size,S,AX-S,1\nb-x,B,,,BX,1\na-x,,,M,AX-M,1\n'
    const joined = await run('shopify-products', file(csv))
    expect(joined).toMatchObject({ created: 2, counts: { variants: 3 } })
    expect(joined.issues).toMatchObject([{ code: 'import.handle_split', line: 4, key: 'a-x' }])
    await command(ctx, async (tx) => {
      await saveProducts(ctx, tx, [
        {
          handle: 'b-x',
          kind: 'physical',
          name: { fr: 'Bé', en: 'B' },
          description: { fr: '', en: '' },
          brand: null,
          vatClass: 'standard',
          categoryCodes: [],
          tags: [],
          attributes: {},
          options: [],
          media: [],
          publications: [],
          seoTitle: null,
          seoDescription: null,
          variants: [
            {
              sku: 'BX',
              gtin: null,
              options: {},
              weightGrams: null,
              price: { amountMinor: 100, currency: 'EUR' },
              compareAtPrice: null,
              mediaIndex: null,
            },
          ],
        },
      ])
    })
    await run('shopify-products', file(csv), { settings: { locale: 'en' } })
    const names = await db.query(`select name_fr, name_en from catalog.product where handle = 'b-x'`)
    expect(names.rows).toEqual([{ name_fr: 'Bé', name_en: 'B' }])
  })

  test('a file that cannot be used writes nothing and says why', async () => {
    const products = await count('catalog.product')
    const good = 'Handle,Title,Variant SKU,Variant Price\nq1,Q,Q1,1\n'
    const cases: [string, object, string][] = [
      ['', {}, 'import.empty'],
      ['Name,Colour\nx,y\n', {}, 'import.columns_missing'],
      [`${good}q2,"open,Q2,1\n`, {}, 'import.broken'],
      [good, { place: 'nowhere' }, 'import.place_missing'],
      [good, { channels: ['app'] }, 'import.channel_missing'],
    ]
    for (const [csv, settings, code] of cases)
      await expect(run('shopify-products', file(csv), { settings })).rejects.toMatchObject({ code })
    expect(await count('catalog.product')).toBe(products)
  })

  test('stops between two batches when asked', async () => {
    const lines = Array.from({ length: 900 }, (_, n) => `stop-${n},Stop ${n},STOP-${n},1`)
    const stop = new AbortController()
    const result = await runImport(ctx, {
      file: file(['Handle,Title,Variant SKU,Variant Price', ...lines].join('\n')),
      kind: 'shopify-products',
      settings: importSettingsSchema.parse({}),
      dryRun: false,
      signal: stop.signal,
      onBatch: () => stop.abort(),
    })
    expect(result).toMatchObject({ cancelled: true, created: 125 })
  })
})

test('postal codes lie where a file says; twice the same is unchanged, and what is no place is refused', async () => {
  const csv =
    'Code postal;Lat;Lon;Pays\n44000;47,218;-1,554;\n75001;48.86;2.34;FR\n44000;47,3;-1,5;\n;1;2;\n69003;91;2;\n'
  expect(await run('postal-places', file(csv))).toMatchObject({ created: 2, refused: 2 })
  expect((await db.query('select * from inventory.postal_place order by postal_code')).rows).toEqual([
    { country: 'FR', postal_code: '44000', latitude: 47.3, longitude: -1.5 },
    { country: 'FR', postal_code: '75001', latitude: 48.86, longitude: 2.34 },
  ])
  expect(await run('postal-places', file(csv))).toMatchObject({ created: 0, updated: 0, refused: 2 })
  expect(await run('postal-places', file('postal_code,latitude,longitude\n75001,48.9,2.34\n'))).toMatchObject({
    created: 0,
    updated: 1,
  })
})

describe('stock and customers', () => {
  test('stock is counted by SKU or GTIN, once for each place', async () => {
    await run(
      'shopify-products',
      file('Handle,Title,Variant SKU,Variant Price,Variant Barcode\ncount-me,C,C-1,1,4006381333931\n'),
    )
    const csv =
      'SKU;GTIN;Lieu;Quantité;Sécurité\nC-1;;depot;7;1\n;4006381333931;nantes;2;\nC-1;;depot;9;\nC-1;;paris;1;\nNO;;depot;1;\nC-1;;nantes;-4;\n\n'
    const first = await run('stock', file(csv))
    expect(first).toMatchObject({ created: 2, refused: 4, counts: { movements: 2, blankLines: 1 } })
    expect(first.issues.map(({ line, code }) => [line, code])).toEqual([
      [4, 'import.repeated'],
      [5, 'import.place_unknown'],
      [7, 'import.value_invalid'],
      [6, 'import.article_unknown'],
    ])
    expect(await run('stock', file(csv))).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
      counts: { movements: 0 },
    })
    expect(await run('stock', file('sku,place,quantity\nC-1,depot,6\n'))).toMatchObject({ updated: 1 })
    expect((await verifyStock(db)).differences).toEqual([])
  })

  test('the way lots are followed comes in with a count, and goes out with it', async () => {
    await run('shopify-products', file('Handle,Title,Variant SKU,Variant Price\nbars,B,B-1,1\nbikes,B,B-2,1\n'))
    const csv = [
      'sku,place,quantity,suivi,jours_min',
      'B-1,depot,4,lot_date,30',
      'B-2,depot,2,Série,',
      'B-2,nantes,1,,',
      'B-1,nantes,1,barrels,',
      'B-1,paris,1,lot,5',
    ].join('\n')
    const first = await run('stock', file(csv))
    expect(first).toMatchObject({ created: 3, refused: 2 })
    expect(first.issues.map(({ line, code, field }) => [line, code, field])).toEqual([
      [5, 'import.value_invalid', 'tracking'],
      [6, 'import.value_invalid', 'minDays'],
      [6, 'import.place_unknown', 'place'],
    ])
    expect(await run('stock', file(csv))).toMatchObject({ created: 0, updated: 0, unchanged: 3, refused: 2 })
    // Which of two units is missing, a file does not tell.
    const fewer = await run('stock', file('sku,place,quantity\nB-2,depot,1\nB-1,depot,3\n'))
    expect(fewer).toMatchObject({ updated: 1, refused: 1, issues: [{ code: 'import.serials_missing', line: 2 }] })
    const written = await text(await exportData(ctx, 'stock'))
    expect(written).toContain('B-1,,depot,3,0,lot_date,30')
    expect(written).toContain('B-2,,depot,2,0,serial,')
    expect(await run('stock', file('sku,place,quantity,tracking\nB-2,depot,1,none\n'))).toMatchObject({ updated: 1 })
    expect((await verifyStock(db)).differences).toEqual([])
  })

  test('customers are recognised, and bad lines told', async () => {
    const csv = [
      'E-mail,Nom,Type,Téléphone,Référence,Rue,Code postal,Ville,Pays,Langue',
      'ana@client.example,Ana Le Bras,,06 39 98 12 34,C1,3 rue du Port,44000,Nantes,FR,fr',
      ',Sans Clé,,,,,,,,',
      'not-an-address,X,,,,,,,,',
      'velo@firme.example,Firme,entreprise,oops,C2,5 rue,,,,en',
    ].join('\n')
    const first = await run('customers', file(csv))
    expect(first).toMatchObject({ created: 2, refused: 2, warnings: 2 })
    expect(first.issues.map(({ line, code }) => [line, code])).toEqual([
      [3, 'import.customer_without_key'],
      [4, 'import.value_invalid'],
      [5, 'import.address_incomplete'],
      [5, 'import.phone_invalid'],
    ])
    expect(await run('customers', file(csv))).toMatchObject({ created: 0, updated: 0, unchanged: 2, refused: 2 })
  })
})

describe('exports', () => {
  test.each(['shopify-products', 'stock', 'customers'] as const)(
    '%s come back unchanged',
    { timeout: 60_000 },
    async (kind) => {
      const dangerous = 'Handle,Title,Variant SKU,Variant Price,Tags\nformula,=HYPERLINK(1),+SKU,1,"-1,@a"\n'
      await run('shopify-products', file(dangerous))
      const movements = await count('inventory.stock_movement')
      const content = await text(await exportData(ctx, kind))
      expect(content.split('\r\n').some((line) => /(?:^|,)"?[=+\-@]/.test(line))).toBe(false)
      const back = await run(kind, file(content), { settings: { stock: 'count' } })
      expect(back).toMatchObject({ created: 0, updated: 0, refused: 0 })
      expect(back.unchanged).toBeGreaterThan(0)
      expect(await count('inventory.stock_movement')).toBe(movements)
      expect(await text(await exportData(ctx, kind))).toBe(content)
    },
  )
})
