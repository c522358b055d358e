import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { publish } from '../../kernel/outbox.ts'

/** Tells of whom something new is known, one event for them all: segments and what else is computed of customers follow it. */
export async function tellProfilesChanged(ctx: Ctx, tx: Tx, partyIds: Iterable<string>): Promise<void> {
  const payload = { partyIds: [...partyIds] }
  if (payload.partyIds.length === 0) return
  await publish(tx, ctx, [
    { type: 'customers.profiles_changed', version: 1, aggregateId: ctx.ids.next(), payload, patient: true },
  ])
}
