import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { poolIdOf } from '../../inventory/public.ts'
import type { Sellable } from '../../offers/public.ts'
import type { AddedUnits } from './plan.ts'

/** Units of an article as an order gets them later: at today's price, from one place, into a line of theirs or one that is there. */
export function addedUnits(
  ctx: Ctx,
  locale: Locale,
  sellable: Sellable,
  { quantity, placeId, into = null }: { quantity: number; placeId: string; into?: string | null },
): AddedUnits {
  const { variantId } = sellable
  return {
    id: ctx.ids.next(),
    into,
    variantId,
    sku: sellable.sku,
    name: sellable.name[locale] || sellable.name.fr,
    variantLabel: sellable.label[locale],
    imageUrl: sellable.imageUrl,
    quantity,
    unitMinor: Number(sellable.unitPriceMinor),
    vatBasisPoints: sellable.vatBasisPoints,
    priceRule: sellable.priceRule,
    placeId,
    poolId: poolIdOf(variantId, placeId),
    promiseId: ctx.ids.next(),
  }
}
