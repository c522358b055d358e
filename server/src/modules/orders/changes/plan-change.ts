import type { OrderChange } from '@ecluse/contracts/order-changes.ts'
import type { PostalAddress } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { poolIdOf, readAvailability } from '../../inventory/public.ts'
import type { ReadModel, SellingChannel } from '../../offers/public.ts'
import type { Carriages } from '../domain/refund.ts'
import { requireOpen } from '../early-access.ts'
import { channelCodeOf } from '../queries/list.ts'
import { carriagesOf } from '../queries/order-groups.ts'
import { selectOrder, type OrderLineRow, type OrderRow } from '../queries/orders.ts'
import { revisionOf } from '../queries/revisions.ts'
import type { ChosenWindow } from '../window-desk.ts'
import { changeableOf, changerOf, notChangeable, type Changeable } from './changeable.ts'
import { planDelivery } from './plan-delivery.ts'
import { viewDelivery } from './view-delivery.ts'
import { addedUnits } from './added-units.ts'
import type { AddedUnits, ChangeDeps, ChangeInput, ChangePlan, KeptLine } from './plan.ts'
import { sourceAnew, type Wanted } from './source-anew.ts'

/** A change that could be made to the order as it is, before anything is taken for it. */
export type Planned = {
  readonly order: OrderRow
  readonly lines: readonly OrderLineRow[]
  readonly carriages: Carriages
  readonly channel: SellingChannel
  readonly changer: 'customer' | 'staff'
  readonly plan: ChangePlan
  readonly window: ChosenWindow | null
}

/**
 * Plans a change: which lines become fewer, go or come, where its goods are taken from, how and when it reaches its buyer, and what it
 * costs. Nothing is written or taken.
 * @throws orders.not_found, orders.not_changeable, orders.not_sold, orders.out_of_stock, orders.delivery_not_offered,
 *   orders.not_open_yet, fulfillment.window_*, access.wrong_site
 */
export async function planChange(deps: ChangeDeps, ctx: Ctx, orderId: string, input: ChangeInput): Promise<Planned> {
  const found = await selectOrder(ctx.db, orderId)
  const changer = changerOf(ctx, found, input.token)
  const order = found as OrderRow
  if ((await revisionOf(ctx.db, orderId)) !== input.revision) throw notChangeable('meanwhile')
  const changeable = await changeableOf(ctx.db, deps.desk, order)
  const channel = deps.model.channel(await channelCodeOf(ctx.db, order.channel_id))
  if (!channel) throw notChangeable('ended')
  const asked = askedOf(order, changeable, input)
  if (asked.address && changeable.address) throw notChangeable(changeable.address)
  if (asked.delivery && changeable.delivery) throw notChangeable(changeable.delivery)
  if (asked.more.length > 0 && changeable.add) throw notChangeable(changeable.add)
  const kept = keptLines(changeable, asked)
  const variantIds = [...kept.map(({ line }) => line.variant_id), ...asked.more.map(({ variantId }) => variantId)]
  if (asked.delivery || asked.more.length > 0)
    deps.model.setAvailable(await readAvailability(ctx.db, [...new Set(variantIds)]))
  const sold = soldNow(deps.model, channel, asked.more, ctx.clock.now())
  await requireOpen(deps.favours, ctx, sold, { partyId: order.party_id })
  const delivery = asked.delivery
    ? await planDelivery(deps, ctx, { order, changeable, channel, asked: asked.delivery, kept, sold })
    : null
  const inWindow = changeable.kinds.has('window')
  const source =
    delivery?.places ??
    sourceAnew(deps.model, channel, order, changeable.lines, sold, { now: ctx.clock.now(), inWindow })
  const added = sold.map((one) =>
    addedOf(ctx, order, one, source(one.variantId), { kept, replaced: delivery !== null }),
  )
  const told = [
    ...tellLines(changeable.lines, asked, added),
    ...tellDelivery(deps.model, order, changeable, asked, delivery),
  ]
  const plan: ChangePlan = {
    lowered: asked.lowered,
    gone: asked.gone,
    added,
    moved: delivery ? movedLines(ctx, kept, source) : [],
    address: asked.address ?? null,
    delivery: delivery?.planned ?? null,
    told,
  }
  const { lines } = changeable
  const carriages = await carriagesOf(ctx.db, order, lines)
  return { order, lines, carriages, channel, changer, plan, window: delivery?.window ?? null }
}

/** What is asked, told apart: fewer of a line, none of it, more of an article; a corrected address, or another way. */
export type Asked = {
  readonly lowered: readonly { lineId: string; quantity: number }[]
  readonly gone: readonly string[]
  readonly more: readonly { variantId: string; quantity: number; lineId: string | null }[]
  readonly address: ChangeInput['address']
  readonly delivery: ChangeInput['delivery']
}

