import { assert } from '../../../kernel/assert.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { chooseLots, isSellable, unitsOf, type Chosen } from '../domain/choose-lots.ts'
import {
  insertLots,
  selectLots,
  selectMovedBy,
  selectNamedLots,
  selectSold,
  type LotRow,
  type ShelfRow,
} from '../queries/lot-moves.ts'
import type { LotMove, LotScene } from './lot-scene.ts'

/**
 * Which lots a movement moves: those that are named, those that follow from its document, or those that expire first.
 * @throws as `moveLots`
 */
export async function decideLots(ctx: Ctx, scene: LotScene, move: LotMove): Promise<readonly Chosen[]> {
  const wanted = Math.abs(move.quantity)
  const chosen = await chosenFor(ctx, scene, move, wanted)
  const units = unitsOf(chosen)
  if (units !== wanted) throw refuse('inventory.lots_add_up', { sku: move.sku, units: wanted, named: units })
  if (move.quantity < 0) requireThere(scene, move, chosen)
  if (move.row.kind === 'quarantine' && move.quantity > 0) requireKept(scene, move, chosen)
  return chosen
}

async function chosenFor(ctx: Ctx, scene: LotScene, move: LotMove, wanted: number): Promise<readonly Chosen[]> {
  if (move.known) {
    await learn(scene, move.known)
    return move.known
  }
  if (move.named && move.named.length > 0) return namedLots(scene, move)
  if (move.quantity < 0) return outgoing(scene, move, wanted)
  if (move.row.kind === 'return') return comingBack(ctx, scene, move, wanted)
  if (move.row.kind === 'transfer_in') return arriving(ctx, scene, move, wanted)
  if (move.row.kind === 'receipt') throw neededFor(move)
  return [{ lotId: await withoutNumber(ctx, scene, move), units: wanted }]
}

const neededFor = (move: LotMove): Error =>
  refuse(move.tracking === 'serial' ? 'inventory.serials_needed' : 'inventory.lots_needed', {
    sku: move.sku,
    units: Math.abs(move.quantity),
  })

/** @throws inventory.lot_short, inventory.lot_date_needed, inventory.lot_date_differs, inventory.lot_not_of_order */
async function namedLots(scene: LotScene, move: LotMove): Promise<Chosen[]> {
  const lots = new Map([...scene.lots.values()].filter(ofVariant(move)).map((lot) => [lot.number, lot]))
  const isNew = move.quantity > 0 && (move.row.kind === 'receipt' || move.row.kind === 'count')
  const chosen = (move.named ?? []).map(({ number, units, expiresOn }): Chosen => {
    const lot = lots.get(number)
    if (!lot) throw refuse('inventory.lot_short', { number, available: 0 })
    if (isNew && move.withExpiry && lot.expiresOn === null) throw refuse('inventory.lot_date_needed', { number })
    if (expiresOn !== undefined && lot.expiresOn !== null && lot.expiresOn !== expiresOn)
      throw refuse('inventory.lot_date_differs', { number, expiresOn: lot.expiresOn })
    if (lot.serial && units !== 1) throw refuse('inventory.lot_short', { number, available: 1 })
    return { lotId: lot.lotId, units }
  })
  if (move.row.kind === 'return' && move.row.orderId) await requireSold(scene, move, move.row.orderId, chosen)
  return chosen
}

const ofVariant =
  (move: LotMove) =>
  (lot: LotRow): boolean =>
    lot.variantId === move.row.variantId

/** What comes back is what had left with the order. @throws inventory.lot_not_of_order */
async function requireSold(scene: LotScene, move: LotMove, orderId: string, chosen: readonly Chosen[]): Promise<void> {
  const sold = await selectSold(scene.tx, orderId, move.row.variantId)
  for (const { lotId, units } of chosen) {
    const left = unitsOf(sold.filter((one) => one.lotId === lotId))
    if (left < units) throw refuse('inventory.lot_not_of_order', { number: scene.lots.get(lotId)?.number ?? '' })
  }
}

