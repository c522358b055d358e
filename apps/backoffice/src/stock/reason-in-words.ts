import type { StockMovement } from '@ecluse/contracts/inventory.ts'
import { returnDispositions, returnReasons } from '@ecluse/contracts/returns.ts'
import type { Translate } from '../app/i18n.ts'

/** Why, in words: by a code of the list, what somebody wrote beside it, or the reason of a customer's return. */
export function reasonInWords(
  t: Translate,
  { reason, reasonCode }: Pick<StockMovement, 'reason' | 'reasonCode'>,
): string | null {
  const known = returnReasons.find((one) => one === reason)
  // What cannot be sold again after a return leaves stock with what becomes of it.
  const becomes = returnDispositions.find((one) => one === reason)
  const words = known ? t(`reason.${known}`) : becomes ? t(`disposition.${becomes}`) : reason
  return [reasonCode && t(`reasonCode.${reasonCode}`), words].filter(Boolean).join(', ') || null
}
