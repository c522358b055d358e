import type { RetentionState } from '@ecluse/contracts/retention.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { enqueue } from '../../../kernel/jobs.ts'
import { dayInParis } from '../domain/day-in-paris.ts'
import { nextCase } from '../domain/next-case.ts'
import { erasePersonJob } from '../jobs/names.ts'
import { lockOpenRun, lockRules } from '../queries/locks.ts'
import {
  casesOf,
  dropUnseen,
  insertRun,
  putCases,
  updateRun,
  type CaseRow,
  type RunCounts,
  type RunRow,
} from '../queries/retention.ts'
import { openForRetention } from '../requests/open-request.ts'
import type { RightsDesk } from '../rights-desk.ts'
import { announce } from './announce.ts'
import { judgePage, type Judged } from './judge.ts'
import { ruleInForce } from './retention-rule.ts'
import { tellOf } from './tell-of.ts'

const usualPage = 200
const none: RunCounts = { examined: 0, planned: 0, announced: 0, waiting: 0, held: 0, erasing: 0, spared: 0 }

/**
 * Looks at everybody once: who was not heard of is told, and a month later erased, unless something binds them. Each page is one
 * transaction with where it goes on, what was written to people and which erasures begin: killed at any moment, it goes on from
 * there, and nothing is said or begun twice. A rule that was changed begins anew.
 *
 * @param watch how many people a page has, and who is told after each
 */
export async function runRetention(
  ctx: Ctx,
  desk: RightsDesk,
  { pageSize = usualPage, told }: { pageSize?: number; told?: (run: RunRow) => void } = {},
): Promise<void> {
  await inTransaction(ctx.db, (tx) => beginRun(ctx, tx))
  for (;;) {
    const run = await inTransaction(ctx.db, (tx) => onePage(ctx, tx, desk, pageSize))
    ctx.wakeRelay()
    if (run === null) return
    told?.(run)
  }
}

async function beginRun(ctx: Ctx, tx: Tx): Promise<void> {
  await lockRules(tx)
  const { version, rule } = await ruleInForce(tx)
  const open = await lockOpenRun(tx)
  if (open?.version === version) return
  const now = ctx.clock.now()
  if (open) await updateRun(tx, { ...open, done_at: now })
  await insertRun(tx, { id: ctx.ids.next(), live: rule.on, version, started_at: now })
}

/** @returns the run as it is after this page; null when it is over */
async function onePage(ctx: Ctx, tx: Tx, desk: RightsDesk, pageSize: number): Promise<RunRow | null> {
  const run = await lockOpenRun(tx)
  if (!run) return null
  const { version, rule } = await ruleInForce(tx)
  const now = ctx.clock.now()
  if (version !== run.version) {
    await updateRun(tx, { ...run, done_at: now })
    return null
  }
  const asked = { rule, now, afterId: run.last_party_id, limit: pageSize, among: null }
  const { examined, lastId, due } = await judgePage(tx, desk.parts, asked)
  const counts = { ...none, ...run.counts }
  if (lastId === null) {
    const spared = await spare(ctx, tx, run.id)
    await updateRun(tx, { ...run, counts: { ...counts, spared: counts.spared + spared }, done_at: now })
    return null
  }
  const known = await casesOf(
    tx,
    due.map(({ party }) => party.id),
  )
  const before = new Map(known.map((row) => [row.party_id, row]))
  const next: CaseRow[] = []
  for (const one of due) {
    const old = before.get(one.party.id)
    if (old?.state === 'erasing') continue
    next.push(await decide(ctx, tx, desk, { one, old, run, noticeDays: rule.noticeDays, live: rule.on }))
  }
  await putCases(tx, next)
  // Who was told before waits.
  const states = next.map(({ party_id, state }) =>
    state === 'announced' && before.get(party_id)?.state === state ? 'waiting' : state,
  )
  const after = { ...run, last_party_id: lastId, counts: added(counts, examined, states) }
  await updateRun(tx, after)
  return after
}

function added(counts: RunCounts, examined: number, states: readonly RetentionState[]): RunCounts {
  const of = (state: RetentionState) => states.filter((one) => one === state).length
  return {
    examined: counts.examined + examined,
    planned: counts.planned + of('planned'),
    announced: counts.announced + of('announced'),
    waiting: counts.waiting + of('waiting'),
    held: counts.held + of('held'),
    erasing: counts.erasing + of('erasing'),
    spared: counts.spared,
  }
}

type Question = { one: Judged; old: CaseRow | undefined; run: RunRow; noticeDays: number; live: boolean }

/** What becomes of one of them: written to, erased, or kept waiting. */
async function decide(
  ctx: Ctx,
  tx: Tx,
  desk: RightsDesk,
  { one, old, run, noticeDays, live }: Question,
): Promise<CaseRow> {
  const now = ctx.clock.now()
  const today = dayInParis(now)
  // What was announced before their last act does not count.
  const announcedOn = old?.announced_on && old.announced_on >= one.lastActOn ? old.announced_on : null
  const bound = one.obstacles.length > 0
  const usable = one.address !== null
  const {
    state,
    eraseOn,
    announce: tell,
  } = nextCase({
    today,
    eraseOn: one.eraseOn,
    on: live,
    usable,
    noticeDays,
    announcedOn,
    bound,
  })
  const row: CaseRow = {
    party_id: one.party.id,
    id: old?.id ?? ctx.ids.next(),
    category: one.category,
    state,
    last_act_kind: one.lastActKind,
    last_act_on: one.lastActOn,
    erase_on: eraseOn,
    announced_on: tell ? today : announcedOn,
    obstacles: [...one.obstacles],
    request_id: null,
    run_id: run.id,
    locale: one.party.locale,
    kept_at: null,
    updated_at: now,
  }
  if (tell && one.address !== null) await announce(ctx, tx, desk, row, one.address)
  if (state !== old?.state && live) await tellOf(ctx, tx, [{ partyId: row.party_id, state }])
  if (state !== 'erasing') return row
  const request = await openForRetention(ctx, tx, one.party)
  await enqueue(tx, erasePersonJob, { requestId: request.id }, { key: `${erasePersonJob.name} ${request.id}` })
  return { ...row, request_id: request.id }
}

/** Those who were about to be erased and were heard of again. */
async function spare(ctx: Ctx, tx: Tx, runId: string): Promise<number> {
  const gone = (await dropUnseen(tx, runId)).filter(({ state }) => state !== 'planned')
  await tellOf(
    ctx,
    tx,
    gone.map(({ party_id }) => ({ partyId: party_id, state: 'spared' })),
  )
  return gone.length
}
