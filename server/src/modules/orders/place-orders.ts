import type { PlacedOrder } from '@ecluse/contracts/orders.ts'
import { assert } from '../../kernel/assert.ts'
import { claimKeys, releaseKeys, storeAnswers, type Replay } from '../../kernel/command.ts'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { refuse, type Refusal } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { issueStock } from '../inventory/public.ts'
import { insertPayments, publishCaptured } from '../payments/public.ts'
import { takeAll, takePromises, type Shortage } from '../promises/public.ts'
import type { DraftOrder } from './draft-order.ts'
import { orderPlaced, orderReserved } from './order-events.ts'
import { continueDocuments, takenOver, withoutTheirHolds } from './continue-orders.ts'
import { closeCarts, openCarts, reopenCarts } from './queries/carts.ts'
import { insertOrderAppointments } from './queries/appointments.ts'
import { insertConsents } from './queries/downloads.ts'
import { insertGifts } from './queries/gifts.ts'
import { insertCompanyOrders } from './queries/company-orders.ts'
import { insertOrderGroups } from './queries/order-groups.ts'
import { insertOrderPromises, type OrderPromiseRow } from './queries/order-promises.ts'
import { insertOrderLines, insertOrders } from './queries/orders.ts'

/** One purchase of a batch: the order to write and the answer its buyer gets. */
export type Purchase = {
  readonly ctx: Ctx
  readonly draft: DraftOrder
  readonly answer: PlacedOrder
  /** The cart it comes from, as its buyer saw it: a cart becomes one order at the most. */
  readonly cart: { readonly id: string; readonly version: number } | null
}

/** How one purchase of a batch ended. */
export type Placement =
  | {
      readonly outcome: 'placed'
      readonly available: readonly { variantId: string; placeId: string; available: number }[]
    }
  /** The stock was gone at one place: choose again, or give up. */
  | {
      readonly outcome: 'short'
      readonly variantId: string
      readonly placeId: string
      readonly available: number
      /** What of it is for this buyer's channel. */
      readonly forBuyer: number
    }
  /** Something else it needs is taken: a window, a bay, a seat. */
  | { readonly outcome: 'full'; readonly kind: OrderPromiseRow['kind'] }
  | Answered

/** Answered before anything is written. */
type Answered =
  | { readonly outcome: 'answered'; readonly with: Replay | Refusal }
  /** The cart's goods or terms changed meanwhile: read it again. */
  | { readonly outcome: 'stale' }

/**
 * Places many orders in one transaction, each accepted or refused on its own, with a fixed number of statements however
 * many there are: keys, orders, lines, payments, events, answers, promises, stock. Nearly always all the stock is there: the
 * statements are then sent together, and the stock is taken last, so that the next batch waits for it no longer than the
 * commit takes. Only when something is missing is everything undone and each purchase decided on its own.
 *
 * @param written called when only the commit is left to wait for
 */
export async function placeOrders(ctx: Ctx, purchases: readonly Purchase[], written: () => void): Promise<Placement[]> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const placements = await placeAll(ctx, tx, purchases)
      written()
      return placements
    })
  } catch (error) {
    if (!(error instanceof SomethingMissing)) throw error
    return inTransaction(ctx.db, (tx) => placeEach(ctx, tx, purchases))
  }
}

/** Rolls back a batch that cannot be placed as a whole. */
class SomethingMissing extends Error {}

/** @throws SomethingMissing when there is not enough stock for all */
async function placeAll(ctx: Ctx, tx: Tx, purchases: readonly Purchase[]): Promise<Placement[]> {
  const claims = await claimAll(ctx, tx, purchases)
  const open = purchases.filter((purchase) => !claims.has(purchase))
  const available = open.length > 0 ? await writeAndTake(ctx, tx, open) : new Map<string, bigint>()
  await carryOut(ctx, tx, open)
  return purchases.map(
    (purchase): Placement =>
      claims.get(purchase) ?? { outcome: 'placed', available: availableAfter(purchase, available) },
  )
}

/** @throws SomethingMissing */
async function writeAndTake(ctx: Ctx, tx: Tx, purchases: readonly Purchase[]): Promise<ReadonlyMap<string, bigint>> {
  const [, whole, available] = await Promise.all([
    write(ctx, tx, purchases),
    continueDocuments(ctx, tx, purchases),
    takeAll(ctx, tx, purchases.map(demandOf)),
  ])
  if (!whole || available === null) throw new SomethingMissing()
  return available
}

