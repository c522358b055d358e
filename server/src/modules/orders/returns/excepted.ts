import { isChangeOfMind } from '@ecluse/contracts/returns.ts'
import { numberOfException, onlyOnceOpened } from '@ecluse/contracts/withdrawal-exceptions.ts'
import { refuse } from '../../../kernel/errors.ts'
import type { OrderLineRow } from '../queries/orders.ts'

/**
 * What the law excepts from withdrawal is not taken back for a change of mind; what is wrong with it is put right, always. What is
 * excepted only once it was opened is looked at when it comes.
 * @throws orders.return_excepted
 */
export function requireNotExcepted(
  asked: readonly { readonly lineId: string; readonly reason: string }[],
  lines: readonly Pick<OrderLineRow, 'id' | 'withdrawal_exception'>[],
): void {
  for (const { lineId, reason } of asked) {
    const exception = lines.find(({ id }) => id === lineId)?.withdrawal_exception
    if (exception && !onlyOnceOpened.has(exception) && isChangeOfMind(reason))
      throw refuse('orders.return_excepted', { lineId, exception, number: numberOfException[exception] })
  }
}
