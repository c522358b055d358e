import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { command } from '../../kernel/command.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../kernel/cursor.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { exportEntries, importEntries } from './exchange-entries.ts'
import { selectListSummaries } from './queries/price-lists.ts'
import { selectRules } from './queries/price-rules.ts'
import { listSummary, removeEntry, saveEntry, saveList, viewEntry, viewList } from './save-entries.ts'

/** Price lists, and what companies that buy from them pay. */
export const pricingRoutes: Routes = (app, services) => {
  implement(app, services, 'listPriceLists', endpoints.listPriceLists, async (ctx) => ({
    items: (await selectListSummaries(ctx.db)).map(viewList),
  }))
  implement(app, services, 'putPriceList', endpoints.putPriceList, (ctx, { params, body }) =>
    command(ctx, (tx) => saveList(ctx, tx, params.code, body)),
  )
  implement(app, services, 'listPriceEntries', endpoints.listPriceEntries, async (ctx, { params, query }) => {
    const list = await listSummary(ctx.db, params.code)
    const before = decodeCursor(query.cursor, [cursorPatterns.uuid])
    const rows = await selectRules(ctx.db, list.id, query.locale, {
      q: query.q,
      beforeId: before?.[0],
      limit: query.limit + 1,
    })
    return pageOf(rows, query.limit, viewEntry, (row) => [row.id])
  })
  implement(app, services, 'createPriceEntry', endpoints.createPriceEntry, (ctx, { params, body }) =>
    command(ctx, (tx) => saveEntry(ctx, tx, params.code, null, body)),
  )
  implement(app, services, 'updatePriceEntry', endpoints.updatePriceEntry, (ctx, { params, body }) =>
    command(ctx, (tx) => saveEntry(ctx, tx, params.code, params.entryId, body)),
  )
  implement(app, services, 'deletePriceEntry', endpoints.deletePriceEntry, (ctx, { params }) =>
    command(ctx, async (tx) => ({ removed: await removeEntry(tx, params.code, params.entryId) })),
  )
  implement(app, services, 'exportPriceEntries', endpoints.exportPriceEntries, async (ctx, { params }, { reply }) =>
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${params.code}.csv"`)
      .send(await exportEntries(ctx, params.code)),
  )
  implement(app, services, 'importPriceEntries', endpoints.importPriceEntries, (ctx, { params, body }) =>
    command(ctx, (tx) => importEntries(ctx, tx, params.code, body)),
  )
}
