import type { Lot, LotSummary } from '@ecluse/contracts/lots.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { articleOf } from '../queries/articles.ts'
import {
  selectLotHead,
  selectLotMovements,
  selectLotPlaces,
  selectLotReceipts,
  type LotHeadRow,
} from '../queries/lots.ts'

/** Everything known of a lot. @throws inventory.lot_not_found */
export async function readLot(ctx: Ctx, db: Queryable, lotId: string): Promise<Lot> {
  const head = await selectLotHead(db, lotId, ctx.locale)
  if (!head) throw refuse('inventory.lot_not_found')
  const places = await selectLotPlaces(db, lotId)
  const receipts = await selectLotReceipts(db, lotId)
  const movements = await selectLotMovements(db, lotId)
  return {
    ...lotSummaryOf(head, ctx.locale),
    places,
    receipts: receipts.map((receipt) => ({ ...receipt, at: receipt.at.toISOString() })),
    movements: movements.map((movement) => ({ ...movement, at: movement.at.toISOString() })),
  }
}

export function lotSummaryOf(row: LotHeadRow, locale: Locale): LotSummary {
  return {
    id: row.lot_id,
    number: row.number,
    serial: row.serial,
    expiresOn: row.expires_on,
    state: row.state,
    blocked:
      row.blocked_at && row.block_reason
        ? { at: row.blocked_at.toISOString(), by: row.blocked_by, reason: row.block_reason, note: row.block_note }
        : null,
    article: articleOf(row, locale),
    onHand: row.on_hand,
    keptBack: row.kept_back,
  }
}