/** What leaves without being named. Of units with serial numbers, only those whose number is not known can. */
async function outgoing(scene: LotScene, move: LotMove, wanted: number): Promise<readonly Chosen[]> {
  const { kind } = move.row
  const came = await cameBefore(scene, move)
  if (unitsOf(came) === wanted) return came
  const picked = kind === 'sale' ? pickedFor(scene, move, wanted) : []
  const open = shelfOf(scene, move)
    .filter(({ lotId }) => came.length === 0 || came.some((one) => one.lotId === lotId))
    .map((row) => ({
      ...row,
      units: row.units - unitsOf(picked.filter(({ lotId }) => lotId === row.lotId)),
      // What lies in the line's other parcels is theirs.
      aside:
        unitsOf(row.picks.filter(({ lineId }) => move.aside !== null || lineId !== move.lineId)) -
        (move.aside === null ? 0 : unitsOf(picked.filter(({ lotId }) => lotId === row.lotId))),
    }))
    .filter((row) => move.tracking === 'lot' || !row.serial)
    .filter((row) => kind !== 'sale' || isSellable(row, { today: scene.today, minDaysLeft: move.minDaysLeft }))
  const chosen = joined([...picked, ...chooseLots(open, wanted - unitsOf(picked))])
  const there = unitsOf(chosen)
  if (there === wanted) return chosen
  throw move.tracking === 'serial'
    ? neededFor(move)
    : refuse('inventory.lots_short', { sku: move.sku, available: there })
}

const shelfOf = (scene: LotScene, move: LotMove): ShelfRow[] => scene.shelves.get(move.row.poolId) ?? []

/** What a receipt that is taken back had brought, or what this same act has just brought in, of what goes out again. */
async function cameBefore({ tx, decided }: LotScene, { row }: LotMove): Promise<readonly Chosen[]> {
  if (row.kind === 'receipt' && row.reference !== null) return selectMovedBy(tx, row.poolId, row.reference, 'receipt')
  if (row.kind !== 'loss') return []
  const before = [...decided].filter(
    ([other]) => other.row.poolId === row.poolId && (other.row.kind === 'return' || other.row.kind === 'transfer_in'),
  )
  return joined(before.flatMap(([, chosen]) => chosen))
}

function pickedFor(scene: LotScene, move: LotMove, wanted: number): Chosen[] {
  let left = wanted
  return scene.picks
    .filter(({ lineId, poolId }) => lineId === move.lineId && poolId === move.row.poolId)
    .flatMap(({ lotId, units }) => {
      const meant = move.aside === null ? units : unitsOf(move.aside.filter((one) => one.lotId === lotId))
      const taken = Math.min(left, units, meant)
      left -= taken
      return taken > 0 ? [{ lotId, units: taken }] : []
    })
}

/** What comes back of an order without being named: what had left with it, where that leaves no choice. */
async function comingBack(ctx: Ctx, scene: LotScene, move: LotMove, wanted: number): Promise<readonly Chosen[]> {
  const { orderId, variantId } = move.row
  const earlier = [...scene.decided].filter(([other]) => other.row.kind === 'return' && ofVariantMove(other, move))
  const gone = earlier.flatMap(([, chosen]) => chosen)
  const sold = (orderId ? await selectSold(scene.tx, orderId, variantId) : [])
    .map((one) => ({ ...one, units: one.units - unitsOf(gone.filter(({ lotId }) => lotId === one.lotId)) }))
    .filter(({ units }) => units > 0)
  const ofLine = move.lineId === null ? [] : sold.filter(({ lineId }) => lineId === move.lineId)
  const from = ofLine.length > 0 ? ofLine : sold
  await learn(scene, from)
  const serials = from.filter(({ lotId }) => scene.lots.get(lotId)?.serial)
  // Which of several units has come back only its label tells.
  if (serials.length > 0 && unitsOf(from) > wanted) throw neededFor(move)
  let left = wanted
  const chosen = from.flatMap(({ lotId, units }) => {
    const taken = Math.min(left, units)
    left -= taken
    return taken > 0 ? [{ lotId, units: taken }] : []
  })
  return left === 0
    ? joined(chosen)
    : joined([...chosen, { lotId: await withoutNumber(ctx, scene, move), units: left }])
}

