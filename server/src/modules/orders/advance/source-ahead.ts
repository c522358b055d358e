import { Refusal, refuse } from '../../../kernel/errors.ts'
import { ruleFor, soldAhead, type ReadModel, type SellingChannel, type SoldAhead } from '../../offers/public.ts'

type Delivery = Parameters<typeof soldAhead>[2]
type Asked = { readonly variantId: string; readonly quantity: number }
type Placed = { readonly placeIds: readonly string[] }

/**
 * Chooses places where some articles may be sold before they are there: those not released yet always are; others when nothing
 * is left of them. The rest is chosen as ever.
 * @param choose chooses from what is there
 * @returns the places of all, and what was chosen for those that are there
 * @throws orders.out_of_stock, and what `choose` throws
 */
export function sourceWithAhead<T extends Asked, P extends Placed>(
  model: ReadModel,
  channel: SellingChannel,
  delivery: Delivery,
  lines: readonly T[],
  now: Date,
  choose: (lines: readonly T[]) => P,
): { placeIds: string[]; ahead: ReadonlyMap<string, SoldAhead>; chosen: P | null } {
  const ahead = new Map<string, SoldAhead>()
  const rest: T[] = []
  for (const line of lines) {
    const rule = ruleFor(channel, line.variantId, now, () => serves(choose, line))
    const sold = rule && soldAhead(model, channel, delivery, rule, line, now)
    if (sold) ahead.set(line.variantId, sold)
    else if (rule?.kind === 'pre_order')
      throw refuse('orders.out_of_stock', { variantId: line.variantId, available: 0 })
    else rest.push(line)
  }
  const chosen = rest.length === 0 ? null : choose(rest)
  const placeOf = new Map(rest.map(({ variantId }, index) => [variantId, chosen?.placeIds[index] ?? '']))
  return {
    placeIds: lines.map(({ variantId }) => ahead.get(variantId)?.placeId ?? placeOf.get(variantId) ?? ''),
    ahead,
    chosen,
  }
}

function serves<T>(choose: (lines: readonly T[]) => Placed, line: T): boolean {
  try {
    choose([line])
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/**
 * What is sold ahead is sold for the day its buyer was told, or sooner.
 * @param told the latest day; null when nothing was said to be sold ahead; undefined when any day is accepted
 * @throws orders.ships_later
 */
export function requireTold(ahead: ReadonlyMap<string, SoldAhead> | undefined, told: string | null | undefined): void {
  if (!ahead || told === undefined) return
  for (const [variantId, { shipsOn }] of ahead)
    if (told === null || shipsOn > told) throw refuse('orders.ships_later', { variantId, shipsOn })
}

/**
 * Whoever comes or is driven to on a day is not promised what arrives on it, or later.
 * @param day `YYYY-MM-DD`
 * @throws orders.goods_come_later
 */
export function requireThereBefore(ahead: ReadonlyMap<string, SoldAhead> | undefined, day: string): void {
  for (const [variantId, { shipsOn }] of ahead ?? [])
    if (shipsOn >= day) throw refuse('orders.goods_come_later', { variantId, shipsOn })
}

/** The latest of the days on which what is sold ahead has come; null when nothing is. */
export function comesOn(ahead: Iterable<SoldAhead>): string | null {
  let latest: string | null = null
  for (const { shipsOn } of ahead) if (latest === null || shipsOn > latest) latest = shipsOn
  return latest
}
