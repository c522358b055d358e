import { z } from 'zod'

/**
 * Goods nobody may withdraw from the purchase of (Code de la consommation, L221-28), each with the number of the article that says so:
 * made to order (3°), perishable (4°), unsealed and not fit to be returned for hygiene (5°), inseparable from others once delivered (6°),
 * recordings or software unsealed (9°), press (10°), services of leisure on a date (12°).
 */
export const withdrawalExceptions = [
  'made_to_order',
  'perishable',
  'hygiene',
  'inseparable',
  'sealed_media',
  'press',
  'dated_service',
] as const
export const withdrawalExceptionSchema = z.enum(withdrawalExceptions)
export type WithdrawalException = z.infer<typeof withdrawalExceptionSchema>

/** Those that hold only once the article was opened or mixed: sealed as it was delivered, it can be withdrawn from. */
export const onlyOnceOpened: ReadonlySet<WithdrawalException> = new Set(['hygiene', 'inseparable', 'sealed_media'])

/** The number in the list of article L221-28. */
export const numberOfException: Readonly<Record<WithdrawalException, number>> = {
  made_to_order: 3,
  perishable: 4,
  hygiene: 5,
  inseparable: 6,
  sealed_media: 9,
  press: 10,
  dated_service: 12,
}