const ofVariantMove = (other: LotMove, move: LotMove): boolean =>
  other.row.variantId === move.row.variantId && other.row.orderId === move.row.orderId

/** What arrives of a transfer is what had left by it; units found beyond that have no lot. */
async function arriving(ctx: Ctx, scene: LotScene, move: LotMove, wanted: number): Promise<readonly Chosen[]> {
  const { fromPoolId, row } = move
  const left = [...scene.decided].find(
    ([other]) => other.row.poolId === fromPoolId && other.row.kind === 'transfer_out',
  )?.[1]
  const sent =
    left ??
    (fromPoolId && row.reference ? await selectMovedBy(scene.tx, fromPoolId, row.reference, 'transfer_out') : [])
  await learn(scene, sent)
  const units = unitsOf(sent)
  if (units >= wanted) return sent
  return joined([...sent, { lotId: await withoutNumber(ctx, scene, move), units: wanted - units }])
}

/** Reads lots that are known by their ids only. */
async function learn(scene: LotScene, chosen: readonly Chosen[]): Promise<void> {
  const strangers = chosen.map(({ lotId }) => lotId).filter((lotId) => !scene.lots.has(lotId))
  if (strangers.length === 0) return
  for (const lot of await selectLots(scene.tx, strangers)) scene.lots.set(lot.lotId, lot)
}

/** The lot that stands for units of which no lot is known. */
async function withoutNumber(ctx: Ctx, scene: LotScene, move: LotMove): Promise<string> {
  const { variantId } = move.row
  const found = () => [...scene.lots.values()].find((lot) => lot.variantId === variantId && lot.number === null)
  if (!found()) {
    const lot = { lotId: ctx.ids.next(), variantId, number: null, serial: false, expiresOn: null }
    await insertLots(scene.tx, [lot], ctx.clock.now())
    for (const row of await selectNamedLots(scene.tx, [lot])) scene.lots.set(row.lotId, row)
  }
  const lot = found()
  assert(lot, 'a lot that was written is there')
  return lot.lotId
}

/** @throws inventory.lot_short, inventory.serial_state when what is named does not lie there */
function requireThere(scene: LotScene, move: LotMove, chosen: readonly Chosen[]): void {
  for (const { lotId, units } of chosen) {
    const lot = scene.lots.get(lotId)
    const available = shelfOf(scene, move).find((row) => row.lotId === lotId)?.units ?? 0
    if (available >= units) continue
    const number = lot?.number ?? '–'
    if (!lot?.serial) throw refuse('inventory.lot_short', { number, available })
    const state = lot.state === 'in_stock' || lot.state === null ? 'away' : lot.state
    throw refuse('inventory.serial_state', { number, state })
  }
}

/** @throws inventory.lot_short when more is let go than is kept back */
function requireKept(scene: LotScene, move: LotMove, chosen: readonly Chosen[]): void {
  for (const { lotId, units } of chosen) {
    const available = shelfOf(scene, move).find((row) => row.lotId === lotId)?.keptBack ?? 0
    if (available < units)
      throw refuse('inventory.lot_short', { number: scene.lots.get(lotId)?.number ?? '–', available })
  }
}

function joined(chosen: readonly Chosen[]): Chosen[] {
  const sums = new Map<string, number>()
  for (const { lotId, units } of chosen) if (units > 0) sums.set(lotId, (sums.get(lotId) ?? 0) + units)
  return [...sums].map(([lotId, units]) => ({ lotId, units }))
}
