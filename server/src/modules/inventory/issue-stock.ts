import type { LotUnits } from '@ecluse/contracts/lots.ts'
import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { settlePromises } from '../promises/public.ts'
import { recordMovements } from './record-movements.ts'

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
}

/** Promised stock leaves for good: the promises are fulfilled and the quantities on hand go down, in one transaction. */
export async function issueStock(ctx: Ctx, tx: Tx, lines: readonly PromisedLine[]): Promise<void> {
  if (lines.length === 0) return
  const fulfilled = await settlePromises(
    ctx,
    tx,
    'fulfil',
    lines.map((line) => ({ poolId: line.poolId, id: line.promiseId })),
  )
  assert(fulfilled.length === lines.length, 'what is handed over was committed')
  await recordMovements(
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
    })),
  )
}
