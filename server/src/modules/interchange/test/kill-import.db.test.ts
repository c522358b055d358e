import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { importSettingsSchema } from '@ecluse/contracts/interchange.ts'
import { bundled } from '../../../../simulation/bundled.ts'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { command } from '../../../kernel/command.ts'
import { systemContext, type Ctx } from '../../../kernel/context.ts'
import { putChannel, putSite } from '../../channels/public.ts'
import { putPlace, verifyStock } from '../../inventory/public.ts'
import { localFile } from '../local-file.ts'
import { runImport } from '../run-import.ts'

const folder = mkdtempSync(join(tmpdir(), 'ecluse-kill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = join(folder, 'products.csv')
const products = 800
const header =
  'Handle,Title,Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Tracker,Variant Inventory Qty'
const lines = Array.from({ length: products }, (_, n) => [
  `kill-${n},Produit ${n},Type ${n % 9},"a, b",Taille,S,K-${n}-S,${n % 80}.90,shopify,${n % 7}`,
  `kill-${n},,,,,M,K-${n}-M,${n % 80}.90,shopify,${n % 5}`,
])
writeFileSync(path, [header, ...lines.flat()].join('\n'))

async function openShop(): Promise<{ ctx: Ctx; connectionString: string }> {
  const { db, connectionString } = await createTestDatabase()
  const ctx = systemContext(createTestServices(db), 'test')
  await command(ctx, async (tx) => {
    const site = await putSite(ctx, tx, {
      code: 'depot',
      kind: 'warehouse',
      name: 'Dépôt',
      street: '1 rue',
      postalCode: '44000',
      locality: 'Nantes',
      country: 'FR',
      latitude: null,
      longitude: null,
      phone: null,
      timeZone: 'Europe/Paris',
      openingHours: [],
      offersPickup: false,
      pickupReadyMinutes: 0,
    })
    await putPlace(ctx, tx, {
      id: ctx.ids.next(),
      code: 'depot',
      name: 'Dépôt',
      siteId: site.id,
      shipsParcels: true,
      offersPickup: false,
      priority: 1,
    })
    await putChannel(ctx, tx, {
      code: 'web',
      medium: 'web',
      name: { fr: 'Web', en: 'Web' },
      circuit: 'direct',
      siteIds: [],
      sells: true,
    })
  })
  return { ctx, connectionString }
}

async function importAll(ctx: Ctx) {
  return runImport(ctx, {
    file: localFile(path),
    kind: 'shopify-products',
    settings: importSettingsSchema.parse({}),
    dryRun: false,
  })
}

/** Everything the import writes, without identifiers and times. */
async function stateOf({ db }: Ctx): Promise<unknown> {
  const { rows } = await db.query(`
    select p.handle, p.name_fr, p.tags, p.options, p.revision, array_agg(c.code) as categories,
      (select json_agg(json_build_array(v.sku, v.options, v.position, pr.amount_minor,
          (select coalesce(sum(m.quantity), 0) from inventory.stock_movement m where m.variant_id = v.id),
          (select count(*) from inventory.stock_movement m where m.variant_id = v.id)) order by v.position)
        from catalog.variant v join pricing.price pr on pr.variant_id = v.id where v.product_id = p.id) as variants
    from catalog.product p left join catalog.product_category pc on pc.product_id = p.id left join catalog.category c on c.id = pc.category_id
    group by p.id order by p.handle`)
  return rows
}

test(
  'an import killed in the middle and begun again ends as if nothing had happened',
  { timeout: 120_000 },
  async () => {
    const killed = await openShop()
    const program = await bundled(new URL('import-child.ts', import.meta.url))
    const child = fork(program, [killed.connectionString, path], { execArgv: [] })
    const [first] = (await once(child, 'message')) as [{ created: number }]
    child.kill('SIGKILL')
    await once(child, 'exit')
    const written = Number((await killed.ctx.db.query('select count(*) as n from catalog.product')).rows[0].n)
    expect(first.created).toBeGreaterThan(0)
    expect(written).toBeLessThan(products)

    const resumed = await importAll(killed.ctx)
    expect(resumed.created + resumed.unchanged).toBe(products)
    expect(resumed).toMatchObject({ unchanged: written, updated: 0, refused: 0 })

    const whole = await openShop()
    await importAll(whole.ctx)
    expect(await stateOf(killed.ctx)).toEqual(await stateOf(whole.ctx))
    expect((await verifyStock(killed.ctx.db)).differences).toEqual([])
  },
)
