import { timingSafeEqual } from 'node:crypto'
import type { Pass } from '@ecluse/contracts/passes.ts'
import { assert } from '../../../kernel/assert.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import type { ReadModel } from '../../offers/public.ts'
import { normaliseCode } from '../domain/order-number.ts'
import { selectCartLines } from '../queries/carts.ts'
import { lockCart } from '../queries/locks.ts'

import { insertPass, keepPrices, passCodeOf, selectPass, type PassRow } from '../queries/passes.ts'
import { viewCart } from '../view-cart.ts'

/** What passes and quotes need beside the database. */
export type DocumentDeps = {
  readonly model: ReadModel
  /** The address of the page that opens a pass. */
  readonly passLink: (locale: 'fr' | 'en', token: string) => string
  /** The page on which a buyer reads and accepts a quote. */
  readonly quoteLink: (locale: 'fr' | 'en', quoteId: string, token: string) => string
}

const passDays = 7
const codeLength = 8

/**
 * Makes a pass for a cart, and keeps its prices while the pass is valid. A document with a pass in use is given that one again:
 * what was printed or read aloud stays good.
 * @throws orders.cart_not_found, orders.empty, orders.quote_not_open
 */
export async function createPass(ctx: Ctx, tx: Tx, deps: DocumentDeps, cartId: string): Promise<Pass> {
  const cart = await lockCart(tx, cartId)
  if (!cart) throw refuse('orders.cart_not_found')
  if (cart.closed) throw refuse('orders.quote_not_open')
  const now = ctx.clock.now()
  const known = await passCodeOf(tx, cartId, now)
  if (known) return readPass(ctx, tx, deps, known)
  const lines = await selectCartLines(tx, cartId)
  if (lines.length === 0) throw refuse('orders.empty')
  const expiresAt = new Date(now.getTime() + passDays * 86_400_000)
  const prices = lines.flatMap(({ variantId }) => {
    const sellable = deps.model.sellable(cart.channel_code, variantId, now)
    return sellable ? [{ variantId, unitMinor: sellable.unitPriceMinor, channelCode: cart.channel_code }] : []
  })
  await keepPrices(tx, cartId, prices, expiresAt, now)
  return readPass(ctx, tx, deps, await issuePass(ctx, tx, cartId, expiresAt, cart.channel_code))
}

/** Writes a pass with a code nobody has. @returns its code */
export async function issuePass(
  ctx: Ctx,
  tx: Tx,
  cartId: string,
  expiresAt: Date,
  channelCode: string,
): Promise<string> {
  for (;;) {
    const code = ctx.ids.code(codeLength)
    const pass = { code, secret: ctx.ids.secret(), cartId, expiresAt, actor: actorLabel(ctx.actor) }
    if (!(await insertPass(tx, pass, ctx.clock.now()))) continue
    const payload = { documentId: cartId, expiresAt: expiresAt.toISOString() }
    await publish(tx, ctx, [{ type: 'orders.pass_made', version: 1, aggregateId: cartId, channelCode, payload }])
    return code
  }
}

/** A pass as it was typed or scanned: its code, and the secret when it came by link. */
export type Presented = { readonly code: string; readonly secret: string | null }

/** Reads what was typed or scanned: a code in any writing, or code and secret of a link. */
export function readPresented(typed: string): Presented {
  const [, code, secret] = /^([0-9A-Z]{8})\.([\w-]{20,40})$/.exec(typed) ?? []
  return code && secret ? { code, secret } : { code: normaliseCode(typed), secret: null }
}

/**
 * Finds a pass in use. A wrong secret is as good as no pass.
 * @throws orders.pass_not_found
 */
export async function findPass(ctx: Ctx, db: Queryable, { code, secret }: Presented): Promise<PassRow> {
  const pass = await selectPass(db, code, ctx.clock.now())
  if (!pass || (secret !== null && !same(secret, pass.secret))) throw refuse('orders.pass_not_found')
  return pass
}

function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** A pass as it is shown. */
async function readPass(ctx: Ctx, db: Queryable, deps: DocumentDeps, code: string): Promise<Pass> {
  const pass = await selectPass(db, code, ctx.clock.now())
  assert(pass, 'the pass is in use')
  return viewPass(ctx, db, deps, pass)
}

export async function viewPass(ctx: Ctx, db: Queryable, deps: DocumentDeps, pass: PassRow): Promise<Pass> {
  const cart = await viewCart(ctx, db, deps.model, pass.cart_id)
  const token = `${pass.code}.${pass.secret}`
  return {
    code: `${pass.code.slice(0, 4)}-${pass.code.slice(4)}`,
    token,
    link: deps.passLink(ctx.locale, token),
    documentId: pass.cart_id,
    kind: pass.quote_number === null ? 'cart' : 'quote',
    quoteNumber: pass.quote_number,
    quoteLink: pass.quote_token && deps.quoteLink(ctx.locale, pass.cart_id, pass.quote_token),
    channelCode: pass.channel_code,
    continuesIn: pass.continues_in,
    itemCount: cart.itemCount,
    subtotal: cart.subtotal,
    expiresAt: pass.expires_at.toISOString(),
    heldUntil: pass.held_until?.toISOString() ?? null,
  }
}