async function placeEach(ctx: Ctx, tx: Tx, purchases: readonly Purchase[]): Promise<Placement[]> {
  const claims = await claimAll(ctx, tx, purchases)
  const claimed = purchases.filter((purchase) => !claims.has(purchase))
  const stale = await withoutTheirHolds(tx, claimed)
  for (const purchase of stale) claims.set(purchase, { outcome: 'stale' })
  if (stale.length > 0) await releaseAll(tx, stale)
  const open = claimed.filter((purchase) => !claims.has(purchase))
  const { refusals, available } = await takePromises(ctx, tx, open.map(demandOf))
  const shortages = new Map(open.flatMap((purchase, index) => (refusals[index] ? [[purchase, refusals[index]]] : [])))
  if (shortages.size > 0) await releaseAll(tx, [...shortages.keys()])
  const placed = open.filter((purchase) => !shortages.has(purchase))
  if (placed.length > 0) {
    await write(ctx, tx, placed)
    assert(await continueDocuments(ctx, tx, placed), 'holds that were locked go over')
  }
  await carryOut(ctx, tx, placed)
  return purchases.map((purchase): Placement => {
    const claim = claims.get(purchase)
    if (claim) return claim
    const shortage = shortages.get(purchase)
    if (!shortage) return { outcome: 'placed', available: availableAfter(purchase, available) }
    return shortOf(purchase.draft, shortage)
  })
}

function shortOf({ lines, promises }: DraftOrder, { poolId, available, forAsker }: Shortage): Placement {
  const line = lines.find((candidate) => candidate.pool_id === poolId)
  if (line)
    return {
      outcome: 'short',
      variantId: line.variant_id,
      placeId: line.place_id,
      available: Number(available),
      forBuyer: Number(forAsker),
    }
  const promise = promises.find((candidate) => candidate.pool_id === poolId)
  assert(promise, 'a shortage is of something asked')
  return { outcome: 'full', kind: promise.kind }
}

/**
 * Claims the idempotency keys and the carts of a batch, and says which purchases are answered by that already: those
 * repeated, and those whose cart has become another order.
 */
async function claimAll(ctx: Ctx, tx: Tx, purchases: readonly Purchase[]): Promise<Map<Purchase, Answered>> {
  const answered = new Map<Purchase, Answered>()
  const keyed = purchases.flatMap((purchase) =>
    purchase.ctx.idempotency ? [{ purchase, key: purchase.ctx.idempotency }] : [],
  )
  if (keyed.length > 0) {
    const claims = await claimKeys(
      ctx,
      tx,
      keyed.map(({ key }) => key),
    )
    keyed.forEach(({ purchase }, index) => {
      const claim = claims[index]
      if (claim) answered.set(purchase, { outcome: 'answered', with: claim })
    })
  }
  const carted = purchases.flatMap((purchase) =>
    purchase.cart && !answered.has(purchase)
      ? [{ purchase, cartId: purchase.cart.id, version: purchase.cart.version, orderId: purchase.draft.order.id }]
      : [],
  )
  if (carted.length > 0) {
    const closed = await closeCarts(tx, carted)
    const late = carted.filter(({ orderId }) => !closed.has(orderId))
    const lateCarts = late.map(({ cartId }) => cartId)
    const changed = lateCarts.length > 0 ? await openCarts(tx, lateCarts) : new Set()
    for (const { purchase, cartId } of late)
      answered.set(
        purchase,
        changed.has(cartId) ? { outcome: 'stale' } : { outcome: 'answered', with: refuse('orders.cart_not_found') },
      )
    await giveKeysBack(
      tx,
      late.map(({ purchase }) => purchase),
    )
  }
  return answered
}

/** Gives keys and carts of refused purchases back: they may be tried again. */
async function releaseAll(tx: Tx, purchases: readonly Purchase[]): Promise<void> {
  await giveKeysBack(tx, purchases)
  const orderIds = purchases.flatMap(({ cart, draft }) => (cart ? [draft.order.id] : []))
  if (orderIds.length > 0) await reopenCarts(tx, orderIds)
}

async function giveKeysBack(tx: Tx, purchases: readonly Purchase[]): Promise<void> {
  const keys = purchases.flatMap(({ ctx: { idempotency } }) => (idempotency ? [idempotency] : []))
  if (keys.length > 0) await releaseKeys(tx, keys)
}

