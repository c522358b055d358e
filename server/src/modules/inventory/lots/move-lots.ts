import type { SerialState } from '@ecluse/contracts/lots.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { companyDay } from '../domain/company-day.ts'
import { isSellable, type Chosen } from '../domain/choose-lots.ts'
import {
  changeSerials,
  insertLots,
  selectNamedLots,
  selectShelf,
  writeLotChanges,
  type ShelfRow,
} from '../queries/lot-moves.ts'
import { shareLots } from '../queries/locks.ts'
import { decideLots } from './decide-lots.ts'
import { selectPicks, spendPicks } from '../queries/lot-picks.ts'
import type { LotMove, LotScene } from './lot-scene.ts'

type MovedLots = { readonly move: LotMove; readonly lots: readonly Chosen[] }

/**
 * Moves the lots of followed articles along with their quantities on hand, whose pools are locked: what is named, what was put
 * aside for the line of an order, or what expires first. A serial number is one unit: of two people who take it, one wins.
 * @returns what was moved, and what of it came in and may not be sold, to be kept back
 * @throws inventory.lots_needed, inventory.serials_needed, inventory.lots_add_up, inventory.lot_short, inventory.lots_short,
 *   inventory.lot_blocked, inventory.lot_expired, inventory.serial_state, inventory.lot_not_of_order,
 *   inventory.lot_date_needed, inventory.lot_date_differs
 */
export async function moveLots(
  ctx: Ctx,
  tx: Tx,
  moves: readonly LotMove[],
): Promise<{ moved: readonly MovedLots[]; toKeepBack: readonly MovedLots[] }> {
  const scene = await setScene(ctx, tx, moves)
  for (const move of moves) {
    const chosen = await decideLots(ctx, scene, move)
    scene.decided.set(move, chosen)
    takeFromScene(scene, move, chosen)
  }
  const changes = [...scene.decided].flatMap(([move, chosen]) =>
    chosen.map(({ lotId, units }) => changeOf(move, lotId, units)),
  )
  if (changes.length === 0) return { moved: [], toKeepBack: [] }
  const standing = await standingOf(tx, scene)
  requireSellable(scene, standing)
  await writeLotChanges(tx, changes)
  await spend(tx, scene)
  return { moved: [...scene.decided].map(([move, lots]) => ({ move, lots })), toKeepBack: toKeepBack(scene, standing) }
}

async function setScene(ctx: Ctx, tx: Tx, moves: readonly LotMove[]): Promise<LotScene> {
  const names = moves.flatMap(({ row, named }) => [
    { variantId: row.variantId, number: null },
    ...(named ?? []).map(({ number }) => ({ variantId: row.variantId, number })),
  ])
  await writeNewLots(ctx, tx, moves)
  const lots = await selectNamedLots(tx, names)
  const shelf = await selectShelf(tx, [...new Set(moves.map(({ row }) => row.poolId))])
  const shelves = new Map<string, ShelfRow[]>()
  for (const row of shelf) shelves.set(row.poolId, [...(shelves.get(row.poolId) ?? []), row])
  const lineIds = moves.flatMap(({ lineId, row }) => (lineId && row.kind === 'sale' ? [lineId] : []))
  return {
    tx,
    today: companyDay(ctx.clock.now()),
    lots: new Map([...lots, ...shelf].map((lot) => [lot.lotId, lot])),
    shelves,
    picks: lineIds.length > 0 ? await selectPicks(tx, lineIds) : [],
    decided: new Map(),
  }
}

/** Lots that come in for the first time. */
async function writeNewLots(ctx: Ctx, tx: Tx, moves: readonly LotMove[]): Promise<void> {
  const incoming = moves.filter(({ quantity, row }) => quantity > 0 && (row.kind === 'receipt' || row.kind === 'count'))
  const lots = incoming.flatMap(({ row, named, tracking }) =>
    (named ?? []).map(({ number, expiresOn }) => ({
      lotId: ctx.ids.next(),
      variantId: row.variantId,
      number,
      serial: tracking === 'serial',
      expiresOn: expiresOn ?? null,
    })),
  )
  if (lots.length > 0) await insertLots(tx, lots, ctx.clock.now())
}

/** Later movements of the same transaction find what earlier ones left. */
function takeFromScene(scene: LotScene, move: LotMove, chosen: readonly Chosen[]): void {
  const shelf = scene.shelves.get(move.row.poolId) ?? []
  const sign = move.quantity > 0 ? 1 : -1
  const next = shelf.map((row) => {
    const moved = chosen.find(({ lotId }) => lotId === row.lotId)?.units ?? 0
    const picks = move.row.kind === 'sale' ? picksAfter(row.picks, move.lineId, moved) : row.picks
    return { ...row, units: row.units + sign * moved, keptBack: row.keptBack - keptOf(move, sign * moved), picks }
  })
  for (const { lotId, units } of chosen) {
    const lot = scene.lots.get(lotId)
    if (lot && !shelf.some((row) => row.lotId === lotId))
      next.push({ ...lot, poolId: move.row.poolId, units: sign * units, keptBack: 0, picks: [] })
  }
  scene.shelves.set(move.row.poolId, next)
}

