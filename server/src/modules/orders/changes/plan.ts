import type { z } from 'zod'
import type { OrderChange, orderChangeEndpoints } from '@ecluse/contracts/order-changes.ts'
import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import { vatIncludedIn } from '../../../kernel/money.ts'
import type { RecordedSourcing } from '../../inventory/public.ts'
import type { ReadModel } from '../../offers/public.ts'
import { carriageOfReturn, keptOf, sumOf, type Carriages } from '../domain/refund.ts'
import type { FavourDesk } from '../favours.ts'
import type { OrderLineRow, OrderRow } from '../queries/orders.ts'
import type { WindowDesk } from '../window-desk.ts'
import type { ChangeDesk } from './change-desk.ts'
import type { PlannedSubstitute } from './planned-substitute.ts'

/** What is asked of an order. */
export type ChangeInput = z.output<typeof orderChangeEndpoints.priceChange.body>

/** What plans changes: the read model, who prepares, who keeps windows, and what recognition gives. */
export type ChangeDeps = {
  readonly model: ReadModel
  readonly desk: ChangeDesk
  readonly windows: WindowDesk
  readonly favours: FavourDesk
}

/** A line that stays in its order, with how many units it has then. */
export type KeptLine = { readonly line: OrderLineRow; readonly quantity: number; readonly changeable: boolean }

/** Units that come to an order; a line of their own, or more of one that is there at the same price and place. */
export type AddedUnits = {
  readonly id: string
  readonly into: string | null
  readonly variantId: string
  readonly sku: string
  readonly name: string
  readonly variantLabel: string
  readonly imageUrl: string | null
  readonly quantity: number
  readonly unitMinor: number
  readonly vatBasisPoints: number
  readonly priceRule: string
  readonly placeId: string
  readonly poolId: string
  readonly promiseId: string
}

/** Another way to its buyer, with the day it is promised for. */
export type PlannedDelivery = {
  readonly method: 'delivery' | 'pickup'
  readonly siteId: string | null
  readonly address: PostalAddress | null
  readonly pickupCode: string | null
  readonly promisedAt: string | null
  readonly latestAt: string | null
  readonly feeMinor: number
  /** What of it is more than standard delivery; absent in plans kept from before it was known. */
  readonly surchargeMinor?: number
  /** What of the usual fee is spared by what was given with the order; absent in plans kept from before it was written down. */
  readonly sparedMinor?: number
  readonly window: { readonly poolId: string; readonly promiseId: string } | null
  readonly sourcing: RecordedSourcing | null
}

/**
 * What a change does to an order, decided once and kept as it is until it is made: ids of what it takes, prices, and words for its
 * history. Amounts are numbers, in minor units, since it is kept as JSON.
 */
export type ChangePlan = {
  readonly lowered: readonly { readonly lineId: string; readonly quantity: number }[]
  readonly gone: readonly string[]
  readonly added: readonly AddedUnits[]
  /** Lines taken from elsewhere. */
  readonly moved: readonly {
    readonly lineId: string
    readonly variantId: string
    readonly quantity: number
    readonly placeId: string
    readonly poolId: string
    readonly promiseId: string
  }[]
  readonly address: PostalAddress | null
  readonly delivery: PlannedDelivery | null
  readonly told: readonly OrderChange[]
  /** Set when what is added is given for articles that came back: what they are worth is paid already. */
  readonly exchange?: PlannedExchange
  /** Set when what is added stands in for articles that are missing, at a higher price its buyer is asked for. */
  readonly substitute?: PlannedSubstitute
}

/** A return whose worth goes into what is given for it. */
export type PlannedExchange = {
  readonly returnId: string
  readonly number: string
  /** Where it came back. */
  readonly siteId: string
  readonly creditMinor: number
  readonly credits: readonly { readonly lineId: string; readonly quantity: number; readonly creditedMinor: number }[]
}

