import type { QuoteInput, QuoteRules } from '@ecluse/contracts/quotes.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import { readSetting, writeSetting } from '../../../kernel/settings.ts'
import { keepHours } from '../hours/keep-hours.ts'
import type { FoundHour } from '../hours/find-hours.ts'
import type { ReadModel } from '../../offers/public.ts'
import { quoteNumberOf } from '../domain/order-number.ts'
import { freeHolds, releaseCart } from '../passes/hold-cart.ts'
import { insertCart, selectCartLines } from '../queries/carts.ts'
import { lockCart, lockQuote } from '../queries/locks.ts'

import {
  closeQuoteCart,
  insertQuote,
  insertRevision,
  selectRevisions,
  updateQuote,
  type QuoteRow,
} from '../queries/quotes.ts'
import { endOfDay, quoteContent, sealOf, sumsOf, type QuoteContent } from './quote-content.ts'

const rulesName = 'orders.quote_rules'
const usualRules: QuoteRules = { mostDiscountBasisPoints: 1_000, mostDiscountMinor: 20_000, validityDays: 30 }

/** What may be granted without approval. */
export async function readQuoteRules(db: Queryable): Promise<QuoteRules> {
  return (await readSetting<QuoteRules>(db, rulesName)) ?? usualRules
}

export async function writeQuoteRules(tx: Tx, rules: QuoteRules): Promise<QuoteRules> {
  await writeSetting(tx, rulesName, rules)
  return rules
}

/**
 * Draws up a quote. Made of a cart it is that cart: the same document, which cannot be bought until the quote is sent. The hours it names
 * are kept from now on, for whoever is told of them.
 * @returns its id
 * @throws channels.not_found, orders.not_sold, orders.quote_validity, orders.cart_not_found, orders.quote_fixed,
 *   orders.promise_full
 */
export async function createQuote(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  input: QuoteInput,
  cartId: string | undefined,
  found: readonly FoundHour[] = [],
): Promise<string> {
  const now = ctx.clock.now()
  const content = quoteContent(model, input, await readQuoteRules(tx), now, found)
  const id = cartId ?? ctx.ids.next()
  const channelId = model.channel(input.channel)?.id ?? ''
  if (cartId === undefined) await insertCart(tx, { id, channelId, accountId: null }, now)
  else {
    const cart = await lockCart(tx, cartId)
    if (!cart) throw refuse('orders.cart_not_found')
    if (cart.quote_revision !== null) throw refuse('orders.quote_fixed')
    await releaseCart(ctx, tx, cartId)
  }
  const written = { id, channel_id: channelId, revision: 1, ...columnsOf(input, content) }
  const rest = { number: quoteNumberOf(id), access_token: ctx.ids.secret(), author: actorLabel(ctx.actor) }
  await insertQuote(tx, { ...written, ...rest }, now)
  await writeRevision(ctx, tx, id, 1, content, null)
  await closeQuoteCart(tx, id, 1, now)
  await keepHours(ctx, tx, { id, channelCode: input.channel }, found, endOfDay(content.validUntil))
  await tellQuote(ctx, tx, 'orders.quote_drafted', { id, ...rest, revision: 1, channel_code: input.channel }, {})
  return id
}

/**
 * Changes a quote: writes its next revision. The one before can no longer be accepted, and what goods it kept are given back.
 * @throws orders.quote_not_found, orders.quote_changed, orders.quote_wrong_state, and as `createQuote`
 */
export async function reviseQuote(
  ctx: Ctx,
  tx: Tx,
  model: ReadModel,
  quoteId: string,
  input: QuoteInput,
  basedOn: number,
  found: readonly FoundHour[] = [],
): Promise<void> {
  const quote = await lockQuote(tx, quoteId)
  if (!quote) throw refuse('orders.quote_not_found')
  if (quote.order_id !== null) throw refuse('orders.quote_wrong_state', { state: 'ordered' })
  if (quote.revision !== basedOn) throw refuse('orders.quote_changed', { revision: quote.revision })
  const now = ctx.clock.now()
  const content = quoteContent(model, input, await readQuoteRules(tx), now, found)
  // What is named still goes on being kept; the rest is exchanged for the new in the same moment.
  await keepHours(ctx, tx, { id: quoteId, channelCode: input.channel }, found, endOfDay(content.validUntil))
  const [before] = await selectRevisions(tx, quoteId)
  if (before && JSON.stringify(before.content) === JSON.stringify(content) && quote.state === 'draft') return
  const revision = quote.revision + 1
  const channelId = model.channel(input.channel)?.id ?? quote.channel_id
  await updateQuote(tx, { id: quoteId, channel_id: channelId, revision, ...columnsOf(input, content) }, now)
  await writeRevision(ctx, tx, quoteId, revision, content, before?.hash ?? null)
  const kept = await selectCartLines(tx, quoteId)
  await freeHolds(ctx, tx, quoteId, kept, 'release')
  await closeQuoteCart(tx, quoteId, revision, now)
  const lines = kept.map(({ variantId, quantity }) => ({ variantId, quantity }))
  await tellQuote(ctx, tx, 'orders.quote_revised', { ...quote, revision }, { fromState: quote.state, lines })
}

function columnsOf({ locale }: QuoteInput, content: QuoteContent) {
  return {
    locale,
    contact_name: content.contact.name,
    contact_email: content.contact.email,
    contact_phone: content.contact.phone,
    company: content.company,
    total_minor: sumsOf(content).totalMinor,
    valid_until: endOfDay(content.validUntil),
  }
}

async function writeRevision(
  ctx: Ctx,
  tx: Tx,
  quoteId: string,
  revision: number,
  content: QuoteContent,
  before: string | null,
): Promise<void> {
  const hash = sealOf(quoteId, revision, content, before)
  const author = actorLabel(ctx.actor)
  await insertRevision(tx, { quote_id: quoteId, revision, content, hash, author }, ctx.clock.now())
}

/** Writes into the history of a quote what happened to it. */
export async function tellQuote(
  ctx: Ctx,
  tx: Tx,
  type: `orders.quote_${string}`,
  quote: Pick<QuoteRow, 'id' | 'number' | 'revision' | 'channel_code'>,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const payload = { quoteId: quote.id, number: quote.number, revision: quote.revision, ...details }
  await publish(tx, ctx, [{ type, version: 1, aggregateId: quote.id, channelCode: quote.channel_code, payload }])
}
