import type { Quote, QuoteRevision, QuoteState, QuoteSummary } from '@ecluse/contracts/quotes.ts'
import { may, type Ctx } from '../../../kernel/context.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { toMoney } from '../../../kernel/money.ts'
import { eventsOf } from '../../../kernel/outbox.ts'
import { listChannels } from '../../channels/public.ts'
import { viewPass, type DocumentDeps } from '../passes/create-pass.ts'
import type { ReadModel } from '../../offers/public.ts'
import { viewHour } from '../hours/keep-hours.ts'
import { keptHoursOf, type KeptHour } from '../queries/kept-hours.ts'
import { passCodeOf, selectPass } from '../queries/passes.ts'
import { selectQuote, selectRevisions, type ListedQuote, type QuoteRow, type RevisionRow } from '../queries/quotes.ts'
import { holdsToken, timelineEntry } from '../read-order.ts'
import { discountBasisPoints, sumsOf, type QuotedTerms } from './quote-content.ts'

/**
 * One quote, for staff or for the holder of its token, who sees the last revision that was sent.
 * @throws orders.quote_not_found
 */
export async function readQuote(
  ctx: Ctx,
  db: Queryable,
  deps: DocumentDeps,
  quoteId: string,
  token: string | undefined,
): Promise<Quote> {
  const quote = await selectQuote(db, quoteId)
  if (!quote) throw refuse('orders.quote_not_found')
  const staff = may(ctx.actor, 'quotes:read')
  if (!staff && !holdsToken(quote, token)) throw refuse('orders.quote_not_found')
  return viewQuote(ctx, db, deps, quote, staff)
}

async function viewQuote(ctx: Ctx, db: Queryable, deps: DocumentDeps, quote: QuoteRow, staff: boolean): Promise<Quote> {
  const revisions = await selectRevisions(db, quote.id)
  const sent = revisions.filter((revision) => revision.sent_at !== null)
  const kept = quote.order_id === null ? await keptHoursOf(db, quote.id) : []
  const shown = staff ? revisions : sent.slice(0, 1)
  if (shown.length === 0) throw refuse('orders.quote_not_found')
  const code = await passCodeOf(db, quote.id, ctx.clock.now())
  const pass = code && quote.order_id === null ? await selectPass(db, code, ctx.clock.now()) : undefined
  const open = quote.state === 'sent' || quote.state === 'accepted'
  return {
    id: quote.id,
    number: quote.number,
    state: stateOf(quote),
    channelCode: quote.channel_code,
    locale: quote.locale,
    revision: quote.revision,
    revisions: shown.map((revision) =>
      viewRevision({ model: deps.model, quote, now: ctx.clock.now() }, revision, revision === revisions[0] ? kept : []),
    ),
    accepted:
      quote.accepted_revision === null || quote.accepted_at === null
        ? null
        : { revision: quote.accepted_revision, by: quote.accepted_by, at: quote.accepted_at.toISOString() },
    reason: quote.reason,
    order:
      quote.order_id === null
        ? null
        : { id: quote.order_id, number: quote.order_number ?? '', accessToken: quote.order_token ?? '' },
    pass: pass && open ? await viewPass(ctx, db, deps, pass) : null,
    link: deps.quoteLink(quote.locale, quote.id, quote.access_token),
    heldUntil: quote.held_until?.toISOString() ?? null,
    createdAt: quote.created_at.toISOString(),
    updatedAt: quote.updated_at.toISOString(),
    timeline: staff ? await timelineOf(db, quote.id) : [],
  }
}

async function timelineOf(db: Queryable, quoteId: string): Promise<Quote['timeline']> {
  const channels = await listChannels(db)
  const mediums = Object.fromEntries(channels.map(({ code, medium }) => [code, medium]))
  return (await eventsOf(db, quoteId)).map((event) => timelineEntry(event, mediums))
}

function stateOf({ state, order_id }: { state: Exclude<QuoteState, 'ordered'>; order_id: string | null }): QuoteState {
  return order_id === null ? state : 'ordered'
}

