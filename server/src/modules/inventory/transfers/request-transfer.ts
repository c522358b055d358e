import type { TransferInput, TransferState } from '@ecluse/contracts/transfers.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { requireEitherPlace } from '../actors-places.ts'
import { documentNumberOf } from '../domain/document-number.ts'
import { lockTransfer } from '../queries/locks.ts'
import { shelvedVariants } from '../queries/stock.ts'
import { insertTransfer, markCancelled, type TransferRow } from '../queries/transfers.ts'

/**
 * Asks one place for goods for another. Nothing has moved yet, and nothing is kept for it.
 * @returns its id
 * @throws inventory.same_place, inventory.place_not_found, inventory.variant_not_found, access.wrong_site
 */
export async function requestTransfer(ctx: Ctx, tx: Tx, input: TransferInput): Promise<string> {
  if (input.fromPlaceId === input.toPlaceId) throw refuse('inventory.same_place')
  await requireEitherPlace(ctx, tx, [input.fromPlaceId, input.toPlaceId])
  const variantIds = input.lines.map(({ variantId }) => variantId)
  if ((await shelvedVariants(tx, variantIds)).size < variantIds.length) throw refuse('inventory.variant_not_found')
  const id = ctx.ids.next()
  const row = {
    id,
    number: documentNumberOf('transfer', id),
    from_place_id: input.fromPlaceId,
    to_place_id: input.toPlaceId,
    note: input.note,
    requested_at: ctx.clock.now(),
    requested_by: actorLabel(ctx.actor),
  }
  await insertTransfer(tx, row, input.lines)
  await tellTransfer(ctx, tx, row, 'requested')
  return id
}

/**
 * Gives up a transfer that has not left.
 * @throws inventory.document_not_found, inventory.document_state, access.wrong_site
 */
export async function cancelTransfer(ctx: Ctx, tx: Tx, id: string): Promise<void> {
  const transfer = await lockInState(tx, id, 'requested')
  await requireEitherPlace(ctx, tx, [transfer.from_place_id, transfer.to_place_id])
  await markCancelled(tx, id)
  await tellTransfer(ctx, tx, transfer, 'cancelled')
}

/** @throws inventory.document_not_found, inventory.document_state */
export async function lockInState(tx: Tx, id: string, state: TransferState): Promise<TransferRow> {
  const transfer = await lockTransfer(tx, id)
  if (!transfer) throw refuse('inventory.document_not_found')
  if (transfer.state !== state) throw refuse('inventory.document_state', { state: transfer.state })
  return transfer
}

/** Tells that a transfer has come to a state. */
export async function tellTransfer(
  ctx: Ctx,
  tx: Tx,
  transfer: Pick<TransferRow, 'id' | 'number' | 'from_place_id' | 'to_place_id'>,
  state: TransferState,
): Promise<void> {
  const payload = {
    transferId: transfer.id,
    number: transfer.number,
    fromPlaceId: transfer.from_place_id,
    toPlaceId: transfer.to_place_id,
    state,
  }
  await publish(tx, ctx, [{ type: 'inventory.transfer_changed', version: 1, aggregateId: transfer.id, payload }])
}
