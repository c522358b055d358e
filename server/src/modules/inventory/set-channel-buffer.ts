import type { ChannelBuffer } from '@ecluse/contracts/availability.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Queryable, Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/outbox.ts'
import type { BufferRule, ChannelBuffers } from './domain/channel-buffers.ts'
import { categoryIdOf, channelIdOf, deleteBuffer, selectBuffers, upsertBuffer } from './queries/availability.ts'
import { existingVariants } from './queries/stock.ts'

/**
 * Says what a channel leaves to the others of an article, of a category or of everything; neither units nor a share removes
 * the rule.
 * @throws channels.not_found, inventory.variant_not_found, catalog.unknown_category
 */
export async function setChannelBuffer(ctx: Ctx, tx: Tx, input: ChannelBuffer): Promise<void> {
  const { channelCode, variantId, categoryCode, units, shareBasisPoints } = input
  const channelId = await channelIdOf(tx, channelCode)
  if (channelId === undefined) throw refuse('channels.not_found', { code: channelCode })
  if (variantId !== null && !(await existingVariants(tx, [variantId])).has(variantId))
    throw refuse('inventory.variant_not_found')
  const categoryId = categoryCode === null ? null : await categoryIdOf(tx, categoryCode)
  if (categoryId === undefined) throw refuse('catalog.unknown_category', { code: categoryCode ?? '' })
  const scope = { channelId, variantId, categoryId }
  if (units === null && shareBasisPoints === null) await deleteBuffer(tx, scope)
  else await upsertBuffer(tx, { ...scope, id: ctx.ids.next(), units, shareBasisPoints })
  await publish(tx, ctx, [
    {
      type: 'inventory.channel_buffer_changed',
      version: 1,
      // Each change is an event of its own.
      aggregateId: ctx.ids.next(),
      channelCode,
      payload: { channelCode, variantId, categoryCode, units, shareBasisPoints },
    },
  ])
}

/** Every rule, as it was set. */
export async function listChannelBuffers(db: Queryable): Promise<ChannelBuffer[]> {
  return (await selectBuffers(db)).map((row) => ({
    channelCode: row.channel_code,
    variantId: row.variant_id,
    categoryCode: row.category_code,
    units: row.units,
    shareBasisPoints: row.share_basis_points,
  }))
}

/** The rules by channel code, as decisions use them. Channels without any are absent. */
export async function loadBuffers(db: Queryable): Promise<Map<string, ChannelBuffers>> {
  const byChannel = new Map<
    string,
    { variants: Map<string, BufferRule>; categories: Map<string, BufferRule>; all: BufferRule | null }
  >()
  for (const { channelCode, variantId, categoryCode, units, shareBasisPoints } of await listChannelBuffers(db)) {
    const rules = byChannel.get(channelCode) ?? { variants: new Map(), categories: new Map(), all: null }
    byChannel.set(channelCode, rules)
    const scope = variantId !== null ? 'variant' : categoryCode !== null ? 'category' : 'all'
    const rule: BufferRule = { scope, categoryCode, units: units ?? 0, shareBasisPoints: shareBasisPoints ?? 0 }
    if (variantId !== null) rules.variants.set(variantId, rule)
    else if (categoryCode !== null) rules.categories.set(categoryCode, rule)
    else rules.all = rule
  }
  return byChannel
}
