import type { LotUnits } from '@ecluse/contracts/lots.ts'
import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { settlePromises } from '../promises/public.ts'
import type { Chosen } from './domain/choose-lots.ts'
import { recordMovements, type LineLots } from './record-movements.ts'

export type PromisedLine = {
  readonly poolId: string
  readonly promiseId: string
  readonly variantId: string
  readonly placeId: string
  readonly quantity: number
  readonly orderId: string
  readonly orderNumber: string
  readonly lineId: string
  /** Lots named by whoever hands over; otherwise what was put aside for the line, or what expires first. */
  readonly lots?: readonly LotUnits[] | undefined
  /** Of what was put aside for the line, what leaves now; as much as is needed when absent. */
  readonly aside?: readonly Chosen[] | undefined
}

/**
 * Promised stock leaves for good: the promises are fulfilled and the quantities on hand go down, in one transaction.
 * @returns the lots of followed articles that left
 */
export async function issueStock(ctx: Ctx, tx: Tx, lines: readonly PromisedLine[]): Promise<readonly LineLots[]> {
  if (lines.length === 0) return []
  const fulfilled = await settlePromises(
    ctx,
    tx,
    'fulfil',
    lines.map((line) => ({ poolId: line.poolId, id: line.promiseId })),
  )
  assert(fulfilled.length === lines.length, 'what is handed over was committed')
  return recordMovements(
    ctx,
    tx,
    lines.map((line) => ({
      kind: 'sale',
      variantId: line.variantId,
      placeId: line.placeId,
      quantity: -BigInt(line.quantity),
      reference: line.orderNumber,
      orderId: line.orderId,
      lineId: line.lineId,
      lots: line.lots,
      aside: line.aside,
    })),
  )
}