function askedOf(order: OrderRow, changeable: Changeable, input: ChangeInput): Asked {
  const lowered: { lineId: string; quantity: number }[] = []
  const gone: string[] = []
  const more: { variantId: string; quantity: number; lineId: string | null }[] = []
  for (const { lineId, quantity } of input.lines) {
    const line = changeable.lines.find(({ id }) => id === lineId)
    if (!line) throw notChangeable('ended')
    const refusal = changeable.lineRefusal(line)
    if (refusal) throw notChangeable(refusal)
    if (quantity === 0) gone.push(lineId)
    else if (quantity < line.quantity) lowered.push({ lineId, quantity })
    else if (quantity > line.quantity)
      more.push({ variantId: line.variant_id, quantity: quantity - line.quantity, lineId })
  }
  for (const { variantId, quantity } of input.add) {
    const known = more.findIndex((one) => one.variantId === variantId)
    const before = more[known]
    if (before) more[known] = { ...before, quantity: before.quantity + quantity }
    else more.push({ variantId, quantity, lineId: null })
  }
  const { delivery } = input
  const inWindow = changeable.kinds.has('window')
  // The same way without a window is only another address; the same shop is no change.
  const same = delivery?.method === order.delivery_method
  if (delivery?.method === 'delivery' && same && delivery.windowId === undefined && !inWindow)
    return { lowered, gone, more, address: delivery.address, delivery: undefined }
  if (delivery?.method === 'pickup' && same && delivery.siteId === order.site_id)
    return { lowered, gone, more, address: input.address, delivery: undefined }
  return { lowered, gone, more, address: delivery ? undefined : input.address, delivery }
}

function keptLines({ lines, lineRefusal }: Changeable, { lowered, gone }: Asked): KeptLine[] {
  return lines.flatMap((line) => {
    if (line.exception === 'cancelled' || gone.includes(line.id)) return []
    const quantity = lowered.find(({ lineId }) => lineId === line.id)?.quantity ?? line.quantity
    return [{ line, quantity, changeable: lineRefusal(line) === null }]
  })
}

/** @throws orders.not_sold */
function soldNow(model: ReadModel, channel: SellingChannel, more: Asked['more'], now: Date): Wanted[] {
  return more.map(({ variantId, quantity }) => {
    const sellable = model.sellable(channel.code, variantId, now)
    if (!sellable) throw refuse('orders.not_sold', { variantId })
    return { variantId, quantity, sellable }
  })
}

function addedOf(
  ctx: Ctx,
  { locale }: OrderRow,
  { sellable, quantity }: Wanted,
  placeId: string,
  { kept, replaced }: { kept: readonly KeptLine[]; replaced: boolean },
): AddedUnits {
  const { variantId } = sellable
  const poolId = poolIdOf(variantId, placeId)
  const into = kept.find(
    ({ line, quantity: left, changeable }) =>
      changeable &&
      left === line.quantity &&
      // With another way, all units of an article come from one place.
      (replaced ? line.variant_id === variantId : line.pool_id === poolId) &&
      line.unit_price_minor === sellable.unitPriceMinor &&
      line.vat_basis_points === sellable.vatBasisPoints,
  )
  return addedUnits(ctx, locale, sellable, { quantity, placeId, into: into?.line.id })
}

/** Lines whose goods lie elsewhere than where they are taken from now. */
function movedLines(ctx: Ctx, kept: readonly KeptLine[], source: (variantId: string) => string): ChangePlan['moved'] {
  return kept.flatMap(({ line: { id: lineId, variant_id: variantId, place_id: before }, quantity }) => {
    const placeId = source(variantId)
    const poolId = poolIdOf(variantId, placeId)
    return placeId === before ? [] : [{ lineId, variantId, quantity, placeId, poolId, promiseId: ctx.ids.next() }]
  })
}

function isSameAddress(a: PostalAddress | null, b: PostalAddress): boolean {
  const fields = ['name', 'street', 'street2', 'postalCode', 'locality', 'country'] as const
  return a !== null && fields.every((field) => (a[field] ?? '') === (b[field] ?? ''))
}

const nameOf = (one: { name: string; label: string }): string => [one.name, one.label].filter(Boolean).join(', ')

function tellLines(lines: readonly OrderLineRow[], asked: Asked, added: readonly AddedUnits[]): OrderChange[] {
  const lineOf = (id: string) => lines.find((line) => line.id === id)
  const told: OrderChange[] = []
  for (const { lineId, quantity } of [...asked.lowered, ...asked.gone.map((id) => ({ lineId: id, quantity: 0 }))]) {
    const line = lineOf(lineId)
    if (line)
      told.push({
        kind: 'line',
        name: nameOf({ name: line.name, label: line.variant_label }),
        from: line.quantity,
        to: quantity,
      })
  }
  for (const one of added) {
    const before = asked.more.find(({ variantId }) => variantId === one.variantId)?.lineId
    const from = (before ? lineOf(before)?.quantity : undefined) ?? 0
    told.push({
      kind: 'line',
      name: nameOf({ name: one.name, label: one.variantLabel }),
      from,
      to: from + one.quantity,
    })
  }
  return told
}

function tellDelivery(
  model: ReadModel,
  order: OrderRow,
  { kinds }: Changeable,
  asked: Asked,
  delivery: Awaited<ReturnType<typeof planDelivery>> | null,
): OrderChange[] {
  if (asked.address) {
    const from = order.address
    return isSameAddress(from, asked.address) ? [] : [{ kind: 'address', from, to: asked.address }]
  }
  if (!delivery) return []
  const { method, siteId, address, promisedAt, latestAt, window } = delivery.planned
  const to = {
    method,
    siteName: siteId === null ? null : (model.site(siteId)?.name ?? null),
    address,
    promisedAt,
    latestAt,
  }
  return [{ kind: 'delivery', from: viewDelivery(model, order, kinds), to: { ...to, inWindow: window !== null } }]
}
