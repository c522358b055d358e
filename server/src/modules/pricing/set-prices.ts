import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { publish } from '../../kernel/outbox.ts'
import { lockProductsOfVariants } from '../catalog/public.ts'
import { selectPriceLists } from './queries/price-lists.ts'
import { upsertPrices } from './queries/prices.ts'

/** The list every channel sells from unless it is given others. */
export const publicList = 'public'

/** A price to set: minor units, VAT included. */
export type PriceInput = {
  variantId: string
  /** `public` unless said. */
  listCode?: string
  amountMinor: bigint
  /** The former price shown crossed out; kept only when it is higher. */
  compareAtMinor?: bigint | null
  validFrom?: Date | null
  validUntil?: Date | null
}

const batchSize = 5_000

/**
 * Sets prices, set-based; those that are the same change nothing and tell nobody.
 * @returns the variants whose price changed
 * @throws when a variant or a list does not exist: callers pass what they have just read
 */
export async function setPrices(ctx: Ctx, tx: Tx, inputs: readonly PriceInput[]): Promise<string[]> {
  const lists = new Map((await selectPriceLists(tx)).map((list) => [list.code, list.id]))
  const changed: string[] = []
  for (let start = 0; start < inputs.length; start += batchSize)
    changed.push(...(await setBatch(ctx, tx, inputs.slice(start, start + batchSize), lists)))
  return changed
}

async function setBatch(
  ctx: Ctx,
  tx: Tx,
  inputs: readonly PriceInput[],
  lists: ReadonlyMap<string, string>,
): Promise<string[]> {
  const productOf = await lockProductsOfVariants(
    tx,
    inputs.map((input) => input.variantId),
  )
  const rows = new Map(
    inputs.map((input) => {
      const listId = lists.get(input.listCode ?? publicList)
      assert(listId, 'the price list exists')
      assert(productOf.has(input.variantId), 'the variant exists')
      assert(input.amountMinor >= 0n, 'a price is not negative')
      const compareAt = input.compareAtMinor ?? null
      const row = {
        listId,
        variantId: input.variantId,
        amountMinor: input.amountMinor,
        compareAtMinor: compareAt !== null && compareAt > input.amountMinor ? compareAt : null,
        validFrom: input.validFrom ?? null,
        validUntil: input.validUntil ?? null,
      }
      return [`${listId} ${input.variantId}`, row] as const
    }),
  )
  const changed = await upsertPrices(tx, [...rows.values()])
  const byProduct = new Map<string, string[]>()
  for (const variantId of changed) {
    const productId = productOf.get(variantId) ?? ''
    byProduct.set(productId, [...(byProduct.get(productId) ?? []), variantId])
  }
  await publish(
    tx,
    ctx,
    [...byProduct].map(([productId, variantIds]) => ({
      type: 'pricing.price_changed',
      version: 1,
      aggregateId: productId,
      payload: { productId, variantIds },
    })),
  )
  return changed
}
