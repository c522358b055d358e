import type { Sourcing } from '@ecluse/contracts/sourcing.ts'
import type { Queryable } from '../../kernel/db.ts'
import {
  deliveryOrder,
  explainSourcing,
  listPlaces,
  snapshotTerms,
  viewSourcing,
  type RecordedSourcing,
  type RefusedLine,
} from '../inventory/public.ts'
import type { ReadModel } from '../offers/public.ts'
import { channelCodeOf } from './queries/list.ts'
import type { OrderLineRow, OrderRow } from './queries/orders.ts'
import { deliveryAddress, linesFor } from './source-purchase.ts'

/** Why lines of an order were taken from where they were: the rules they were decided by, and the reasons. */
export type ExplainedChoice = { readonly rulesVersion: number; readonly sourcing: Sourcing }

/**
 * Makes the choice of places for lines of an order again, with its reasons, from what was recorded with it.
 * @returns undefined when nothing was recorded: the buyer had chosen the shop, or the order is older than the record
 */
export async function explainChoice(
  db: Queryable,
  model: ReadModel,
  order: OrderRow,
  lines: readonly OrderLineRow[],
  recorded: RecordedSourcing | null,
  refusals: readonly RefusedLine[] = [],
): Promise<ExplainedChoice | undefined> {
  const terms = recorded ? await snapshotTerms(db, recorded.s) : undefined
  const channel = model.channel(await channelCodeOf(db, order.channel_id))
  if (!recorded || !terms || !order.address) return undefined
  const seller = channel ?? { medium: 'web' as const, siteIds: new Set<string>() }
  const priced = lines.map((line) => ({
    variantId: line.variant_id,
    quantity: line.quantity,
    unitPriceMinor: line.unit_price_minor,
    vatBasisPoints: line.vat_basis_points,
  }))
  const asked = deliveryOrder(linesFor({ terms }, priced), deliveryAddress(seller, order.address))
  const sourcing = explainSourcing(terms, recorded, asked, recorded.at ?? order.placed_at.getTime(), refusals)
  const named = lines.map((line) => ({
    id: line.id,
    variantId: line.variant_id,
    name: line.variant_label === '' ? line.name : `${line.name} · ${line.variant_label}`,
    sku: line.sku,
    quantity: line.quantity,
  }))
  const names = new Map((await listPlaces(db)).map((place) => [place.id, place.name]))
  return { rulesVersion: terms.version, sourcing: viewSourcing(sourcing, terms, recorded, named, names) }
}
