import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { PlaceOrderBody } from '@ecluse/contracts/orders.ts'
import { unitsIn } from '@ecluse/ui/staff/lots/lot-draft.ts'
import type { BasketLine, Followed } from './basket-line.ts'

type Lines = { readonly lines: readonly BasketLine[] }

/**
 * Whether the lots of a line are still to be named. A serial number is, unless the shop has units without one; lots are named for
 * all units or for none, and then what expires first is given.
 */
export function lacksLots({ quantity, followed, lots = [] }: BasketLine): boolean {
  if (!followed) return false
  const named = unitsIn(lots)
  if (named > 0) return named !== quantity
  return followed.tracking.mode === 'serial' && followed.withoutNumber < quantity
}

/** Writes how articles are followed into their lines. */
export function withFollowed<B extends Lines>(basket: B, shelves: ReadonlyMap<string, Followed>): B {
  let changed = false
  const lines = basket.lines.map((line) => {
    const followed = shelves.get(line.variantId) ?? null
    if (JSON.stringify(followed) === JSON.stringify(line.followed ?? null)) return line
    changed = true
    return { ...line, followed }
  })
  return changed ? { ...basket, lines } : basket
}

/** Names the lots of a line. Scanning more units than were asked for means that many are bought. */
export function setLots<B extends Lines>(basket: B, variantId: string, lots: readonly LotUnits[]): B {
  const lines = basket.lines.map((line) =>
    line.variantId === variantId ? { ...line, lots, quantity: Math.max(line.quantity, unitsIn(lots)) } : line,
  )
  return { ...basket, lines }
}

/** Lots that are named, as the purchase tells them; of what is brought home none is. */
export function lotsOf({ lines, delivery }: Lines & { readonly delivery?: unknown }): Pick<PlaceOrderBody, 'lots'> {
  const named = delivery ? [] : lines.filter(({ followed, lots }) => followed && lots && lots.length > 0)
  return named.length > 0 ? { lots: named.map(({ variantId, lots = [] }) => ({ variantId, lots: [...lots] })) } : {}
}
