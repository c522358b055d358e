import type { z } from 'zod'
import type { transferEndpoints } from '@ecluse/contracts/transfers.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { requireEitherPlace, requirePlace } from '../actors-places.ts'
import { advancePoolsOf, syncAdvanceAt } from '../advance-sales.ts'
import { companyDay } from '../domain/company-day.ts'
import { poolIdOf } from '../domain/pool-id.ts'
import { requireOnDocument } from '../queries/articles.ts'
import {
  markReceived,
  markSent,
  selectTransferLines,
  updateArrival,
  type TransferLineRow,
  type TransferRow,
} from '../queries/transfers.ts'
import { recordMovements, type Movement } from '../record-movements.ts'
import { requireAvailable } from '../require-available.ts'
import { lockInState, tellTransfer } from './request-transfer.ts'

type Sent = z.output<typeof transferEndpoints.sendTransfer.body>['lines']
type Arrived = z.output<typeof transferEndpoints.receiveTransfer.body>['lines']

/**
 * Goods leave the first place; from now on they are in transit. What customers were promised there stays.
 * @throws inventory.document_not_found, inventory.document_state, inventory.not_on_document, inventory.not_enough, access.wrong_site
 */
export async function sendTransfer(
  ctx: Ctx,
  tx: Tx,
  id: string,
  lines: Sent,
  expectedOn = usualArrival(ctx.clock.now()),
): Promise<void> {
  const transfer = await lockInState(tx, id, 'requested')
  const from = await requirePlace(ctx, tx, transfer.from_place_id)
  const known = await selectTransferLines(tx, id)
  await requireOnDocument(tx, lines, new Set(known.map(({ variant_id }) => variant_id)))
  const leaving = lines.filter(({ units }) => units > 0)
  await requireAvailable(
    tx,
    leaving.map(({ variantId, units }) => ({ poolId: poolIdOf(variantId, from.id), quantity: units })),
    await advancePoolsOf(tx, transfer),
  )
  await recordMovements(
    ctx,
    tx,
    leaving.map(({ variantId, units, lots }) => ({
      kind: 'transfer_out',
      variantId,
      placeId: from.id,
      quantity: -BigInt(units),
      reference: transfer.number,
      lots,
    })),
  )
  await markSent(tx, id, leaving, ctx.clock.now(), actorLabel(ctx.actor), expectedOn)
  await syncAdvanceAt(tx, transfer)
  await tellTransfer(ctx, tx, transfer, 'sent')
}

/**
 * Goods arrive. All that left comes in by the journal, and what is missing is written off at once with its reason, so that what
 * left is always what arrived and what was lost.
 * @throws inventory.document_not_found, inventory.document_state, inventory.not_on_document, inventory.reason_needed, access.wrong_site
 */
export async function receiveTransfer(ctx: Ctx, tx: Tx, id: string, lines: Arrived): Promise<void> {
  const transfer = await lockInState(tx, id, 'sent')
  await requirePlace(ctx, tx, transfer.to_place_id)
  const known = await selectTransferLines(tx, id)
  await requireOnDocument(tx, lines, new Set(known.map(({ variant_id }) => variant_id)))
  const told = new Map(lines.map((line) => [line.variantId, line]))
  const arrived = known.map((line) => {
    const { units, reasonCode, lots } = told.get(line.variant_id) ?? { units: 0, reasonCode: null }
    const differs = units !== (line.sent_units ?? 0)
    if (differs && reasonCode === null) throw refuse('inventory.reason_needed', { sku: line.sku })
    return { line, variantId: line.variant_id, units, reasonCode: differs ? reasonCode : null, lots }
  })
  await recordMovements(
    ctx,
    tx,
    arrived.flatMap((one) => movementsOf(transfer, one)),
  )
  await markReceived(
    tx,
    id,
    arrived.map(({ variantId, units, reasonCode }) => ({ variantId, units, reasonCode })),
    ctx.clock.now(),
    actorLabel(ctx.actor),
  )
  await syncAdvanceAt(tx, transfer)
  await tellTransfer(ctx, tx, transfer, 'received')
}

/** How long goods are on their way until somebody says otherwise. */
const usualDays = 2

function usualArrival(now: Date): string {
  return new Date(Date.parse(companyDay(now)) + usualDays * 86_400_000).toISOString().slice(0, 10)
}

/**
 * Says on which day goods in transit arrive; who was promised these units is told when it is later.
 * @throws inventory.document_not_found, inventory.document_state, access.wrong_site
 */
export async function rescheduleTransfer(ctx: Ctx, tx: Tx, id: string, expectedOn: string | null): Promise<void> {
  const transfer = await lockInState(tx, id, 'sent')
  await requireEitherPlace(ctx, tx, [transfer.from_place_id, transfer.to_place_id])
  await updateArrival(tx, id, expectedOn)
  await tellTransfer(ctx, tx, transfer, 'sent')
}

function movementsOf(
  transfer: TransferRow,
  { line, variantId, units, reasonCode, lots }: Arrived[number] & { line: TransferLineRow },
): Movement[] {
  const sent = line.sent_units ?? 0
  const at = { variantId, placeId: transfer.to_place_id, reference: transfer.number }
  const movements: Movement[] = []
  if (sent > 0)
    movements.push({ ...at, kind: 'transfer_in', quantity: BigInt(sent), fromPlaceId: transfer.from_place_id })
  if (units < sent) movements.push({ ...at, kind: 'loss', quantity: BigInt(units - sent), reasonCode, lots })
  if (units > sent) movements.push({ ...at, kind: 'receipt', quantity: BigInt(units - sent), reasonCode, lots })
  return movements
}
