import { createHmac, timingSafeEqual } from 'node:crypto'
import type { OrderRow } from '../queries/orders.ts'

/**
 * What opens one change of an order and nothing else of it: made of the order's own secret, which cannot be found from it.
 * @returns letters, digits, `-` and `_`
 */
export function changeTokenOf({ access_token: secret }: Pick<OrderRow, 'access_token'>, changeId: string): string {
  return createHmac('sha256', secret).update(`change ${changeId}`).digest('base64url')
}

/** Compares with it in constant time. */
export function holdsChangeToken(
  order: Pick<OrderRow, 'access_token'>,
  changeId: string,
  token: string | undefined,
): boolean {
  const given = Buffer.from(token ?? '')
  const right = Buffer.from(changeTokenOf(order, changeId))
  return given.length === right.length && timingSafeEqual(given, right)
}
