import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../../kernel/command.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { readLegalEntity } from '../../channels/public.ts'
import { listQuoteRows } from '../queries/quotes.ts'
import { quotedTerms } from './quote-content.ts'
import { withQuotedHours } from './quote-hours.ts'
import { quotePdf } from './quote-pdf.ts'
import { acceptQuote, approveQuote, refuseQuote, sendQuote } from './settle-quote.ts'
import type { HourDesks } from '../hours/find-hours.ts'
import { windowFee } from '../hours/window-fee.ts'
import type { DocumentDeps } from '../passes/create-pass.ts'
import { quoteSummaryOf, readQuote, viewTerms } from './view-quote.ts'
import { createQuote, readQuoteRules, reviseQuote, writeQuoteRules } from './write-quote.ts'

const listPosition = [cursorPatterns.instant, cursorPatterns.uuid] as const

/** Quotes, from the first draft to the order. */
export const quoteRoutes =
  (deps: DocumentDeps & { readonly desks: HourDesks }): Routes =>
  (app, services) => {
    /** Does something to a quote and answers with it as it is then. */
    const acting = (ctx: Ctx, quoteId: string, token: string | undefined, act: (tx: Tx) => Promise<void>) =>
      command(ctx, async (tx) => {
        await act(tx)
        return readQuote(ctx, tx, deps, quoteId, token)
      })

    implement(app, services, 'listQuotes', endpoints.listQuotes, async (ctx, { query }) => {
      const before = decodeCursor(query.cursor, listPosition)
      const rows = await listQuoteRows(ctx.db, {
        ...query,
        before: before ? { updatedAt: before[0] ?? '', id: before[1] ?? '' } : undefined,
      })
      return pageOf(rows, query.limit, quoteSummaryOf, (row) => [row.updated_at, row.id])
    })
    implement(app, services, 'getQuote', endpoints.getQuote, (ctx, { params, query }) =>
      readQuote(ctx, ctx.db, deps, params.quoteId, query.token),
    )
    implement(app, services, 'createQuote', endpoints.createQuote, (ctx, { body: { cartId, ...input } }) =>
      withQuotedHours(deps.desks, deps.model, ctx, input, undefined, (found) =>
        command(ctx, async (tx) => {
          const id = await createQuote(ctx, tx, deps.model, input, cartId, found)
          return readQuote(ctx, tx, deps, id, undefined)
        }),
      ),
    )
    implement(app, services, 'priceQuote', endpoints.priceQuote, async (ctx, { body }) => {
      const fee = await windowFee(deps.desks.windows, ctx, body.delivery)
      return viewTerms(quotedTerms(deps.model, body, ctx.clock.now(), fee === null ? null : Number(fee)))
    })
    implement(app, services, 'reviseQuote', endpoints.reviseQuote, (ctx, { params, body: { basedOn, ...input } }) =>
      withQuotedHours(deps.desks, deps.model, ctx, input, params.quoteId, (found) =>
        acting(ctx, params.quoteId, undefined, (tx) =>
          reviseQuote(ctx, tx, deps.model, params.quoteId, input, basedOn, found),
        ),
      ),
    )
    implement(app, services, 'sendQuote', endpoints.sendQuote, (ctx, { params, body }) =>
      acting(ctx, params.quoteId, undefined, (tx) => sendQuote(ctx, tx, deps.model, params.quoteId, body.revision)),
    )
    implement(app, services, 'approveQuote', endpoints.approveQuote, (ctx, { params, body }) =>
      acting(ctx, params.quoteId, undefined, (tx) => approveQuote(ctx, tx, params.quoteId, body)),
    )
    implement(app, services, 'acceptQuote', endpoints.acceptQuote, (ctx, { params, body }) =>
      acting(ctx, params.quoteId, body.token, (tx) => acceptQuote(ctx, tx, params.quoteId, body)),
    )
    implement(app, services, 'refuseQuote', endpoints.refuseQuote, (ctx, { params, body }) =>
      acting(ctx, params.quoteId, body.token, (tx) => refuseQuote(ctx, tx, params.quoteId, body)),
    )
    implement(app, services, 'getQuotePdf', endpoints.getQuotePdf, async (ctx, { params, query }, { reply }) => {
      const quote = await readQuote(ctx, ctx.db, deps, params.quoteId, query.token)
      const revision = quote.revisions.find((one) => query.revision === undefined || one.revision === query.revision)
      if (!revision) throw refuse('orders.quote_not_found')
      const name = `${quote.number}-${revision.revision}.pdf`
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="${name}"`)
        .header('cache-control', 'private, no-store')
        .send(await quotePdf(quote, revision, ctx.config.mailFrom, await readLegalEntity(ctx.db)))
    })
    implement(app, services, 'getQuoteRules', endpoints.getQuoteRules, (ctx) => readQuoteRules(ctx.db))
    implement(app, services, 'putQuoteRules', endpoints.putQuoteRules, (ctx, { body }) =>
      inTransaction(ctx.db, (tx) => writeQuoteRules(tx, body)),
    )
  }
