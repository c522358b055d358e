import type { Channel, ChannelCostTerms, ChannelMedium } from '@ecluse/contracts/channels.ts'
import type { LocalizedText } from '@ecluse/contracts/scalars.ts'
import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import { noCosts, sinceEver, upsertCost } from './queries/costs.ts'
import { lockChannel } from './queries/locks.ts'
import { replaceChannelSites, replaceHandOffs, selectChannels, upsertChannel } from './queries/channels.ts'

/** A channel as one writes it: its code is the natural key. */
export type ChannelInput = {
  code: string
  medium: ChannelMedium
  name: LocalizedText
  circuit: Channel['circuit']
  siteIds: readonly string[]
  /** Codes of channels that exist; left as they are when absent, so that two channels can hand over to each other. */
  handsOffTo?: readonly string[]
  sells: boolean
  active?: boolean
  position?: number
  /** What it costs since ever; what is left out is 0, and 60 % for goods whose purchase price nobody entered. */
  costs?: Partial<ChannelCostTerms>
}

/**
 * Creates a channel or changes the one with that code; writing the same again changes nothing.
 * @throws channels.not_found when it hands over to a channel that does not exist
 */
export async function putChannel(ctx: Ctx, tx: Tx, input: ChannelInput): Promise<Channel> {
  const existing = await lockChannel(tx, input.code)
  const before = existing === undefined ? undefined : (await selectChannels(tx, input.code))[0]
  const id = await upsertChannel(
    tx,
    {
      id: existing ?? ctx.ids.next(),
      code: input.code,
      medium: input.medium,
      nameFr: input.name.fr,
      nameEn: input.name.en,
      circuit: input.circuit,
      sells: input.sells,
      active: input.active ?? true,
      position: input.position ?? 0,
    },
    ctx.clock.now(),
  )
  if (input.costs || !before) await upsertCost(tx, id, sinceEver, { ...noCosts, ...input.costs }, ctx.clock.now())
  await replaceChannelSites(tx, id, [...new Set(input.siteIds)])
  if (input.handsOffTo) {
    const found = new Set(await replaceHandOffs(tx, id, [...new Set(input.handsOffTo)]))
    const missing = input.handsOffTo.find((code) => !found.has(code))
    if (missing !== undefined) throw refuse('channels.not_found', { code: missing })
  }
  const [channel] = await selectChannels(tx, input.code)
  assert(channel, 'the channel was just written')
  if (JSON.stringify(before) !== JSON.stringify(channel))
    await publish(tx, ctx, [
      {
        type: 'channels.channel_changed',
        version: 1,
        aggregateId: id,
        payload: { channelId: id, code: input.code },
        channelCode: input.code,
      },
    ])
  return channel
}
