import { auditEndpoints as endpoints } from '@ecluse/contracts/audits.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { command } from '../../../kernel/command.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { listChannels } from '../../channels/public.ts'
import { paperPdf } from '../papers/paper-pdf.ts'
import type { Paper } from '../papers/paper.ts'
import { sendPage } from '../papers/send-paper.ts'
import { auditPaper } from './audit-paper.ts'
import { readPrices } from './domain/read-prices.ts'
import { upsertCompetitorPrices } from './queries/audits.ts'
import { cancelAudit, listAudits, readAudit, startAudit } from './write-audit.ts'

/** Audits of the distribution, and the prices of competitors they compare with. */
export const auditRoutes: Routes = (app, services) => {
  implement(app, services, 'listAudits', endpoints.listAudits, (ctx) => listAudits(ctx.db))

  implement(app, services, 'startAudit', endpoints.startAudit, (ctx) =>
    command(ctx, async (tx) => readAudit(tx, await startAudit(ctx, tx))),
  )

  implement(app, services, 'getAudit', endpoints.getAudit, (ctx, { params }) => readAudit(ctx.db, params.auditId))

  implement(app, services, 'cancelAudit', endpoints.cancelAudit, (ctx, { params }) =>
    command(ctx, (tx) => cancelAudit(ctx, tx, params.auditId)),
  )

  implement(app, services, 'getAuditPage', endpoints.getAuditPage, async (ctx, { params, query }, { reply }) =>
    sendPage(reply, (await readPaper(ctx, params.auditId, query.locale)).paper, query.locale),
  )

  implement(
    app,
    services,
    'getAuditPdf',
    endpoints.getAuditPdf,
    async (ctx, { params, query: { locale } }, { reply }) => {
      const { paper, at } = await readPaper(ctx, params.auditId, locale)
      const about = { locale, sender: ctx.config.mailFrom, createdAt: new Date(at) }
      return reply.type('application/pdf').send(await paperPdf(paper, about))
    },
  )

  implement(app, services, 'importCompetitorPrices', endpoints.importCompetitorPrices, (ctx, { body }) =>
    command(ctx, async (tx) => {
      const read = readPrices(body.csv)
      if ('line' in read) throw refuse('strategy.bad_prices', { line: read.line })
      await upsertCompetitorPrices(tx, read.rows, { at: ctx.clock.now(), by: actorLabel(ctx.actor) })
      return { written: read.rows.length }
    }),
  )
}

async function readPaper(ctx: Ctx, id: string, locale: Locale): Promise<{ paper: Paper; at: string }> {
  const [audit, channels] = await Promise.all([readAudit(ctx.db, id), listChannels(ctx.db)])
  if (audit.report === null) throw refuse('strategy.audit_unfinished')
  const names = new Map(channels.map(({ code, name }) => [code, name[locale]]))
  return { paper: auditPaper(audit, audit.report, locale, (code) => names.get(code) ?? code), at: audit.at }
}
