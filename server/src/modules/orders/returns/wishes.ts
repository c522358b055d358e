import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { poolIdOf } from '../../inventory/public.ts'
import type { ReadModel, Sellable } from '../../offers/public.ts'
import { settlePromises, takePromises } from '../../promises/public.ts'
import { soldToAll } from '../early-access.ts'
import { sourceAnew } from '../changes/source-anew.ts'
import { keptOf } from '../draft-order.ts'
import { channelCodeOf } from '../queries/list.ts'
import type { OrderLineRow, OrderRow } from '../queries/orders.ts'
import type { RequestRow } from '../queries/returns.ts'
import { insertWishes, moveWishes, type WishRow } from '../queries/wishes.ts'

/** Days a parcel that was sent on the last day is given. */
const graceMs = 3 * 86_400_000

/**
 * Puts aside what is wanted for articles that are sent back, until they are waited for no more. The same product keeps the price that
 * was paid, another one costs what it costs now.
 * @throws orders.delivery_not_offered for what was carried out of a shop, orders.not_sold, orders.out_of_stock
 */
export async function holdWishes(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  of: { order: OrderRow; lines: readonly OrderLineRow[]; request: RequestRow; returned: readonly string[] },
  wanted: readonly { variantId: string; quantity: number }[],
): Promise<void> {
  if (wanted.length === 0) return
  const { order, lines, request, returned } = of
  const channel = model.channel(await channelCodeOf(tx, order.channel_id))
  if (!channel || !['delivery', 'pickup'].includes(order.delivery_method)) throw refuse('orders.delivery_not_offered')
  const now = ctx.clock.now()
  const quantities = new Map<string, number>()
  for (const { variantId, quantity } of wanted) quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity)
  const asked = [...quantities].map(([variantId, quantity]) => {
    const sellable = soldToAll(model, channel.code, variantId, now)
    return { variantId, quantity, sellable }
  })
  const source = sourceAnew(model, channel, order, lines, asked, { now, inWindow: false })
  const productOf = (variantId: string) => model.sellable(channel.code, variantId, now)?.productId
  const paid = new Map(
    lines.filter(({ id }) => returned.includes(id)).map((line) => [productOf(line.variant_id), line.unit_price_minor]),
  )
  const rows = asked.map(({ quantity, sellable }, index): WishRow => {
    const at = { position: index + 1, placeId: source(sellable.variantId), quantity }
    return wishOf(ctx, request, order.locale, sellable, paid.get(sellable.productId), at)
  })
  const expiresAt = new Date(request.expires_at.getTime() + graceMs)
  const { refusals } = await takePromises(ctx, tx, [
    {
      referenceId: order.id,
      as: 'held',
      expiresAt,
      lines: rows.map((row) => ({
        promiseId: row.promise_id,
        poolId: row.pool_id,
        quantity: BigInt(row.quantity),
        kept: keptOf(model, channel, row.variant_id),
      })),
    },
  ])
  const short = refusals[0]
  if (short) {
    const variantId = rows.find((row) => row.pool_id === short.poolId)?.variant_id ?? ''
    throw refuse('orders.out_of_stock', { variantId, available: Number(short.forAsker) })
  }
  await insertWishes(tx, rows)
}

function wishOf(
  ctx: Ctx,
  request: RequestRow,
  locale: OrderRow['locale'],
  sellable: Sellable,
  paidMinor: bigint | undefined,
  at: { position: number; placeId: string; quantity: number },
): WishRow {
  return {
    order_id: request.order_id,
    request_id: request.id,
    position: at.position,
    variant_id: sellable.variantId,
    sku: sellable.sku,
    name: sellable.name[locale] || sellable.name.fr,
    variant_label: sellable.label[locale],
    image_url: sellable.imageUrl,
    quantity: at.quantity,
    unit_price_minor: paidMinor ?? sellable.unitPriceMinor,
    vat_basis_points: sellable.vatBasisPoints,
    price_rule: paidMinor === undefined ? sellable.priceRule : 'exchange',
    place_id: at.placeId,
    pool_id: poolIdOf(sellable.variantId, at.placeId),
    promise_id: ctx.ids.next(),
    state: 'held',
  }
}

/** What was put aside for a return is free again: it is given up, or settled another way. */
export async function releaseWishes(ctx: Ctx, tx: Tx, request: { order_id: string; id: string }): Promise<void> {
  const freed = await moveWishes(tx, request, 'released')
  await settlePromises(
    ctx,
    tx,
    'release',
    freed.map((row) => ({ poolId: row.pool_id, id: row.promise_id })),
  )
}
