import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { lockChannel } from '../channels/public.ts'
import { replaceDeliveryFees, type DeliveryFee } from './queries/delivery-fees.ts'

/**
 * Sets the ways of delivery a channel offers and what they cost.
 * @throws channels.not_found
 */
export async function setDeliveryFees(
  ctx: Ctx,
  tx: Tx,
  input: { channelCode: string; fees: readonly DeliveryFee[] },
): Promise<void> {
  const channelId = await lockChannel(tx, input.channelCode)
  if (channelId === undefined) throw refuse('channels.not_found', { code: input.channelCode })
  await replaceDeliveryFees(tx, channelId, input.fees)
  await publish(tx, ctx, [
    {
      type: 'pricing.channel_terms_changed',
      version: 1,
      aggregateId: channelId,
      payload: { channelId },
      channelCode: input.channelCode,
    },
  ])
}
