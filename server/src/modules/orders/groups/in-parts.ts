import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import type { ReadModel } from '../../offers/public.ts'
import { downloadSale, type DownloadSale } from '../downloads/download-sale.ts'
import type { WindowSale } from '../sell-in-window.ts'
import { mixedSale, type MixedSale } from './mixed-sale.ts'

type Placing = {
  readonly model: ReadModel
  readonly sale?: WindowSale | undefined
  readonly drives?: ReadonlyMap<string, WindowSale>
  readonly company?: unknown
  readonly mixed?: MixedSale
  readonly downloads?: DownloadSale
}
type Bought = { readonly lines: readonly { readonly variantId: string }[]; readonly body: PlaceOrderBody }

/**
 * A purchase as it is placed: articles picked up in shops, and files, are parts of their own beside the main way, each with the time it is
 * promised at. Files alone need no address, and are given none even when one is sent; bought at a till they stay in its sale, and are given
 * beside what is carried out. A purchase of goods that goes one way is left as it is.
 * @throws orders.group_wrong, orders.delivery_not_offered, orders.consent_outdated
 */
export function inParts<P extends Placing, B extends Bought>(
  ctx: Ctx,
  placing: P,
  bought: B,
): { placing: P; bought: B } {
  const { model } = placing
  const { lines, body } = bought
  const { delivery, pickups } = body
  if (!lines.some(({ variantId }) => model.isDownload(variantId))) {
    if (delivery.method === 'download') throw refuse('orders.group_wrong')
    return pickups ? { placing: mixed(ctx, placing, body, []), bought } : { placing, bought }
  }
  const files = new Set(lines.flatMap(({ variantId }) => (model.isDownload(variantId) ? [variantId] : [])))
  const downloads = downloadSale(ctx, files, body, placing.company !== undefined)
  if (delivery.method === 'carry_out' && !pickups) return { placing: { ...placing, downloads }, bought }
  if (lines.every(({ variantId }) => files.has(variantId))) {
    if (pickups) throw refuse('orders.group_wrong')
    if (placing.sale) throw refuse('orders.delivery_not_offered')
    const alone = { ...bought, body: { ...body, delivery: { method: 'download' as const } } }
    return { placing: { ...placing, downloads }, bought: alone }
  }
  if (delivery.method === 'download') throw refuse('orders.group_wrong')
  return { placing: { ...mixed(ctx, placing, body, [...files]), downloads }, bought }
}

/** The times of its parts are those of the mixed sale from here on. */
function mixed<P extends Placing>(ctx: Ctx, placing: P, body: PlaceOrderBody, files: readonly string[]): P {
  const times = { main: placing.sale, drives: placing.drives ?? new Map<string, WindowSale>() }
  const sale = mixedSale(ctx, placing.model, body.delivery, body.pickups ?? [], files, times)
  return { ...placing, sale: undefined, mixed: sale }
}

/**
 * The part that is handed into a car, of an order in parts.
 * @throws orders.group_wrong when there are several: nobody stands in two bays
 */
export function driveOf({ delivery, pickups = [] }: PlaceOrderBody): { siteId: string; slotId: string } | undefined {
  const drives = pickups.flatMap(({ siteId, slotId }) => (slotId === undefined ? [] : [{ siteId, slotId }]))
  const main = delivery.method === 'pickup' && delivery.slotId !== undefined ? 1 : 0
  if (drives.length + main > 1) throw refuse('orders.group_wrong')
  return drives[0]
}
