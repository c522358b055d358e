import type { SalesVisit, salesVisitEndpoints, VisitOutcome } from '@ecluse/contracts/sales-visits.ts'
import type { z } from 'zod'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { addressLine, customerById, membersOf, recordInteractions } from '../../customers/public.ts'
import { insertVisit, mayBeVisited, settleVisit, visitById, visitsOf, type VisitRow } from './queries/visits.ts'

type Plan = z.output<typeof salesVisitEndpoints.planSalesVisit.body>
type Outcome = z.output<typeof salesVisitEndpoints.closeSalesVisit.body>

/** How many visits of one customer are told, the open ones first. */
const mostTold = 6

/**
 * Plans a visit of a representative.
 * @throws customers.not_found, engagement.visit_refused when their data may only be kept, or they refused the last and did not ask since
 */
export async function planVisit(ctx: Ctx, tx: Tx, customerId: string, plan: Plan): Promise<SalesVisit> {
  const party = await customerById(tx, customerId)
  if (!party) throw refuse('customers.not_found')
  const { free, refused } = await mayBeVisited(tx, party.id, await membersOf(tx, party.id))
  if (!free || (refused && !plan.asked)) throw refuse('engagement.visit_refused')
  const { about, questions, on: visit_on } = plan
  const id = ctx.ids.next()
  const row = { party_id: party.id, id, about, questions, visit_on, created_by: actorLabel(ctx.actor) }
  await insertVisit(tx, row, ctx.clock.now())
  return readVisit(tx, party.id, id)
}

/** Whether a visit met somebody: then it is in their log. Who was not there did nothing. */
const met: Readonly<Record<VisitOutcome, boolean>> = {
  ordered: true,
  interested: true,
  not_now: true,
  refused: true,
  absent: false,
  wrong_address: false,
}

/**
 * Writes down what came of a visit, once; whoever was met has it in their history, with the outcome.
 * @throws engagement.visit_not_found, engagement.visit_closed
 */
export async function closeVisit(
  ctx: Ctx,
  tx: Tx,
  { customerId: partyId, visitId: id }: { customerId: string; visitId: string },
  { outcome, note }: Outcome,
): Promise<SalesVisit> {
  await readVisit(tx, partyId, id)
  const now = ctx.clock.now()
  const by = actorLabel(ctx.actor)
  const state = met[outcome] ? 'done' : 'given_up'
  if (!(await settleVisit(tx, { partyId, id, outcome, state, note, by, now }))) throw refuse('engagement.visit_closed')
  if (met[outcome])
    await recordInteractions(ctx, tx, [
      { partyId, kind: 'sales_visit', id, at: now, channelCode: null, subjectId: id, detail: outcome, actor: by },
    ])
  return readVisit(tx, partyId, id)
}

/** @throws engagement.visit_not_found */
async function readVisit(db: Queryable, partyId: string, id: string): Promise<SalesVisit> {
  const row = await visitById(db, partyId, id)
  if (!row) throw refuse('engagement.visit_not_found')
  return visitView(row)
}

/** The visits of a customer, whoever they were written of: open ones first, by their day, then the latest. */
export async function salesVisitsOf(db: Queryable, memberIds: readonly string[]): Promise<SalesVisit[]> {
  return (await visitsOf(db, memberIds, mostTold)).map(visitView)
}

/** A visit as people see it. */
export function visitView(row: VisitRow): SalesVisit {
  return {
    id: row.id,
    customerId: row.party_id,
    name: row.name,
    place: row.address ? addressLine(JSON.stringify(row.address)) : '',
    about: row.about,
    questions: row.questions,
    on: row.visit_on,
    state: row.state,
    createdBy: row.created_by,
    closedAt: row.closed_at?.toISOString() ?? null,
    outcome: row.outcome,
    note: row.note,
  }
}
