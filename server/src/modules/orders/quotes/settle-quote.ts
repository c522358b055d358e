import { actorLabel, may, requirePermission, type Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { assert } from '../../../kernel/assert.ts'
import type { ReadModel } from '../../offers/public.ts'
import { exchangeHolds, freeHolds } from '../passes/hold-cart.ts'
import { issuePass } from '../passes/create-pass.ts'
import { selectCartLines } from '../queries/carts.ts'
import { lockQuote } from '../queries/locks.ts'
import { revokePassesOf, passCodeOf } from '../queries/passes.ts'
import {
  closeQuoteCart,
  markRevision,
  openQuoteCart,
  overdueQuotes,
  selectRevisions,
  updateAccepted,
  updateState,
  type QuoteRow,
  type RevisionRow,
  type StoredState,
} from '../queries/quotes.ts'
import { holdsToken } from '../read-order.ts'
import { freeHours } from '../hours/free-hours.ts'
import { prolong } from '../hours/keep-hours.ts'
import { keptHoursOf, type KeptHour } from '../queries/kept-hours.ts'
import { sealOf, type QuoteContent } from './quote-content.ts'
import { tellQuote } from './write-quote.ts'

/** A quote under lock, at the revision that is spoken of. @throws orders.quote_not_found, quote_changed, quote_wrong_state */
async function quoteIn(tx: Tx, quoteId: string, revision: number, states: readonly StoredState[]): Promise<QuoteRow> {
  const quote = await lockQuote(tx, quoteId)
  if (!quote) throw refuse('orders.quote_not_found')
  if (quote.revision !== revision) throw refuse('orders.quote_changed', { revision: quote.revision })
  if (quote.order_id !== null) throw refuse('orders.quote_wrong_state', { state: 'ordered' })
  if (!states.includes(quote.state)) throw refuse('orders.quote_wrong_state', { state: quote.state })
  return quote
}

async function currentRevision(tx: Tx, quote: QuoteRow): Promise<RevisionRow> {
  const [current, before] = await selectRevisions(tx, quote.id)
  assert(current?.revision === quote.revision, 'a quote has its revision')
  const hash = sealOf(quote.id, current.revision, current.content, before?.hash ?? null)
  assert(hash === current.hash, 'a revision says what it said when it was sealed')
  return current
}

/**
 * Sends a revision: its terms become those of the document, which can then be accepted and bought anywhere. Over the limit it is
 * put before someone who may approve; who may, approves by sending.
 * @throws orders.quote_not_found, orders.quote_changed, orders.quote_wrong_state, orders.out_of_stock, orders.quote_validity,
 *   orders.hour_lapsed
 */
export async function sendQuote(ctx: Ctx, tx: Tx, model: ReadModel, quoteId: string, asked: number): Promise<void> {
  const quote = await quoteIn(tx, quoteId, asked, ['draft', 'to_approve', 'approved'])
  const { content, approval, revision } = await currentRevision(tx, quote)
  const now = ctx.clock.now()
  if (quote.valid_until <= now) throw refuse('orders.quote_validity')
  const hours = await keptOf(ctx, tx, quote, content)
  if (content.overLimit && approval !== 'given') {
    if (!may(ctx.actor, 'quotes:approve')) {
      if (quote.state === 'to_approve') throw refuse('orders.quote_wrong_state', { state: quote.state })
      await markRevision(tx, quoteId, revision, { approval: 'asked' })
      await updateState(tx, quoteId, 'to_approve', now)
      return tellQuote(ctx, tx, 'orders.quote_approval_asked', quote, {})
    }
    await markRevision(tx, quoteId, revision, { approval: 'given', approvedBy: actorLabel(ctx.actor) })
  }
  const document = { id: quoteId, revision, validUntil: quote.valid_until, channelCode: quote.channel_code }
  await openQuoteCart(tx, document, content, now)
  if (content.keepGoods) {
    const placeId = hours.find(({ kind }) => kind === 'window')?.placeId ?? null
    const wish = { siteId: content.delivery.siteId, placeId, until: quote.valid_until }
    const cart = { cartId: quoteId, channelCode: quote.channel_code }
    await exchangeHolds(ctx, tx, model, cart, await selectCartLines(tx, quoteId), wish)
  }
  if (!(await passCodeOf(tx, quoteId, now))) await issuePass(ctx, tx, quoteId, quote.valid_until, quote.channel_code)
  await markRevision(tx, quoteId, revision, { sentAt: now })
  await updateState(tx, quoteId, 'sent', now)
  await tellQuote(ctx, tx, 'orders.quote_sent', quote, {
    locale: quote.locale,
    totalMinor: Number(quote.total_minor),
    validUntil: quote.valid_until.toISOString(),
  })
}

/** Goes on keeping the hours a quote names for as long as it is valid. @throws orders.hour_lapsed when one is not kept any more */
async function keptOf(ctx: Ctx, tx: Tx, quote: QuoteRow, { hours = [] }: QuoteContent): Promise<KeptHour[]> {
  const kept = await keptHoursOf(tx, quote.id)
  if (hours.some(({ kind }) => !kept.some((one) => one.kind === kind))) throw refuse('orders.hour_lapsed')
  await prolong(ctx, tx, quote.id, kept, quote.valid_until)
  return kept
}

/**
 * Approves a revision over the limit, or sends it back.
 * @throws orders.quote_not_found, orders.quote_changed, orders.quote_wrong_state
 */
export async function approveQuote(
  ctx: Ctx,
  tx: Tx,
  quoteId: string,
  answer: { revision: number; approved: boolean; reason: string },
): Promise<void> {
  const quote = await quoteIn(tx, quoteId, answer.revision, ['to_approve'])
  const approval = answer.approved ? ('given' as const) : ('denied' as const)
  await markRevision(tx, quoteId, quote.revision, { approval, approvedBy: actorLabel(ctx.actor) })
  const reason = answer.reason || null
  await updateState(tx, quoteId, answer.approved ? 'approved' : 'draft', ctx.clock.now(), reason)
  const type = answer.approved ? 'orders.quote_approved' : 'orders.quote_denied'
  await tellQuote(ctx, tx, type, quote, { reason })
}

/**
 * The buyer accepts a revision they name. Accepting it again changes nothing; another one than the latest is refused.
 * @throws orders.quote_not_found, orders.quote_changed, orders.quote_wrong_state, orders.quote_not_open
 */
export async function acceptQuote(
  ctx: Ctx,
  tx: Tx,
  quoteId: string,
  { token, revision, name }: { token: string; revision: number; name: string },
): Promise<void> {
  const found = await lockQuote(tx, quoteId)
  if (!found || !holdsToken(found, token)) throw refuse('orders.quote_not_found')
  if (found.accepted_revision === revision && (found.state === 'accepted' || found.order_id !== null)) return
  const quote = await quoteIn(tx, quoteId, revision, ['sent'])
  const now = ctx.clock.now()
  if (quote.valid_until <= now) throw refuse('orders.quote_not_open')
  const { hash } = await currentRevision(tx, quote)
  await updateAccepted(tx, quoteId, { revision, by: name }, now)
  await tellQuote({ ...ctx, actor: ctx.actor }, tx, 'orders.quote_accepted', quote, { by: name, hash })
}

/**
 * The buyer declines, or someone does for them. @throws orders.quote_not_found, orders.quote_wrong_state, access.*
 */
export async function refuseQuote(
  ctx: Ctx,
  tx: Tx,
  quoteId: string,
  { token, reason }: { token?: string | undefined; reason: string },
): Promise<void> {
  const quote = await lockQuote(tx, quoteId)
  if (!quote || (token !== undefined && !holdsToken(quote, token))) throw refuse('orders.quote_not_found')
  if (token === undefined) requirePermission(ctx.actor, 'quotes:write')
  if (quote.state === 'refused') return
  await quoteIn(tx, quoteId, quote.revision, ['draft', 'to_approve', 'approved', 'sent', 'accepted'])
  await endQuote(ctx, tx, quote, 'refused', reason || null)
}

async function endQuote(
  ctx: Ctx,
  tx: Tx,
  quote: QuoteRow,
  ending: 'refused' | 'expired',
  reason: string | null,
): Promise<void> {
  const now = ctx.clock.now()
  await freeHolds(ctx, tx, quote.id, await selectCartLines(tx, quote.id), ending === 'expired' ? 'expire' : 'release')
  const document = { id: quote.id, channelCode: quote.channel_code }
  await freeHours(ctx, tx, document, await keptHoursOf(tx, quote.id), ending === 'expired' ? 'expire' : 'release')
  await closeQuoteCart(tx, quote.id, quote.revision, now)
  await revokePassesOf(tx, quote.id, now)
  await updateState(tx, quote.id, ending, now, reason)
  const lines = (await selectCartLines(tx, quote.id)).map(({ variantId, quantity }) => ({ variantId, quantity }))
  await tellQuote(ctx, tx, `orders.quote_${ending}`, quote, { reason, lines })
}

/** Ends the quotes whose time is over. @returns how many */
export async function expireQuotes(ctx: Ctx): Promise<number> {
  let expired = 0
  for (const quoteId of await overdueQuotes(ctx.db, ctx.clock.now(), 200)) {
    await inTransaction(ctx.db, async (tx) => {
      const quote = await lockQuote(tx, quoteId)
      if (!quote || quote.order_id !== null || (quote.state !== 'sent' && quote.state !== 'accepted')) return
      if (quote.valid_until > ctx.clock.now()) return
      await endQuote(ctx, tx, quote, 'expired', null)
      expired += 1
    })
  }
  ctx.wakeRelay()
  return expired
}
