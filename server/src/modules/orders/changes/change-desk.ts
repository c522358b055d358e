import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import type { PreparationDesk } from '../withdrawals/declare-withdrawal.ts'

/** Who prepares orders, as somebody who changes one needs them; given by the wiring. */
export type ChangeDesk = PreparationDesk & {
  /** Lines whose preparation has gone so far that they stay as they are: packed, ready, or gone. */
  started(db: Queryable, orderId: string): Promise<ReadonlySet<string>>
  /** Preparations that are open need fewer of some lines, under the order's lock. */
  lower(ctx: Ctx, tx: Tx, orderId: string, lines: readonly { lineId: string; quantity: number }[]): Promise<void>
}
