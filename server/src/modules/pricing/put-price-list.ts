import type { LocalizedText } from '@ecluse/contracts/scalars.ts'
import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { lockChannel } from '../channels/public.ts'
import { replaceChannelLists, selectPriceLists, upsertPriceList } from './queries/price-lists.ts'

/** Creates a price list, or renames the one with that code. */
export async function putPriceList(ctx: Ctx, tx: Tx, input: { code: string; name: LocalizedText }): Promise<void> {
  await upsertPriceList(tx, { id: ctx.ids.next(), ...input })
}

/**
 * Sets the lists a channel consults, in order: the first that has a price wins. A channel with none sells from `public`.
 * @throws channels.not_found
 */
export async function setChannelPriceLists(
  ctx: Ctx,
  tx: Tx,
  input: { channelCode: string; listCodes: readonly string[] },
): Promise<void> {
  const channelId = await lockChannel(tx, input.channelCode)
  if (channelId === undefined) throw refuse('channels.not_found', { code: input.channelCode })
  const lists = new Map((await selectPriceLists(tx)).map((list) => [list.code, list.id]))
  const ids = [...new Set(input.listCodes)].map((code) => {
    const id = lists.get(code)
    assert(id, 'the price list exists')
    return id
  })
  await replaceChannelLists(tx, channelId, ids)
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