function demandOf({ draft: { order, lines, promises, continued, kept, ahead } }: Purchase) {
  const held = order.document_state === 'awaiting_payment'
  const all = [...lines, ...promises]
  const anew = continued ? all.filter((promised) => !takenOver(continued, promised.promise_id)) : all
  return {
    referenceId: order.id,
    as: held ? ('held' as const) : ('committed' as const),
    expiresAt: held ? order.expires_at : null,
    lines: anew.map((promised) => ({
      promiseId: promised.promise_id,
      poolId: promised.pool_id,
      quantity: BigInt(promised.quantity),
      kept: kept?.get(promised.pool_id),
      ahead: ahead?.get(promised.pool_id),
    })),
  }
}

/** Writes orders by statements that wait for no answer. */
async function write(ctx: Ctx, tx: Tx, purchases: readonly Purchase[]): Promise<void> {
  const drafts = purchases.map((purchase) => purchase.draft)
  const promises = drafts.flatMap((draft) => draft.promises)
  const companies = drafts.flatMap((draft) => draft.company ?? [])
  const groups = drafts.flatMap((draft) => draft.groups ?? [])
  const captured = drafts.flatMap(({ order: { actor }, channelCode, payments }) =>
    payments.filter((payment) => payment.state === 'captured').map((payment) => ({ ...payment, channelCode, actor })),
  )
  const answers = purchases.flatMap(({ ctx: { idempotency }, answer }) =>
    idempotency ? [{ ...idempotency, answer }] : [],
  )
  const consents = drafts.flatMap((draft) => draft.consent ?? [])
  const gifts = drafts.flatMap((draft) => draft.gift ?? [])
  const appointments = drafts.flatMap((draft) => draft.appointment ?? [])
  await Promise.all([
    insertOrders(
      tx,
      drafts.map((draft) => draft.order),
    ),
    insertOrderLines(
      tx,
      drafts.flatMap((draft) => draft.lines),
    ),
    promises.length > 0 ? insertOrderPromises(tx, promises) : undefined,
    companies.length > 0 ? insertCompanyOrders(tx, companies) : undefined,
    groups.length > 0 ? insertOrderGroups(tx, groups) : undefined,
    insertPayments(
      tx,
      drafts.flatMap((draft) => draft.payments),
    ),
    consents.length > 0 ? insertConsents(tx, consents) : undefined,
    gifts.length > 0 ? insertGifts(tx, gifts) : undefined,
    appointments.length > 0 ? insertOrderAppointments(tx, appointments) : undefined,
    publish(
      tx,
      ctx,
      drafts.map((draft) =>
        draft.order.document_state === 'confirmed'
          ? {
              ...orderPlaced(
                draft.order,
                draft.lines,
                draft.channelCode,
                draft.vatMinor,
                draft.appointment !== undefined,
              ),
              actor: draft.order.actor,
            }
          : { ...orderReserved(draft), actor: draft.order.actor },
      ),
    ),
    publishCaptured(ctx, tx, captured),
    answers.length > 0 ? storeAnswers(tx, answers) : undefined,
  ])
}

/** What buyers carry out of a shop leaves its stock in the same moment. */
async function carryOut(ctx: Ctx, tx: Tx, purchases: readonly Purchase[]): Promise<void> {
  const lines = purchases.flatMap(({ draft }) => carriedOut(draft))
  if (lines.length > 0) await issueStock(ctx, tx, lines)
}

/** Lines that leave the shop in the buyer's hands, at once. */
function carriedOut({ order, lines, lots }: DraftOrder) {
  if (order.delivery_method !== 'carry_out' || order.document_state !== 'confirmed') return []
  const carried = lines.some((line) => line.download_from) ? lines.filter((line) => !line.download_from) : lines
  return carried.map((line) => ({
    poolId: line.pool_id,
    promiseId: line.promise_id,
    variantId: line.variant_id,
    placeId: line.place_id,
    quantity: line.quantity,
    orderId: order.id,
    orderNumber: order.number,
    lineId: line.id,
    lots: lots?.find(({ variantId }) => variantId === line.variant_id)?.lots,
  }))
}

function availableAfter({ draft }: Purchase, available: ReadonlyMap<string, bigint>) {
  return draft.lines.flatMap((line) => {
    const left = available.get(line.pool_id)
    return left === undefined ? [] : [{ variantId: line.variant_id, placeId: line.place_id, available: Number(left) }]
  })
}
