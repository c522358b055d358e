import type { Locale, PostalAddress } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { documentNumberOf } from '../domain/document-number.ts'
import { policyInForce } from '../load-sourcing.ts'
import { articleOf } from '../queries/articles.ts'
import { lockSupplierOrder } from '../queries/locks.ts'
import { selectPlaces } from '../queries/stock.ts'
import { selectSupplierPlace } from '../queries/supplier-places.ts'
import {
  markDirect,
  openDirectOrders,
  receiveDirect,
  replaceLines,
  selectDirectOrders,
  selectNamedLines,
  upsertDraft,
} from '../queries/supplier-orders.ts'
import { moveOrder } from './require-order.ts'

/** Places whose stock is a supplier's: what is sold from them is asked of the supplier. */
export async function supplierPlaces(db: Queryable): Promise<string[]> {
  const { settings } = await policyInForce(db)
  return settings.places.filter(({ kind }) => kind === 'supplier').map(({ placeId }) => placeId)
}

/** What a supplier is to send to a customer for us. */
export type DirectDelivery = {
  readonly preparationId: string
  readonly orderId: string
  readonly orderNumber: string
  readonly placeId: string
  readonly shipTo: PostalAddress
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[]
}

/**
 * Proposes an order to a supplier for what was sold from their stock, to be sent to the customer directly: a draft, once for
 * each preparation. It goes out at once to suppliers for whom that was said.
 */
export async function proposeDirectOrder(ctx: Ctx, tx: Tx, delivery: DirectDelivery): Promise<void> {
  const place = (await selectPlaces(tx)).find(({ id }) => id === delivery.placeId)
  const id = ctx.ids.next()
  await upsertDraft(tx, {
    id,
    number: documentNumberOf('supplier_order', id),
    supplier_name: place?.name ?? '-',
    place_id: delivery.placeId,
    note: delivery.orderNumber,
    created_at: ctx.clock.now(),
    created_by: null,
  })
  await markDirect(tx, id, delivery)
  const units = new Map<string, number>()
  for (const { variantId, quantity } of delivery.lines) units.set(variantId, (units.get(variantId) ?? 0) + quantity)
  await replaceLines(
    tx,
    id,
    [...units].map(([variantId, orderedUnits]) => ({ variantId, orderedUnits, expectedOn: null, unitCostMinor: null })),
  )
  const supplier = await selectSupplierPlace(tx, delivery.placeId)
  if (!supplier?.sends_orders) return
  const order = await lockSupplierOrder(tx, id)
  if (order) await moveOrder(ctx, tx, order, 'ordered')
}

/** An order that a supplier sends to a customer, as the supplier is written to about it. */
export type DirectOrder = {
  readonly id: string
  readonly number: string
  readonly state: 'draft' | 'ordered' | 'received' | 'cancelled'
  readonly sent: boolean
  /** Each of its lines is refused by the supplier's own last answer about it. */
  readonly refused: boolean
  readonly orderId: string
  readonly supplierName: string
  readonly email: string
  readonly locale: Locale
  readonly shipTo: PostalAddress
  readonly lines: readonly {
    readonly sku: string
    readonly gtin: string | null
    readonly name: string
    readonly units: number
  }[]
}

/** Those of some orders that suppliers send to customers, where the supplier can be written to. */
export async function readDirectOrders(db: Queryable, ids: readonly string[]): Promise<DirectOrder[]> {
  const rows = await selectDirectOrders(db, ids)
  return Promise.all(
    rows.map(async ({ id, ...row }) => {
      const lines = await selectNamedLines(db, id, row.locale)
      return {
        id,
        ...row,
        lines: lines.map((line) => {
          const { sku, gtin, productName, variantLabel } = articleOf(line, row.locale)
          return { sku, gtin, name: [productName, variantLabel].filter(Boolean).join(' · '), units: line.ordered_units }
        }),
      }
    }),
  )
}

/**
 * Ends orders whose goods have gone to their customers, or go to nobody any more. No stock of ours moves by them: what the
 * supplier's place had less of left it with the parcel.
 * @param ended what became of preparations, by id
 */
export async function endDirectOrders(
  ctx: Ctx,
  tx: Tx,
  ended: ReadonlyMap<string, 'gone' | 'given_up'>,
): Promise<number> {
  let count = 0
  for (const { id, direct_for } of await openDirectOrders(tx, [...ended.keys()])) {
    const order = await lockSupplierOrder(tx, id)
    if (order?.state !== 'draft' && order?.state !== 'ordered') continue
    const gone = ended.get(direct_for) === 'gone'
    if (gone) await receiveDirect(tx, id)
    // What has gone was asked for, be it by telephone.
    const asked = gone ? { ...order, ordered_at: order.ordered_at ?? ctx.clock.now() } : order
    await moveOrder(ctx, tx, asked, gone ? 'received' : 'cancelled')
    count += 1
  }
  return count
}