/** What is being written comes to, as it is shown beside it. */
export function viewTerms(terms: QuotedTerms) {
  const { totalMinor, subtotalMinor, discountMinor, vatByRate } = sumsOf(terms)
  return {
    method: terms.delivery.method,
    fee: toMoney(BigInt(terms.delivery.feeMinor)),
    subtotal: toMoney(subtotalMinor),
    discount: toMoney(discountMinor),
    total: toMoney(totalMinor),
    vatByRate: vatByRate.map(({ rateBasisPoints, baseMinor, vatMinor }) => ({
      rateBasisPoints,
      base: toMoney(baseMinor),
      vat: toMoney(vatMinor),
    })),
  }
}

/** A revision as it is shown. */
function viewRevision(
  { model, quote, now }: { readonly model: ReadModel; readonly quote: QuoteRow; readonly now: Date },
  row: RevisionRow,
  kept: readonly KeptHour[],
): QuoteRevision {
  const { content } = row
  const { subtotal, discount, total, vatByRate } = viewTerms(content)
  const minor = (amount: number) => toMoney(BigInt(amount))
  return {
    revision: row.revision,
    hash: row.hash,
    author: row.author,
    createdAt: row.created_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    approval: row.approval,
    approvedBy: row.approved_by,
    overLimit: content.overLimit,
    contact: content.contact,
    company: content.company,
    lines: content.lines.map((line) => ({
      variantId: line.variantId,
      productId: model.sellable(quote.channel_code, line.variantId, now)?.productId ?? null,
      sku: line.sku,
      name: line.name,
      variantLabel: line.variantLabel,
      imageUrl: line.imageUrl,
      quantity: line.quantity,
      listPrice: minor(line.listMinor),
      unitPrice: minor(line.unitMinor),
      lineTotal: minor(line.unitMinor * line.quantity),
      discountBasisPoints: discountBasisPoints(line),
      vatRateBasisPoints: line.vatBasisPoints,
      note: line.note,
    })),
    delivery: {
      method: content.delivery.method,
      siteId: content.delivery.siteId,
      siteName: content.delivery.siteName,
      address: content.delivery.address,
      fee: minor(content.delivery.feeMinor),
      windowId: content.delivery.windowId ?? null,
      slotId: content.delivery.slotId ?? null,
    },
    appointment: content.appointment ?? null,
    hours: (content.hours ?? []).map((hour) => {
      const times = { startsAt: new Date(hour.startsAt), endsAt: new Date(hour.endsAt) }
      return viewHour(model, { ...hour, ...times }, kept.find(({ kind }) => kind === hour.kind)?.heldUntil ?? null)
    }),
    gift: content.gift ?? null,
    notes: content.notes,
    validUntil: content.validUntil,
    keepGoods: content.keepGoods,
    subtotal,
    discount,
    total,
    vatByRate,
  }
}

/** One row of a list of quotes. */
export function quoteSummaryOf(row: ListedQuote): QuoteSummary {
  return {
    id: row.id,
    number: row.number,
    state: stateOf(row),
    channelCode: row.channel_code,
    revision: row.revision,
    contactName: row.contact_name,
    company: row.company,
    total: toMoney(row.total_minor),
    validUntil: row.valid_until.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    author: row.author,
  }
}

/** What the message that brings a quote needs to know. */
export type QuoteForMessage = {
  readonly number: string
  readonly revision: number
  readonly accessToken: string
  readonly contactName: string
  readonly total: { readonly amountMinor: number; readonly currency: 'EUR' }
  readonly validUntil: Date
  readonly passCode: string | null
}

export async function quoteForMessage(db: Queryable, quoteId: string, now: Date): Promise<QuoteForMessage | undefined> {
  const quote = await selectQuote(db, quoteId)
  if (!quote) return undefined
  const code = await passCodeOf(db, quoteId, now)
  return {
    number: quote.number,
    revision: quote.revision,
    accessToken: quote.access_token,
    contactName: quote.contact_name,
    total: toMoney(quote.total_minor),
    validUntil: quote.valid_until,
    passCode: code ? `${code.slice(0, 4)}-${code.slice(4)}` : null,
  }
}
