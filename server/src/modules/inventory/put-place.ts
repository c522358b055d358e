import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { publish } from '../../kernel/outbox.ts'
import { upsertPlace, type PlaceRow } from './queries/stock.ts'

/** Creates a place where stock lies, or changes it; its code names it. */
export async function putPlace(ctx: Ctx, tx: Tx, place: PlaceRow): Promise<void> {
  await upsertPlace(tx, place)
  await publish(tx, ctx, [
    { type: 'inventory.place_changed', version: 1, aggregateId: place.id, payload: { code: place.code } },
  ])
}
