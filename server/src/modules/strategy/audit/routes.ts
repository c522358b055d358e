import { auditEndpoints as endpoints } from '@ecluse/contracts/audits.ts'
import { command } from '../../../kernel/command.ts'
import { actorLabel } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { auditPdf } from './audit-pdf.ts'
import { readPrices } from './domain/read-prices.ts'
import { upsertCompetitorPrices } from './queries/audits.ts'
import { listAudits, readAudit, startAudit } from './write-audit.ts'

/** Audits of the distribution, and the prices of competitors they compare with. */
export const auditRoutes: Routes = (app, services) => {
  implement(app, services, 'listAudits', endpoints.listAudits, (ctx) => listAudits(ctx.db))

  implement(app, services, 'startAudit', endpoints.startAudit, (ctx) =>
    command(ctx, async (tx) => readAudit(tx, await startAudit(ctx, tx))),
  )

  implement(app, services, 'getAudit', endpoints.getAudit, (ctx, { params }) => readAudit(ctx.db, params.auditId))

  implement(app, services, 'getAuditPdf', endpoints.getAuditPdf, async (ctx, { params, query }, { reply }) => {
    const audit = await readAudit(ctx.db, params.auditId)
    if (audit.report === null) throw refuse('strategy.audit_unfinished')
    return reply.type('application/pdf').send(await auditPdf(audit, audit.report, query.locale, ctx.config.mailFrom))
  })

  implement(app, services, 'importCompetitorPrices', endpoints.importCompetitorPrices, (ctx, { body }) =>
    command(ctx, async (tx) => {
      const read = readPrices(body.csv)
      if ('line' in read) throw refuse('strategy.bad_prices', { line: read.line })
      await upsertCompetitorPrices(tx, read.rows, { at: ctx.clock.now(), by: actorLabel(ctx.actor) })
      return { written: read.rows.length }
    }),
  )
}
