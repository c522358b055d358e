import { z } from 'zod'
import type { Audit, AuditReport, AuditSummary } from '@ecluse/contracts/audits.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { enqueue, job } from '../../../kernel/jobs.ts'
import { dayOf } from '../../insights/public.ts'
import { auditById, finishAudit, insertAudit, selectAudits, type AuditRow } from './queries/audits.ts'
import { runAudit } from './run-audit.ts'

const yearMs = 364 * 86_400_000

/** Makes the report of one audit. */
export const auditNow = job({
  name: 'strategy.run-audit',
  payload: z.object({ auditId: z.uuid() }),
  maxAttempts: 1,
  run: async (ctx, { auditId }) => {
    try {
      await runAudit(ctx, auditId)
    } catch (error) {
      await finishAudit(ctx.db, { id: auditId, report: null, hash: null, at: ctx.clock.now() })
      throw error
    }
  },
})

/** Begins an audit of the twelve months up to today; a job makes its report. */
export async function startAudit(ctx: Ctx, tx: Tx): Promise<string> {
  const id = ctx.ids.next()
  const now = ctx.clock.now()
  await insertAudit(tx, {
    id,
    from_day: dayOf(new Date(now.getTime() - yearMs)),
    until_day: dayOf(now),
    created_at: now,
    created_by: actorLabel(ctx.actor),
  })
  await enqueue(tx, auditNow, { auditId: id })
  return id
}

export async function listAudits(db: Queryable): Promise<{ items: AuditSummary[] }> {
  return { items: (await selectAudits(db)).map(summaryOf) }
}

/** @throws strategy.audit_not_found */
export async function readAudit(db: Queryable, id: string): Promise<Audit> {
  const row = await auditById(db, id)
  if (!row) throw refuse('strategy.audit_not_found')
  return { ...summaryOf(row), report: row.report && asToday(row.report) }
}

/** A report as it was made, with nothing where it was made before something was looked at. */
function asToday(report: AuditReport): AuditReport {
  const unseen = { partners: [], shops: [] }
  const unknown = { satisfaction: null, ratings: 0, retention: null, retentionBefore: null }
  return { ...unseen, ...report, channels: report.channels.map((one) => ({ ...unknown, ...one })) }
}

function summaryOf(row: AuditRow): AuditSummary {
  return {
    id: row.id,
    from: row.from_day,
    until: row.until_day,
    state: row.state,
    progress: row.progress,
    weaknesses: row.weaknesses,
    hash: row.report_hash,
    at: row.created_at.toISOString(),
    by: row.created_by,
  }
}
