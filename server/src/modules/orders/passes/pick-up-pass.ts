import type { Cart } from '@ecluse/contracts/carts.ts'
import type { Pass } from '@ecluse/contracts/passes.ts'
import type { Ctx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { authoriseChannel } from '../authorise-channel.ts'

import { moveCart, revokePassRow } from '../queries/passes.ts'
import { lockCart } from '../queries/locks.ts'
import { viewCart } from '../view-cart.ts'
import { findPass, viewPass, type DocumentDeps, type Presented } from './create-pass.ts'

/**
 * Continues a document in the channel that asks: the same one, with its lines, prices and goods. The passage is written into
 * its history; asking again from where it is already changes nothing.
 * @throws orders.pass_not_found, orders.quote_not_open, channels.not_found, access.*
 */
export async function pickUpPass(
  ctx: Ctx,
  tx: Tx,
  deps: DocumentDeps,
  presented: Presented,
  channelCode: string,
): Promise<{ pass: Pass; cart: Cart }> {
  const channel = deps.model.channel(channelCode)
  if (!channel) throw refuse('channels.not_found', { code: channelCode })
  authoriseChannel(ctx, channel)
  const pass = await findPass(ctx, tx, presented)
  const cart = await lockCart(tx, pass.cart_id)
  if (!cart) throw refuse('orders.pass_not_found')
  if (cart.closed) throw refuse('orders.quote_not_open')
  if (cart.channel_code !== channel.code) {
    await moveCart(tx, cart.id, channel.id, ctx.clock.now())
    const kind = cart.quote_revision === null ? 'cart' : 'quote'
    const payload = { documentId: cart.id, kind, fromChannel: cart.channel_code, toChannel: channel.code }
    await publish(tx, ctx, [
      { type: 'orders.document_passed', version: 1, aggregateId: cart.id, channelCode: channel.code, payload },
    ])
  }
  return {
    pass: await viewPass(ctx, tx, deps, await findPass(ctx, tx, presented)),
    cart: await viewCart(ctx, tx, deps.model, cart.id),
  }
}

/** Makes a pass worthless; only who has its link may. @throws orders.pass_not_found */
export async function revokePass(ctx: Ctx, tx: Tx, presented: Presented): Promise<void> {
  if (presented.secret === null) throw refuse('orders.pass_not_found')
  const pass = await findPass(ctx, tx, presented)
  await revokePassRow(tx, pass.code, ctx.clock.now())
}
