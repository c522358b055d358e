import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import type { ReadModel } from '../../offers/public.ts'
import type { DraftOrder } from '../draft-order.ts'
import { mixedSale, type MixedSale } from '../groups/mixed-sale.ts'
import { consentStatement, consentVersion, givenWithoutConsent } from './wording.ts'

/** A purchase with files among its articles: what is different about it. */
export type DownloadSale = {
  /** The order with the time from which each file is given, and with what its buyer agreed to. */
  completed(draft: DraftOrder): DraftOrder
}

type Placing = {
  readonly model: ReadModel
  readonly sale?: unknown
  readonly company?: unknown
  readonly mixed?: MixedSale
  readonly downloads?: DownloadSale
}
type Bought = { readonly lines: readonly { readonly variantId: string }[]; readonly body: PlaceOrderBody }

/**
 * A purchase as it is placed: files among goods are a part of their own; files alone need no address, and are given none even when one
 * is sent. A purchase of goods is left as it is.
 * @throws orders.group_wrong, orders.delivery_not_offered, orders.consent_outdated
 */
export function withDownloads<P extends Placing, B extends Bought>(
  ctx: Ctx,
  placing: P,
  bought: B,
): { placing: P; bought: B } {
  const { model } = placing
  const { lines, body } = bought
  if (!lines.some(({ variantId }) => model.isDownload(variantId))) {
    if (body.delivery.method === 'download') throw refuse('orders.group_wrong')
    return { placing, bought }
  }
  const files = new Set(lines.flatMap(({ variantId }) => (model.isDownload(variantId) ? [variantId] : [])))
  const downloads = downloadSale(ctx, files, body, placing.company !== undefined)
  if (lines.every(({ variantId }) => files.has(variantId))) {
    if (body.pickups) throw refuse('orders.group_wrong')
    if (placing.sale || body.delivery.method === 'carry_out') throw refuse('orders.delivery_not_offered')
    return {
      placing: { ...placing, downloads },
      bought: { ...bought, body: { ...body, delivery: { method: 'download' } } },
    }
  }
  if (body.delivery.method === 'download') throw refuse('orders.group_wrong')
  const mixed = mixedSale(ctx, model, body.delivery, body.pickups ?? [], [...files])
  return { placing: { ...placing, mixed, downloads }, bought }
}

function downloadSale(
  ctx: Ctx,
  files: ReadonlySet<string>,
  { downloadConsent, locale }: PlaceOrderBody,
  forCompany: boolean,
): DownloadSale {
  if (downloadConsent && downloadConsent.version !== consentVersion) throw refuse('orders.consent_outdated')
  // A company has no right to withdraw that it could lose.
  const from = downloadConsent || forCompany ? ctx.clock.now() : givenWithoutConsent(ctx)
  return {
    completed(draft) {
      const lines = draft.lines.map((line) => (files.has(line.variant_id) ? { ...line, download_from: from } : line))
      if (!downloadConsent) return { ...draft, lines }
      const statement = consentStatement(locale)
      const agreed_at = draft.order.placed_at
      return {
        ...draft,
        lines,
        consent: { order_id: draft.order.id, wording: consentVersion, locale, statement, agreed_at },
      }
    },
  }
}
