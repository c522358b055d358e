import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { readGs1 } from '@ecluse/contracts/gs1.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { articleOf, findArticle, searchArticles } from './queries/articles.ts'

/** What is scanned, whatever the document. */
export const articleRoutes: Routes = (app, services) => {
  implement(app, services, 'searchStockArticles', endpoints.searchStockArticles, async (ctx, { query }) => {
    const rows = await searchArticles(ctx.db, query.q, ctx.locale, query.limit)
    return { items: rows.map((row) => articleOf(row, ctx.locale)) }
  })

  implement(app, services, 'findStockArticle', endpoints.findStockArticle, async (ctx, { query }) => {
    // A GS1 symbol says more than which article it is.
    const code = readGs1(query.code, ctx.clock.now())?.gtin ?? query.code
    const row = await findArticle(ctx.db, code, ctx.locale)
    if (!row) throw refuse('inventory.article_not_found', { code: query.code })
    return articleOf(row, ctx.locale)
  })
}
