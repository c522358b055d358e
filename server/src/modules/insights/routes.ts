import { customerTimelineEndpoints as endpoints } from '@ecluse/contracts/customer-timeline.ts'
import { insightEndpoints } from '@ecluse/contracts/insights.ts'
import { insightPathEndpoints } from '@ecluse/contracts/insights-paths.ts'
import { pastSaleEndpoints } from '@ecluse/contracts/past-sales.ts'
import { salesVisitEndpoints as visits } from '@ecluse/contracts/sales-visits.ts'
import { traitEndpoints } from '@ecluse/contracts/traits.ts'
import { command } from '../../kernel/command.ts'
import { onReplica } from '../../kernel/context.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { noteRead } from '../customers/public.ts'
import { forgetPast, listPastSources } from './keep-past.ts'
import { readCatchment } from './read-catchment.ts'
import { exportFigures, readFigures } from './read-figures.ts'
import { readOrderCosts } from './read-order-costs.ts'
import { exportCohorts, exportFunnel, exportHandovers, exportPassages, readCohorts, readPaths } from './read-paths.ts'
import { readOverview } from './read-overview.ts'
import { readVisitSheet } from './read-visit-sheet.ts'
import { readTimeline } from './read-timeline.ts'
import { visitSheetPdf } from './visit-sheet-pdf.ts'

const pathExports = {
  exportPassages: ['passages', exportPassages],
  exportFunnel: ['funnel', exportFunnel],
  exportHandovers: ['handovers', exportHandovers],
  exportCohorts: ['cohorts', exportCohorts],
} as const

/** What is read over all modules: a customer's whole history, and the figures of the firm. */
export const insightRoutes: Routes = (app, services) => {
  implement(
    app,
    services,
    'getCustomerTimeline',
    endpoints.getCustomerTimeline,
    (ctx, { params: { customerId }, query }) => {
      noteRead(ctx, customerId, 'timeline')
      return readTimeline(ctx.db, customerId, { ...query, locale: ctx.locale })
    },
  )

  implement(
    app,
    services,
    'getCatchment',
    traitEndpoints.getCatchment,
    (ctx, { params: { siteId }, query: { months } }) => readCatchment(onReplica(ctx), siteId, months),
  )

  implement(app, services, 'getVisitSheet', visits.getVisitSheet, (ctx, { params: { customerId } }) => {
    noteRead(ctx, customerId, 'visit_sheet')
    return readVisitSheet(ctx, customerId, ctx.locale)
  })

  implement(
    app,
    services,
    'getVisitSheetPdf',
    visits.getVisitSheetPdf,
    async (ctx, { params: { customerId }, query: { locale } }, { reply }) => {
      noteRead(ctx, customerId, 'visit_sheet')
      const sheet = await readVisitSheet(ctx, customerId, locale)
      return reply.type('application/pdf').send(await visitSheetPdf(sheet, locale, ctx.config.mailFrom))
    },
  )

  implement(app, services, 'getCustomerOverview', endpoints.getCustomerOverview, (ctx, { params: { customerId } }) => {
    noteRead(ctx, customerId, 'profile')
    return readOverview(ctx.db, customerId)
  })

  figures(app, services)
}

/** The figures of the firm, what they were counted from, and what other systems added to them. */
const figures: Routes = (app, services) => {
  implement(app, services, 'getFigures', insightEndpoints.getFigures, (ctx, { query }) =>
    readFigures(onReplica(ctx), query),
  )

  implement(app, services, 'exportFigures', insightEndpoints.exportFigures, async (ctx, { query }, { reply }) =>
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="figures-${query.from}-${query.until}.csv"`)
      .send(await exportFigures(onReplica(ctx), query)),
  )

  implement(app, services, 'getPaths', insightPathEndpoints.getPaths, (ctx, { query }) =>
    readPaths(onReplica(ctx), query),
  )
  implement(app, services, 'getCohorts', insightPathEndpoints.getCohorts, (ctx, { query }) =>
    readCohorts(onReplica(ctx), query),
  )
  for (const id of ['exportPassages', 'exportFunnel', 'exportHandovers', 'exportCohorts'] as const)
    implement(app, services, id, insightPathEndpoints[id], async (ctx, { query }, { reply }) => {
      const [name, write] = pathExports[id]
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}-${query.from}-${query.until}.csv"`)
        .send(await write(onReplica(ctx), query))
    })

  implement(app, services, 'listPastSources', pastSaleEndpoints.listPastSources, async (ctx) => ({
    items: await listPastSources(ctx),
  }))
  implement(app, services, 'forgetPast', pastSaleEndpoints.forgetPast, async (ctx, { params }) => {
    await command(ctx, (tx) => forgetPast(tx, params.source))
    return undefined
  })

  implement(app, services, 'getOrderCosts', insightEndpoints.getOrderCosts, (ctx, { params: { orderId } }) =>
    readOrderCosts(ctx, orderId),
  )
}
