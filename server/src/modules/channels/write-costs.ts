import type { ChannelCostTerms } from '@ecluse/contracts/channels.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { deleteCost, upsertCost } from './queries/costs.ts'
import { lockChannel } from './queries/locks.ts'

/**
 * Says what a channel costs from a day on, or with no terms takes back what was said of that day; the last that is said stays.
 * Figures of margin since that day are computed again.
 * @throws channels.not_found
 */
export async function writeCosts(
  ctx: Ctx,
  tx: Tx,
  { code, validFrom, terms }: { code: string; validFrom: string; terms: ChannelCostTerms | null },
): Promise<void> {
  const id = await lockChannel(tx, code)
  if (id === undefined) throw refuse('channels.not_found', { code })
  if (terms) await upsertCost(tx, id, validFrom, terms, ctx.clock.now())
  else await deleteCost(tx, id, validFrom)
  await publish(tx, ctx, [
    {
      type: 'channels.costs_changed',
      version: 1,
      aggregateId: id,
      payload: { channelId: id, code, validFrom },
      channelCode: code,
    },
  ])
}
