import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { poolIdOf, recordCounts } from '../inventory/public.ts'
import type { Issue } from './domain/issue.ts'
import { movedOnHand } from './queries/lookups.ts'

type Wanted = {
  readonly sku: string
  readonly variantId: string
  readonly quantity: number
  readonly line: number
  readonly key: string
}

/**
 * Counts in the quantities of a product file. With `onlyNew`, articles whose stock already lives here keep it: a file made
 * before yesterday's sales must not bring back what was sold.
 */
export async function countStock(
  ctx: Ctx,
  tx: Tx,
  { quantities, placeId, onlyNew }: { quantities: readonly Wanted[]; placeId: string; onlyNew: boolean },
): Promise<{ issues: Issue[]; counts: Record<string, number> }> {
  const poolIds = quantities.map(({ variantId }) => poolIdOf(variantId, placeId))
  const moved = new Map((await movedOnHand(tx, poolIds)).map((row) => [row.poolId, row.onHand]))
  const issues: Issue[] = []
  const counted: Wanted[] = []
  quantities.forEach((wanted, index) => {
    const onHand = moved.get(poolIds[index] ?? '')
    if (!onlyNew || onHand === undefined) {
      counted.push(wanted)
      return
    }
    if (onHand === BigInt(wanted.quantity)) return
    const values = { onHand: Number(onHand), quantity: wanted.quantity }
    issues.push({
      line: wanted.line,
      severity: 'warning',
      key: wanted.key,
      field: 'Variant Inventory Qty',
      code: 'import.stock_kept',
      values,
    })
  })
  const differences = await recordCounts(
    ctx,
    tx,
    counted.map(({ variantId, quantity }) => ({ variantId, placeId, counted: quantity, reason: 'import' })),
  )
  return {
    issues,
    counts: { quantities: quantities.length, movements: differences.filter((difference) => difference !== 0).length },
  }
}
