import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { channelByCode } from '../channels/public.ts'
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
  const channel = await channelByCode(tx, input.channelCode)
  if (!channel) throw refuse('channels.not_found', { code: input.channelCode })
  await replaceDeliveryFees(tx, channel.id, input.fees)
  await publish(tx, ctx, [
    {
      type: 'pricing.channel_terms_changed',
      version: 1,
      aggregateId: channel.id,
      payload: { channelId: channel.id },
      channelCode: channel.code,
    },
  ])
}
