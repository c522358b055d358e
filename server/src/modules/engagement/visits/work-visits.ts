import type { SalesVisit, salesVisitEndpoints, VisitOutcome } from '@ecluse/contracts/sales-visits.ts'
import type { ContactEventKind } from '@ecluse/contracts/journeys.ts'
import type { z } from 'zod'
import { assert } from '../../../kernel/assert.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import type { Queryable, Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import {
  addressLine,
  appendConsent,
  customerById,
  membersOf,
  permissionsFor,
  recordInteractions,
} from '../../customers/public.ts'
import { noteContactEvents } from '../journeys/told-contacts.ts'
import { insertVisit, mayBeVisited, settleVisit, visitById, visitsOf, type VisitRow } from './queries/visits.ts'

type Plan = z.output<typeof salesVisitEndpoints.planSalesVisit.body>
type Outcome = z.output<typeof salesVisitEndpoints.closeSalesVisit.body>

/** How many visits of one customer are told, the open ones first. */
const mostTold = 6

/**
 * Plans a visit of a representative.
 * @throws customers.not_found, engagement.visit_refused when their data may only be kept, or they refused visits and did not ask since
 */
export async function planVisit(ctx: Ctx, tx: Tx, customerId: string, plan: Plan): Promise<SalesVisit> {
  const party = await customerById(tx, customerId)
  if (!party) throw refuse('customers.not_found')
  const memberIds = await membersOf(tx, party.id)
  const { free, refused } = await mayBeVisited(tx, party.id, memberIds)
  const { about, questions, on: visit_on, asked } = plan
  const permission = await permissionOf(ctx, tx, { member_ids: memberIds, address: party.address, asked })
  // Who refused the last, before refusals were written as such, and said yes since.
  const refusedLast = refused && !asked && permission.reason !== 'consented'
  if (!free || !permission.allowed || refusedLast) throw refuse('engagement.visit_refused')
  const id = ctx.ids.next()
  const row = { party_id: party.id, id, about, questions, visit_on, created_by: actorLabel(ctx.actor), asked }
  await insertVisit(tx, row, ctx.clock.now())
  return readVisit(ctx, tx, party.id, id)
}

/** Whether a visit met somebody: then it is in their log. Who was not there did nothing. */
const met: Readonly<Record<VisitOutcome, boolean>> = {
  ordered: true,
  appointment: true,
  interested: true,
  not_now: true,
  refused: true,
  absent: false,
  wrong_address: false,
}

/** What a journey hears of each outcome of its visit; nobody who was not there has done anything. */
const eventOf: Readonly<Partial<Record<VisitOutcome, ContactEventKind>>> = {
  ordered: 'clicked',
  appointment: 'clicked',
  interested: 'delivered',
  not_now: 'delivered',
  refused: 'complained',
  wrong_address: 'bounced',
}

/**
 * Writes down what came of a visit, once; whoever was met has it in their history, with the outcome. A refusal withdraws the consent to
 * visits, with the visit as its proof. The journey that asked for the visit is told.
 * @throws engagement.visit_not_found, engagement.visit_closed
 */
export async function closeVisit(
  ctx: Ctx,
  tx: Tx,
  { customerId: partyId, visitId: id }: { customerId: string; visitId: string },
  { outcome, note }: Outcome,
): Promise<SalesVisit> {
  const before = await visitById(tx, partyId, id)
  if (!before) throw refuse('engagement.visit_not_found')
  const now = ctx.clock.now()
  const by = actorLabel(ctx.actor)
  const state = met[outcome] ? 'done' : 'given_up'
  if (!(await settleVisit(tx, { partyId, id, outcome, state, note, by, now }))) throw refuse('engagement.visit_closed')
  if (met[outcome])
    await recordInteractions(ctx, tx, [
      { partyId, kind: 'sales_visit', id, at: now, channelCode: null, subjectId: id, detail: outcome, actor: by },
    ])
  const kind = eventOf[outcome]
  // A visit that a journey asked for has the id of its contact. The way there is paid, whatever came of it.
  if (kind)
    await noteContactEvents(ctx, tx, [{ contactId: id, partyId, kind, at: now, userAgent: '', ip: '', spent: true }])
  if (outcome === 'refused')
    await appendConsent(ctx, tx, {
      partyId,
      act: 'withdrawn',
      medium: 'visit',
      purpose: null,
      source: 'visit',
      wording: 'staff-1',
      locale: ctx.locale,
      proof: { visit: id, said: note },
      address: before.address && JSON.stringify(before.address),
    })
  return readVisit(ctx, tx, partyId, id)
}

/** @throws engagement.visit_not_found */
async function readVisit(ctx: Ctx, db: Queryable, partyId: string, id: string): Promise<SalesVisit> {
  const row = await visitById(db, partyId, id)
  if (!row) throw refuse('engagement.visit_not_found')
  const [visit] = await viewVisits(ctx, db, [row])
  assert(visit, 'a visit that was read is shown')
  return visit
}

/** The visits of a customer, whoever they were written of: open ones first, by their day, then the latest. */
export async function salesVisitsOf(ctx: Ctx, db: Queryable, memberIds: readonly string[]): Promise<SalesVisit[]> {
  return viewVisits(ctx, db, await visitsOf(db, memberIds, mostTold))
}

type Visited = Pick<VisitRow, 'member_ids' | 'address' | 'asked'>

/**
 * Whether each may be visited now, by the gate that is asked of every contact that sells. Who only wishes to be left alone for a while is
 * not in the way of a visit that a person decides; whoever asked for it is visited, unless their data may only be kept.
 */
async function permissionsOf(ctx: Ctx, db: Queryable, visits: readonly Visited[]): Promise<SalesVisit['permission'][]> {
  const at = ctx.clock.now()
  const questions = visits.map(({ member_ids: memberIds, address }) => ({
    memberIds,
    medium: 'visit' as const,
    purpose: 'marketing' as const,
    address: JSON.stringify(address ?? {}),
    at,
  }))
  const permissions = await permissionsFor(ctx.config, db, questions)
  return permissions.map(({ allowed, reason }, nth) => {
    if (reason === 'restricted') return { allowed, reason }
    const passes = visits[nth]?.asked || reason === 'paused' || reason === 'subject' || reason === 'too_often'
    return { allowed: allowed || passes, reason }
  })
}

async function permissionOf(ctx: Ctx, db: Queryable, visited: Visited): Promise<SalesVisit['permission']> {
  const [permission] = await permissionsOf(ctx, db, [visited])
  assert(permission, 'every question has its answer')
  return permission
}

/** Visits as people see them. */
export async function viewVisits(ctx: Ctx, db: Queryable, rows: readonly VisitRow[]): Promise<SalesVisit[]> {
  const permissions = await permissionsOf(ctx, db, rows)
  return rows.map((row, nth) => {
    const permission = permissions[nth]
    assert(permission, 'every visit has its answer')
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
      asked: row.asked,
      permission,
    }
  })
}
