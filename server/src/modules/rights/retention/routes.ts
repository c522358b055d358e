import type { FastifyRequest } from 'fastify'
import { retentionEndpoints as endpoints, type Retention, type RetentionRun } from '@ecluse/contracts/retention.ts'
import { command } from '../../../kernel/command.ts'
import { actorLabel, type Ctx } from '../../../kernel/context.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../../kernel/cursor.ts'
import { inTransaction, type Queryable } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { implement, type Routes } from '../../../kernel/http/implement.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { membersOf, partiesByIds } from '../../customers/public.ts'
import { retainJob } from '../jobs/names.ts'
import { readLinkToken } from '../link-token.ts'
import {
  caseById,
  countCases,
  currentRule,
  endHold,
  holdsOf,
  insertHold,
  listCases,
  runsOf,
  type RunRow,
} from '../queries/retention.ts'
import { keepOnWish, noticeOf } from './announce.ts'
import { decideRule, usualRule } from './retention-rule.ts'

type Deps = { readonly limitLinks: (request: FastifyRequest) => Promise<unknown> }

/** How long people are kept, who is about to be erased, and what keeps them. */
export const retentionRoutes =
  (deps: Deps): Routes =>
  (app, services) => {
    rules(app, services)
    holds(app, services)
    notices(deps)(app, services)
  }

const rules: Routes = (app, services) => {
  implement(app, services, 'getRetention', endpoints.getRetention, ({ db }) => overview(db))
  implement(app, services, 'putRetention', endpoints.putRetention, (ctx, { body }) =>
    command(ctx, async (tx) => {
      await decideRule(ctx, tx, body)
      return overview(tx)
    }),
  )
  implement(app, services, 'runRetention', endpoints.runRetention, (ctx) =>
    command(ctx, async (tx) => {
      await enqueue(tx, retainJob, {}, { key: retainJob.name })
      return overview(tx)
    }),
  )
  implement(app, services, 'listRetentionCases', endpoints.listRetentionCases, async ({ db }, { query }) => {
    const after = decodeCursor(query.cursor, [/^\d{4}-\d\d-\d\d$/, cursorPatterns.uuid])
    const rows = await listCases(db, { state: query.state, after, limit: query.limit + 1 })
    const parties = await partiesByIds(
      db,
      rows.map(({ party_id }) => party_id),
    )
    const names = new Map(parties.map(({ id, name }) => [id, name]))
    return pageOf(
      rows,
      query.limit,
      (row) => ({
        customerId: row.party_id,
        name: names.get(row.party_id) ?? '',
        category: row.category,
        state: row.state,
        lastAct: { kind: row.last_act_kind, on: row.last_act_on },
        announcedOn: row.announced_on,
        eraseOn: row.erase_on,
        obstacles: row.obstacles,
        requestId: row.request_id,
      }),
      (row) => [row.erase_on, row.party_id],
    )
  })
}

const holds: Routes = (app, services) => {
  implement(app, services, 'listHolds', endpoints.listHolds, ({ db }, { params }) => holdsView(db, params.customerId))
  implement(app, services, 'holdCustomer', endpoints.holdCustomer, (ctx, { params, body }) =>
    command(ctx, async (tx) => {
      const [party_id] = await someMembers(tx, params.customerId)
      const known = { id: ctx.ids.next(), since: ctx.clock.now(), actor: actorLabel(ctx.actor) }
      if (party_id) await insertHold(tx, { ...known, party_id, ...body })
      return holdsView(tx, params.customerId)
    }),
  )
  implement(app, services, 'releaseHold', endpoints.releaseHold, (ctx, { params }) =>
    command(ctx, async (tx) => {
      const partyIds = await someMembers(tx, params.customerId)
      const ended = { id: params.holdId, partyIds, now: ctx.clock.now(), by: actorLabel(ctx.actor) }
      if ((await endHold(tx, ended)) === 0) throw refuse('rights.not_found')
      return holdsView(tx, params.customerId)
    }),
  )
}

/** What whoever was told may do with their link. */
const notices =
  (deps: Deps): Routes =>
  (app, services) => {
    implement(app, services, 'getMyNotice', endpoints.getMyNotice, async (ctx, { query }, { request }) => {
      const row = await caseById(ctx.db, await linkedCase(ctx, deps, query.token, request))
      if (!row || row.state === 'erasing') throw refuse('rights.link_invalid')
      return noticeOf(row)
    })
    implement(app, services, 'keepMyData', endpoints.keepMyData, async (ctx, { query }, { request }) => {
      await linkedCase(ctx, deps, query.token, request)
      return inTransaction(ctx.db, (tx) => keepOnWish(ctx, tx, query.token))
    })
  }

/** A wrong link counts as an attempt. */
async function linkedCase(ctx: Ctx, deps: Deps, token: string, request: FastifyRequest): Promise<string> {
  try {
    return readLinkToken(ctx.config, token)
  } catch (error) {
    await deps.limitLinks(request)
    throw error
  }
}

async function someMembers(db: Queryable, customerId: string): Promise<string[]> {
  const members = await membersOf(db, customerId)
  if (members.length === 0) throw refuse('customers.not_found')
  return members
}

async function holdsView(db: Queryable, customerId: string) {
  const rows = await holdsOf(db, await someMembers(db, customerId))
  return {
    items: rows.map(({ id, reason, note, since, actor }) => ({ id, reason, note, since: since.toISOString(), actor })),
  }
}

async function overview(db: Queryable): Promise<Retention> {
  const [row, runs, states] = await Promise.all([currentRule(db), runsOf(db, 10), countCases(db)])
  return {
    version: row?.version ?? 0,
    rule: row?.rule ?? usualRule,
    since: row?.since.toISOString() ?? null,
    actor: row?.actor ?? null,
    runs: runs.map(runView),
    states: states.map(({ state, count }) => ({ state, count })),
  }
}

const none = { examined: 0, planned: 0, announced: 0, waiting: 0, held: 0, erasing: 0, spared: 0 }

const runView = ({ started_at, done_at, live, counts }: RunRow): RetentionRun => ({
  startedAt: started_at.toISOString(),
  doneAt: done_at?.toISOString() ?? null,
  live,
  counts: { ...none, ...counts },
})
