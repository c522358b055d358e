import type { PickingRound, PickStop } from '@ecluse/contracts/picking.ts'
import { readGs1 } from '@ecluse/contracts/gs1.ts'
import { actorLabel, requireSite, type Ctx } from '../../kernel/context.ts'
import type { Queryable, Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { markReady } from './advance-fulfillment.ts'
import { compareLocations, namesArticle } from './domain/walk.ts'
import { labelPick, lineFor, readUnitLabel, unlabelPicks } from './label-pick.ts'
import { lockRound } from './queries/locks.ts'
import {
  endRound,
  insertRound,
  ownersOf,
  picksOf,
  selectRound,
  takeIntoRound,
  updatePicked,
  type PickRow,
  type RoundRow,
} from './queries/picking.ts'

/**
 * Puts preparations of one shop together, to be picked in one walk. Each is in one round at most: of two people who take the same,
 * one is told.
 * @throws fulfillment.not_found, fulfillment.other_shop, fulfillment.in_round, access.wrong_site
 */
export async function openRound(ctx: Ctx, tx: Tx, fulfillmentIds: readonly string[]): Promise<PickingRound> {
  const ids = [...new Set(fulfillmentIds)]
  const owners = await ownersOf(tx, ids)
  const [first] = owners
  if (!first || owners.length < ids.length) throw refuse('fulfillment.not_found')
  if (owners.some(({ site_id: siteId }) => siteId !== first.site_id)) throw refuse('fulfillment.other_shop')
  requireSite(ctx.actor, first.site_id)
  const id = ctx.ids.next()
  await insertRound(tx, { id, siteId: first.site_id, actor: actorLabel(ctx.actor), at: ctx.clock.now() })
  // The most urgent has the first tray.
  const members = owners.map(({ id: member, order_id: orderId }, index) => ({ orderId, id: member, tray: index + 1 }))
  const taken = await takeIntoRound(tx, id, members)
  if (taken.length < members.length) throw refuse('fulfillment.in_round')
  return readRound(ctx, tx, id)
}

/** @throws fulfillment.round_not_found, access.wrong_site */
export async function readRound(ctx: Ctx, db: Queryable, id: string): Promise<PickingRound> {
  const round = await selectRound(db, id)
  if (!round) throw refuse('fulfillment.round_not_found')
  requireSite(ctx.actor, round.site_id)
  return viewRound(round, await picksOf(db, id))
}

/**
 * One unit is taken from its shelf: it goes to the tray it was put aside for, else to the first that still needs one. The lot or serial
 * number its label says is put aside for that order. What is in no order of the round is refused, as is one unit too many.
 * @throws fulfillment.round_not_found, fulfillment.round_over, fulfillment.not_in_round, fulfillment.enough_picked, access.wrong_site
 *   and those of `pickLots`
 */
export async function scanPick(
  ctx: Ctx,
  tx: Tx,
  id: string,
  typed: string,
): Promise<{ name: string; number: string | null; tray: number; left: number; round: PickingRound }> {
  await openOne(ctx, tx, id)
  const symbol = readGs1(typed, ctx.clock.now())
  const code = symbol?.gtin ?? typed
  const rows = (await picksOf(tx, id)).filter((row) => namesArticle(code, row))
  const [any] = rows
  if (!any) throw refuse('fulfillment.not_in_round', { code: typed })
  const label = await readUnitLabel(tx, rows, symbol)
  const row = lineFor(rows, label)
  const name = nameOf(any)
  if (!row) throw refuse('fulfillment.enough_picked', { name })
  if (label) await labelPick(ctx, tx, row, label)
  await updatePicked(tx, keyOf(row), row.picked + 1)
  const left = rows.reduce((sum, { quantity, picked }) => sum + quantity - picked, -1)
  return { name, number: label?.number ?? null, tray: row.tray, left, round: await readRound(ctx, tx, id) }
}

/**
 * Says how many units of a line are picked; units that go back to their shelf are put aside for it no more.
 * @throws fulfillment.round_not_found, fulfillment.round_over, fulfillment.line_gone, access.wrong_site
 */
export async function setPicked(
  ctx: Ctx,
  tx: Tx,
  id: string,
  { fulfillmentId, lineId, picked }: { fulfillmentId: string; lineId: string; picked: number },
): Promise<PickingRound> {
  await openOne(ctx, tx, id)
  const row = (await picksOf(tx, id)).find((one) => one.fulfillment_id === fulfillmentId && one.line_id === lineId)
  if (!row) throw refuse('fulfillment.line_gone')
  await unlabelPicks(ctx, tx, row, picked)
  await updatePicked(tx, keyOf(row), picked)
  return readRound(ctx, tx, id)
}

/**
 * The walk is over: orders of which everything was picked are ready, the others stay to be made, in no round.
 * @throws fulfillment.round_not_found, fulfillment.round_over, access.wrong_site
 */
export async function finishRound(ctx: Ctx, tx: Tx, id: string): Promise<{ ready: number; left: number }> {
  const round = await openOne(ctx, tx, id)
  const orders = viewRound(round, await picksOf(tx, id)).orders.filter(({ state }) => state === 'to_prepare')
  const whole = orders.filter(({ units, picked }) => picked === units)
  await endRound(tx, id, ctx.clock.now())
  for (const { fulfillmentId } of whole) await markReady(ctx, tx, fulfillmentId)
  return { ready: whole.length, left: orders.length - whole.length }
}

async function openOne(ctx: Ctx, tx: Tx, id: string): Promise<RoundRow> {
  const round = await lockRound(tx, id)
  if (!round) throw refuse('fulfillment.round_not_found')
  requireSite(ctx.actor, round.site_id)
  if (round.done_at) throw refuse('fulfillment.round_over')
  return round
}

const keyOf = ({ order_id: orderId, fulfillment_id: fulfillmentId, line_id: lineId }: PickRow) => ({
  orderId,
  fulfillmentId,
  lineId,
})

const nameOf = ({ name, variant_label: label }: PickRow): string => [name, label].filter(Boolean).join(' · ')

/** Head of a round as the API tells it. */
export const headOf = (round: RoundRow) => ({
  id: round.id,
  siteId: round.site_id,
  siteName: round.site_name,
  actor: round.actor,
  createdAt: round.created_at.toISOString(),
  doneAt: round.done_at?.toISOString() ?? null,
})

function viewRound(round: RoundRow, rows: readonly PickRow[]): PickingRound {
  const stops = new Map<string, PickStop>()
  const orders = new Map<string, PickingRound['orders'][number]>()
  for (const row of rows) {
    const key = `${row.place_name} ${row.variant_id}`
    const { location, sku, gtin, name, quantity, picked, tray } = row
    const stop = stops.get(key) ?? {
      location,
      sku,
      gtin,
      name,
      placeName: row.place_name,
      variantId: row.variant_id,
      variantLabel: row.variant_label,
      imageUrl: row.image_url,
      quantity: 0,
      picked: 0,
      lines: [],
    }
    const line = { fulfillmentId: row.fulfillment_id, lineId: row.line_id, tray, quantity, picked }
    stops.set(key, {
      ...stop,
      quantity: stop.quantity + quantity,
      picked: stop.picked + picked,
      lines: [...stop.lines, line],
    })
    const order = orders.get(row.fulfillment_id) ?? {
      fulfillmentId: row.fulfillment_id,
      orderNumber: row.order_number,
      customerName: row.customer_name,
      tray,
      state: row.state,
      units: 0,
      picked: 0,
    }
    orders.set(row.fulfillment_id, { ...order, units: order.units + quantity, picked: order.picked + picked })
  }
  return {
    ...headOf(round),
    units: rows.reduce((sum, { quantity }) => sum + quantity, 0),
    picked: rows.reduce((sum, { picked }) => sum + picked, 0),
    orders: [...orders.values()],
    stops: [...stops.values()].sort(
      (a, b) =>
        a.placeName.localeCompare(b.placeName) || compareLocations(a.location, b.location) || (a.sku < b.sku ? -1 : 1),
    ),
  }
}
