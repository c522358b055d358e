import type { Readable } from 'node:stream'
import { Readable as ReadableStream } from 'node:stream'
import type { exportKinds } from '@ecluse/contracts/interchange.ts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { readCustomers } from '../customers/public.ts'
import { listPlaces, listStock, trackingOf } from '../inventory/public.ts'
import { csvLine } from '../../kernel/csv.ts'
import { exportedRecords, exportHeader } from './domain/shopify-export.ts'
import { exportedProducts } from './queries/export-products.ts'
import { writtenTracking } from './follow-lots.ts'
import { stockPlace } from './stock-place.ts'

export type ExportKind = (typeof exportKinds)[number]
export type ExportOptions = {
  /** Code of a place: whose stock, or where products' quantities are read. */
  readonly place?: string | undefined
}

const writers: Readonly<Record<ExportKind, (ctx: Ctx, options: ExportOptions) => AsyncGenerator<string>>> = {
  'shopify-products': exportProducts,
  stock: exportStock,
  customers: exportCustomers,
}

/**
 * Writes data back as CSV in UTF-8, in the form it is imported from; memory stays the same however much there is.
 * @throws inventory.place_not_found
 */
export async function exportData(ctx: Ctx, kind: ExportKind, options: ExportOptions = {}): Promise<Readable> {
  if (options.place !== undefined && !(await listPlaces(ctx.db)).some((place) => place.code === options.place))
    throw refuse('inventory.place_not_found')
  return ReadableStream.from(writers[kind](ctx, options), { objectMode: false, highWaterMark: 65_536 })
}

const firstId = '00000000-0000-0000-0000-000000000000'

async function* exportProducts(ctx: Ctx, { place }: ExportOptions): AsyncGenerator<string> {
  const placeId = await stockPlace(ctx.db, place ?? null)
  yield csvLine(exportHeader)
  for (let afterId = firstId; ;) {
    const page = await exportedProducts(ctx.db, { afterId, placeId, limit: 200 })
    const last = page.at(-1)
    if (!last) return
    yield page.flatMap(exportedRecords).map(csvLine).join('')
    afterId = last.id
  }
}

async function* exportStock(ctx: Ctx, { place }: ExportOptions): AsyncGenerator<string> {
  const places = await listPlaces(ctx.db)
  const codes = new Map(places.map(({ id, code }) => [id, code]))
  const placeId = places.find(({ code }) => code === place)?.id
  yield csvLine(['sku', 'gtin', 'place', 'quantity', 'safety', 'tracking', 'min_days'])
  let after: { sku: string; placeId: string } | undefined
  for (;;) {
    const rows = (await listStock(ctx.db, { locale: 'fr', placeId, after, limit: 1_000 })).slice(0, 1_000)
    const last = rows.at(-1)
    if (!last) return
    const variantIds = [...new Set(rows.map((row) => row.variant_id))]
    const followed = new Map((await trackingOf(ctx.db, variantIds)).map((one) => [one.variantId, one]))
    yield rows
      .map((row) =>
        csvLine([
          row.sku,
          row.gtin,
          codes.get(row.place_id) ?? '',
          String(row.on_hand),
          String(row.safety),
          ...writtenTracking(followed.get(row.variant_id) ?? null),
        ]),
      )
      .join('')
    after = { sku: last.sku, placeId: last.place_id }
  }
}

async function* exportCustomers(ctx: Ctx): AsyncGenerator<string> {
  yield csvLine([
    'email',
    'name',
    'kind',
    'phone',
    'reference',
    'street',
    'street2',
    'postal_code',
    'locality',
    'country',
    'language',
  ])
  let afterId: string | null = null
  for (;;) {
    const page: Awaited<ReturnType<typeof readCustomers>> = await readCustomers(ctx.db, { afterId, limit: 1_000 })
    const last = page.at(-1)
    if (!last) return
    yield page
      .map(({ email, name, kind, phone, reference, address, locale }) =>
        csvLine([
          email,
          name,
          kind,
          phone,
          reference,
          address?.street ?? '',
          address?.street2 ?? '',
          address?.postalCode ?? '',
          address?.locality ?? '',
          address?.country ?? '',
          locale,
        ]),
      )
      .join('')
    afterId = last.id
  }
}