/** What an order comes to after a change, and what of it is more or less than before. Minor units. */
export type ChangeSums = {
  readonly subtotalMinor: bigint
  readonly goneMinor: bigint
  readonly feeMinor: bigint
  /** What goes back of the carriage, by part: of those this leaves nothing of. */
  readonly carriage: ReadonlyMap<number | null, bigint>
  readonly totalMinor: bigint
  /** To be paid; given back when negative. */
  readonly differenceMinor: bigint
  readonly differenceVatMinor: bigint
  readonly items: number
}

/** Adds up a change of an order, whose carriage is that of a part this leaves nothing of no more. */
export function sumsOfChange(
  order: OrderRow,
  lines: readonly OrderLineRow[],
  carriages: Carriages,
  plan: ChangePlan,
): ChangeSums {
  const lineOf = (id: string) => lines.find((line) => line.id === id)
  let subtotal = 0n
  let vat = 0n
  let gone = 0n
  let items = 0
  for (const { lineId, quantity } of plan.lowered) {
    const line = lineOf(lineId)
    if (!line) continue
    const total = line.unit_price_minor * BigInt(quantity)
    subtotal += total - line.line_total_minor
    vat += vatIncludedIn(total, line.vat_basis_points) - line.vat_minor
    items += quantity - line.quantity
  }
  for (const id of plan.gone) {
    const line = lineOf(id)
    gone += line?.line_total_minor ?? 0n
    vat -= line?.vat_minor ?? 0n
    items -= line?.quantity ?? 0
  }
  for (const one of plan.added) {
    const into = one.into === null ? undefined : lineOf(one.into)
    const total = BigInt(one.unitMinor) * BigInt(one.quantity)
    const before = into?.vat_minor ?? 0n
    subtotal += total
    vat += vatIncludedIn((into?.line_total_minor ?? 0n) + total, one.vatBasisPoints) - before
    items += one.quantity
  }
  const carriage = carriageOfChange(lines, carriages, plan)
  const feeMinor = plan.delivery ? BigInt(plan.delivery.feeMinor) : order.delivery_fee_minor - sumOf(carriage)
  vat +=
    vatIncludedIn(feeMinor, order.delivery_vat_basis_points) -
    vatIncludedIn(order.delivery_fee_minor, order.delivery_vat_basis_points)
  const differenceMinor = subtotal - gone + feeMinor - order.delivery_fee_minor
  return {
    subtotalMinor: order.subtotal_minor + subtotal,
    goneMinor: gone,
    feeMinor,
    carriage,
    totalMinor: order.total_minor + differenceMinor,
    differenceMinor,
    differenceVatMinor: vat,
    items,
  }
}

/** Nothing when articles come, or come instead, or all goes another way, which has a price of its own. */
function carriageOfChange(
  lines: readonly OrderLineRow[],
  carriages: Carriages,
  plan: ChangePlan,
): ReadonlyMap<number | null, bigint> {
  if (plan.delivery || plan.added.length > 0) return new Map()
  const fewer = plan.lowered.flatMap(({ lineId, quantity }) => {
    const line = lines.find(({ id }) => id === lineId)
    return line ? [{ lineId, quantity: line.quantity - quantity }] : []
  })
  const gone = lines.filter(({ id }) => plan.gone.includes(id))
  const units = [...fewer, ...gone.map((line) => ({ lineId: line.id, quantity: keptOf(line) }))]
  return carriageOfReturn(carriages, lines, units)
}

/** What a change changes, in a few words for its history and for messages. */
export function wordsOfChange(plan: Pick<ChangePlan, 'told'>): string {
  return plan.told
    .flatMap((one) => {
      if (one.kind === 'line') return [`${one.name} : ${one.from} → ${one.to}`]
      return one.kind === 'substitute' && one.instead !== null ? [`${one.name} → ${one.instead}`] : []
    })
    .join(' · ')
}

/** Everything a change takes anew. */
export function takesOf(plan: ChangePlan): { poolId: string; id: string }[] {
  const goods = [...plan.added, ...plan.moved].map(({ poolId, promiseId }) => ({ poolId, id: promiseId }))
  const window = plan.delivery?.window
  return window ? [...goods, { poolId: window.poolId, id: window.promiseId }] : goods
}
