import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import type { OrderRow } from '../queries/orders.ts'
import type { PlannedSubstitute } from './planned-substitute.ts'
import type { PreparationDesk } from '../withdrawals/declare-withdrawal.ts'

/** Who prepares orders, as somebody who changes one needs them; given by the wiring. */
export type ChangeDesk = PreparationDesk & {
  /** Lines whose preparation has gone so far that they stay as they are: packed, ready, or gone. */
  started(db: Queryable, orderId: string): Promise<ReadonlySet<string>>
  /**
   * Preparations that are open follow what became of these lines, under the order's lock: fewer or more units, another place, another
   * way. Those that nobody has opened yet are opened as the order is then.
   */
  follow(ctx: Ctx, tx: Tx, orderId: string, lineIds: readonly string[]): Promise<void>
  /** Articles that are missing leave their preparation, the right quantity is put right, and what stands in for them comes into it. */
  standIn(ctx: Ctx, tx: Tx, order: OrderRow, missing: PlannedSubstitute, addedLineId: string): Promise<void>
  /**
   * Gives back the price of articles that are missing, when nothing stands in for them after all and nobody has decided about them since.
   * @returns ids of the payments to void outside the transaction
   */
  refundMissing(ctx: Ctx, tx: Tx, order: OrderRow, missing: PlannedSubstitute): Promise<readonly string[]>
}
