import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ApiError } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { createTestShop } from '../../../../test/kit/shop.ts'
import { resumeImports, runImports } from '../jobs/run-imports.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'ecluse-uploads-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const { ctx, clock, asStaff, visitor } = await createTestShop(
  { products: 2, unitsPerPlace: 5 },
  { config: { dataDir } },
)
const staff = asStaff()
const uploads = (): string[] => (existsSync(join(dataDir, 'uploads')) ? readdirSync(join(dataDir, 'uploads')) : [])

const csv = 'Handle,Title,Variant SKU,Variant Price,Variant Barcode\nroute-a,A,R-A,10,12\nroute-b,B,R-B,ten,\n'

function form(fields: Record<string, string>, content = csv, first = false): FormData {
  const data = new FormData()
  const file = new File([content], 'C:\\Exports\\produits.csv', { type: 'text/csv' })
  if (first) data.append('file', file)
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  if (!first) data.append('file', file)
  return data
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof ApiError ? `${error.problem.status} ${error.problem.code}` : `not refused: ${String(error)}`
}

describe('imports by the API', () => {
  test('are uploaded, worked off, and reported line by line', async () => {
    const started = await staff(
      endpoints.startImport,
      {},
      { form: form({ kind: 'shopify-products', locale: 'en' }, csv, true) },
    )
    expect(started).toMatchObject({ state: 'waiting', fileName: 'produits.csv', bytesTotal: csv.length, dryRun: false })
    expect(uploads()).toEqual([`${started.id}.csv`])
    await runImports.run(ctx, { importId: started.id })
    const done = await staff(endpoints.getImport, { params: { importId: started.id } })
    expect(done).toMatchObject({
      state: 'done',
      created: 1,
      refused: 1,
      refusedLines: 2,
      warnings: 1,
      bytesRead: csv.length,
      error: null,
    })
    expect(done.counts).toMatchObject({ lines: 2, variantLines: 2, variants: 1, variantsRefused: 1 })
    expect(uploads()).toEqual([])
    const params = { importId: started.id }
    const page = await staff(endpoints.listImportIssues, { params, query: { limit: 2 } })
    expect(page.items.map(({ line, severity, key, code }) => [line, severity, key, code])).toEqual([
      [2, 'warning', 'route-a', 'import.gtin_invalid'],
      [3, 'refused', 'route-b', 'import.price_invalid'],
    ])
    expect(page.items[1]?.message).toContain('ten')
    const rest = await staff(endpoints.listImportIssues, { params, query: { limit: 2, cursor: page.nextCursor ?? '' } })
    expect(rest.items.map(({ code }) => code)).toEqual(['import.no_variant'])
    const refused = await staff(endpoints.listImportIssues, { params, query: { severity: 'refused' } })
    expect(refused.items).toHaveLength(2)
    expect((await staff(endpoints.listImports, { query: {} })).items[0]?.id).toBe(started.id)
  })

  test('the same key is the same import; a dry run keeps nothing', async () => {
    const options = () => ({
      form: form({ kind: 'shopify-products', dryRun: 'true' }, csv.replaceAll('route-', 'dry-').replaceAll('R-', 'D-')),
      idempotencyKey: 'import-key-1',
    })
    const first = await staff(endpoints.startImport, {}, options())
    const again = await staff(endpoints.startImport, {}, options())
    expect(again.id).toBe(first.id)
    expect(uploads()).toEqual([`${first.id}.csv`])
    await runImports.run(ctx, { importId: first.id })
    expect(await staff(endpoints.getImport, { params: { importId: first.id } })).toMatchObject({
      state: 'done',
      created: 1,
      dryRun: true,
    })
    const kept = await ctx.db.query(`select 1 from catalog.product where handle like 'dry-%'`)
    expect(kept.rowCount).toBe(0)
  })

  test('can be cancelled, once', async () => {
    const { id } = await staff(endpoints.startImport, {}, { form: form({ kind: 'shopify-products' }) })
    const params = { importId: id }
    expect(await staff(endpoints.cancelImport, { params })).toMatchObject({ state: 'cancelled' })
    expect(uploads()).toEqual([])
    await runImports.run(ctx, params)
    expect(await staff(endpoints.getImport, { params })).toMatchObject({ state: 'cancelled', created: 0 })
    expect(await refusal(staff(endpoints.cancelImport, { params }))).toBe('409 interchange.already_finished')
  })

  test('a run whose process died is begun again; one that is alive is left alone', async () => {
    const { id } = await staff(endpoints.startImport, {}, { form: form({ kind: 'shopify-products' }) })
    const now = ctx.clock.now()
    await ctx.db.query(
      `update interchange.import_run set state = 'running', runner = gen_random_uuid(), heartbeat_at = $2 where id = $1`,
      [id, now],
    )
    await runImports.run(ctx, { importId: id })
    expect(await staff(endpoints.getImport, { params: { importId: id } })).toMatchObject({
      state: 'running',
      unchanged: 0,
    })
    clock.set(new Date(now.getTime() + 120_000))
    await resumeImports.run(ctx, {})
    const jobs = await ctx.db.query(
      `select key from graphile_worker.jobs where task_identifier = 'interchange.run-import'`,
    )
    expect(jobs.rows.map((row) => row.key)).toContain(`interchange.run-import:${id}`)
    await runImports.run(ctx, { importId: id })
    expect(await staff(endpoints.getImport, { params: { importId: id } })).toMatchObject({
      state: 'done',
      unchanged: 1,
      refused: 1,
    })
  })

  test('say what is wrong with the file or the form', async () => {
    const { id } = await staff(endpoints.startImport, {}, { form: form({ kind: 'stock' }, 'colour\nred\n') })
    await runImports.run(ctx, { importId: id })
    const failed = await staff(endpoints.getImport, { params: { importId: id } })
    expect(failed).toMatchObject({ state: 'failed', error: expect.stringContaining('quantity') })
    const none = new FormData()
    none.append('kind', 'stock')
    expect(await refusal(staff(endpoints.startImport, {}, { form: none }))).toBe('422 interchange.no_file')
    for (const fields of [
      { kind: 'poems' },
      {},
      { kind: 'stock', dryRun: 'maybe' },
      { kind: 'stock', colour: 'red' },
      { kind: 'stock', stock: 'all' },
    ])
      expect(await refusal(staff(endpoints.startImport, {}, { form: form(fields as Record<string, string>) }))).toBe(
        '400 kernel.invalid_input',
      )
    expect(await refusal(staff(endpoints.startImport, {}))).toBe('415 kernel.unsupported_media_type')
    expect(await refusal(staff(endpoints.getImport, { params: { importId: ctx.ids.next() } }))).toBe(
      '404 interchange.not_found',
    )
    expect(await refusal(visitor(endpoints.startImport, {}, { form: form({ kind: 'stock' }) }))).toBe(
      '401 access.not_signed_in',
    )
    expect(await refusal(asStaff(['catalog:read'])(endpoints.listImports, { query: {} }))).toBe('403 access.forbidden')
    expect(uploads()).toEqual([])
  })
})

describe('exports by the API', () => {
  test('answer CSV to be saved', async () => {
    const content = await staff(endpoints.exportData, { params: { kind: 'stock' }, query: {} })
    expect(String(content).split('\r\n')[0]).toBe('sku,gtin,place,quantity,safety,tracking,min_days')
    expect(await refusal(staff(endpoints.exportData, { params: { kind: 'stock' }, query: { place: 'nowhere' } }))).toBe(
      '404 inventory.place_not_found',
    )
  })
})