/** What stays aside when units have left for a line: its own are not among them any more, and would count twice. */
const picksAfter = (picks: ShelfRow['picks'], gone: string | null, moved: number): ShelfRow['picks'] =>
  picks.map((pick) => (pick.lineId === gone ? { ...pick, units: Math.max(0, pick.units - moved) } : pick))

const keptOf = (move: LotMove, quantity: number): number => (move.row.kind === 'quarantine' ? quantity : 0)

function changeOf(move: LotMove, lotId: string, units: number) {
  const quantity = move.quantity > 0 ? units : -units
  const { poolId } = move.row
  return {
    poolId,
    movementId: move.movementId,
    lotId,
    quantity,
    keptBack: -keptOf(move, quantity),
    lineId: move.lineId,
  }
}

/** From which states a unit goes where, by what moves it: `+` in, `-` out. */
const serialMoves: Readonly<Record<string, { origins: readonly SerialState[]; target: SerialState }>> = {
  'receipt+': { origins: ['away'], target: 'in_stock' },
  'receipt-': { origins: ['in_stock'], target: 'away' },
  'sale-': { origins: ['in_stock'], target: 'sold' },
  'return+': { origins: ['sold'], target: 'in_stock' },
  'count+': { origins: ['away'], target: 'in_stock' },
  'count-': { origins: ['in_stock'], target: 'away' },
  'loss-': { origins: ['in_stock'], target: 'away' },
  'transfer_out-': { origins: ['in_stock'], target: 'in_transit' },
  'transfer_in+': { origins: ['in_transit', 'away'], target: 'in_stock' },
  'quarantine-': { origins: ['in_stock'], target: 'kept_back' },
  'quarantine+': { origins: ['kept_back'], target: 'in_stock' },
}

/** Changes the states of serial numbers and holds the other lots, so that nobody blocks them meanwhile. */
async function standingOf(tx: Tx, scene: LotScene): Promise<Map<string, { blocked: boolean }>> {
  const standing = new Map<string, { blocked: boolean }>()
  const shared = new Set<string>()
  for (const [move, chosen] of scene.decided) {
    const serials = chosen.filter(({ lotId }) => scene.lots.get(lotId)?.serial)
    for (const { lotId } of chosen) if (!scene.lots.get(lotId)?.serial) shared.add(lotId)
    if (serials.length === 0) continue
    const step = serialMoves[`${move.row.kind}${move.quantity > 0 ? '+' : '-'}`]
    if (!step) throw new Error(`a serial number cannot move by ${move.row.kind}`)
    const changed = await changeSerials(
      tx,
      serials.map(({ lotId }) => ({ lotId, ...step, lineId: move.lineId })),
    )
    const refused = serials.find(({ lotId }) => !changed.has(lotId))
    if (refused) throw await whyNot(tx, scene, refused.lotId)
    for (const [lotId, now] of changed) standing.set(lotId, now)
  }
  if (shared.size > 0) for (const [lotId, now] of await shareLots(tx, [...shared])) standing.set(lotId, now)
  return standing
}

/** Why a unit cannot move: as it is now, and not as it was when this began. */
async function whyNot(tx: Tx, scene: LotScene, lotId: string): Promise<Error> {
  const known = scene.lots.get(lotId)
  const [now] = known ? await selectNamedLots(tx, [known]) : []
  const state = now?.asideFor && now.state === 'in_stock' ? 'aside' : (now?.state ?? 'away')
  return refuse('inventory.serial_state', { number: known?.number ?? '', state })
}

/** @throws inventory.lot_blocked, inventory.lot_expired */
function requireSellable(scene: LotScene, standing: ReadonlyMap<string, { blocked: boolean }>): void {
  for (const [move, chosen] of scene.decided) {
    if (move.row.kind !== 'sale') continue
    for (const { lotId } of chosen) {
      const lot = scene.lots.get(lotId)
      const number = lot?.number ?? ''
      if (standing.get(lotId)?.blocked) throw refuse('inventory.lot_blocked', { number })
      if (lot && !isSellable({ ...lot, blocked: false }, { today: scene.today, minDaysLeft: move.minDaysLeft }))
        throw refuse('inventory.lot_expired', { number, expiresOn: lot.expiresOn ?? '' })
    }
  }
}

/** What was put aside for a line and has left is put aside no longer. */
async function spend(tx: Tx, scene: LotScene): Promise<void> {
  const spent = [...scene.decided].flatMap(([move, chosen]) =>
    move.row.kind === 'sale' && scene.picks.some(({ lineId }) => lineId === move.lineId)
      ? chosen.map(({ lotId, units }) => ({ lineId: move.lineId ?? '', lotId, units }))
      : [],
  )
  if (spent.length > 0) await spendPicks(tx, spent)
}

/** What came in of lots that may not be sold; what is let go is what somebody has just allowed. */
function toKeepBack(scene: LotScene, standing: ReadonlyMap<string, { blocked: boolean }>): MovedLots[] {
  return [...scene.decided].flatMap(([move, chosen]) => {
    if (move.quantity < 0 || move.row.kind === 'quarantine') return []
    const lots = chosen.filter(({ lotId }) => {
      const expiresOn = scene.lots.get(lotId)?.expiresOn ?? null
      const blocked = standing.get(lotId)?.blocked ?? false
      return !isSellable({ expiresOn, blocked }, { today: scene.today, minDaysLeft: move.minDaysLeft })
    })
    return lots.length > 0 ? [{ move, lots }] : []
  })
}
