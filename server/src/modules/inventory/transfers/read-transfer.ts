import type { Transfer, TransferSummary } from '@ecluse/contracts/transfers.ts'
import { sitesOf, type Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { requireEitherPlace } from '../actors-places.ts'
import { articleOf } from '../queries/articles.ts'
import {
  selectNamedTransferLines,
  selectTransfer,
  type TransferHead,
  type TransferSummaryRow,
} from '../queries/transfers.ts'

/** @throws inventory.document_not_found, access.wrong_site */
export async function readTransfer(ctx: Ctx, db: Queryable, id: string): Promise<Transfer> {
  const transfer = await selectTransfer(db, id)
  if (!transfer) throw refuse('inventory.document_not_found')
  if (sitesOf(ctx.actor)) await requireEitherPlace(ctx, db, [transfer.from_place_id, transfer.to_place_id])
  const lines = await selectNamedTransferLines(db, id, ctx.locale)
  return {
    ...headOf(transfer),
    note: transfer.note,
    requestedBy: transfer.requested_by,
    sentBy: transfer.sent_by,
    receivedBy: transfer.received_by,
    lines: lines.map((line) => ({
      ...articleOf(line, ctx.locale),
      requestedUnits: line.requested_units,
      sentUnits: line.sent_units,
      receivedUnits: line.received_units,
      reasonCode: line.reason_code,
    })),
  }
}

export function summaryOf(row: TransferSummaryRow): TransferSummary {
  return {
    ...headOf(row),
    requestedUnits: row.requested_units,
    sentUnits: row.sent_units,
    receivedUnits: row.received_units,
    inTransitUnits: row.state === 'sent' ? row.sent_units : 0,
  }
}

function headOf(row: TransferHead) {
  return {
    id: row.id,
    number: row.number,
    fromPlaceId: row.from_place_id,
    fromPlaceName: row.from_place_name,
    toPlaceId: row.to_place_id,
    toPlaceName: row.to_place_name,
    state: row.state,
    requestedAt: row.requested_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    receivedAt: row.received_at?.toISOString() ?? null,
    expectedOn: row.expected_on,
  }
}
