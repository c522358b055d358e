import { z } from 'zod'
import type { Audit, AuditReport, AuditSummary } from '@ecluse/contracts/audits.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { enqueue, job } from '../../../kernel/jobs.ts'
import { dayOf } from '../../insights/public.ts'
import { requestCancel } from '../computations/queries/computations.ts'
import { resume } from '../computations/resume.ts'
import { auditById, audits, insertAudit, selectAudits, type AuditRow } from './queries/audits.ts'
import { runAudit } from './run-audit.ts'

const yearMs = 364 * 86_400_000

/** Makes the report of one audit. Twice at the most after a failure of ours: it is begun again only when its server died. */
export const runAudits = job({
  name: 'strategy.run-audit',
  payload: z.object({ auditId: z.uuid() }),
  maxAttempts: 3,
  run: (ctx, { auditId }) => runAudit(ctx, auditId),
})

/** Has a report made, once however often it is asked. */
const enqueueAudit = (tx: Tx, auditId: string): Promise<void> =>
  enqueue(tx, runAudits, { auditId }, { key: `${runAudits.name}:${auditId}` })

export const resumeAudits = resume('strategy.resume-audits', audits, enqueueAudit)

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
  await enqueueAudit(tx, id)
  return id
}

/** Asks to stop; what is over stays what it is. @throws strategy.audit_not_found */
export async function cancelAudit(ctx: Ctx, tx: Tx, id: string): Promise<Audit> {
  await requestCancel(tx, audits, id, ctx.clock.now())
  return readAudit(tx, id)
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
