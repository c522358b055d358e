import type { RetentionCategory, RetentionRule } from '@ecluse/contracts/retention.ts'
import { Temporal } from 'temporal-polyfill'
import type { Queryable } from '../../../kernel/db.ts'
import type { LastAct, PersonalPart } from '../../../kernel/personal.ts'
import { quietParties, type QuietRow } from '../../customers/public.ts'
import { actKinds, deadAmong, happeningKinds, retentionOf, type Happening } from '../../engagement/public.ts'
import { dayInParis } from '../domain/day-in-paris.ts'
import { findPerson } from '../find-person.ts'

/** Somebody who is due, or soon is: since when they were not heard of, and what keeps them. */
export type Judged = {
  readonly party: QuietRow
  readonly category: RetentionCategory
  /** Their last act; null when they never acted. */
  readonly lastActKind: string | null
  readonly lastActOn: string
  readonly eraseOn: string
  readonly obstacles: readonly string[]
  /** Where they can be told; null when nowhere. */
  readonly address: string | null
}

/** A day more than needed: which day it is in Paris is counted afterwards. */
const marginDays = 2

/** Before when somebody must have been heard of last to be told now. */
function quietBefore({ months, noticeDays }: RetentionRule, now: Date): Date {
  const least = Math.min(months.prospect, months.customer)
  const day = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('Europe/Paris')
  return new Date(day.subtract({ months: least }).add({ days: noticeDays + marginDays }).epochMilliseconds)
}

/**
 * People who were not heard of for long, a page in the order of their ids, and of them those who are due or soon are.
 * @returns how many were looked at, the last of them, and who is due
 */
export async function judgePage(
  db: Queryable,
  parts: readonly PersonalPart[],
  asked: { rule: RetentionRule; now: Date; afterId: string | null; limit: number; among: string[] | null },
): Promise<{ examined: number; lastId: string | null; due: Judged[] }> {
  const { rule, now, afterId, limit, among } = asked
  const rows = await quietParties(db, { before: quietBefore(rule, now), acts: actKinds, afterId, limit, among })
  const due = await judge(db, parts, { rule, now, rows })
  return { examined: rows.length, lastId: rows.at(-1)?.id ?? null, due }
}

async function judge(
  db: Queryable,
  parts: readonly PersonalPart[],
  { rule, now, rows }: { rule: RetentionRule; now: Date; rows: readonly QuietRow[] },
): Promise<Judged[]> {
  const quiet = rows.flatMap(({ members, accounts }) =>
    members.map((partyId, nth) => ({ partyId, accountId: accounts[nth] ?? null })),
  )
  const acts: LastAct[] = []
  for (const part of parts) acts.push(...((await part.lastActs?.(db, quiet)) ?? []))
  const dead = await deadAmong(
    db,
    rows.flatMap(({ email }) => (email === null ? [] : [email.toLowerCase()])),
  )
  const due: Judged[] = []
  for (const party of rows) {
    const category = party.bought ? 'customer' : 'prospect'
    const happenings = happeningsOf(acts.filter(({ partyId }) => party.members.includes(partyId)))
    const { noticeDays } = rule
    const known = { now, knownSince: party.known_since, happenings, months: rule.months[category], noticeDays }
    const found = retentionOf(known)
    if (found.now === 'keep') continue
    const address = party.email !== null && !dead.has(party.email.toLowerCase()) ? party.email : null
    due.push({
      party,
      category,
      ...found,
      lastActKind: lastKind(happenings, found.lastActOn, now),
      obstacles: await obstaclesOf(db, parts, party, now),
      address,
    })
  }
  return due
}

/** What modules tell of that is of a kind retention knows. */
function happeningsOf(acts: readonly LastAct[]): Happening[] {
  return acts.flatMap(({ kind, at }) => {
    const known = happeningKinds.find((one) => one === kind)
    return known ? [{ kind: known, at }] : []
  })
}

function lastKind(happenings: readonly Happening[], lastActOn: string, now: Date): string | null {
  // Of several at once, the one that is named first: an order, not each of its articles.
  const acts = actKinds.flatMap((kind) => happenings.filter((one) => one.kind === kind && one.at <= now))
  const last = acts.reduce<Happening | null>((best, one) => (best === null || one.at > best.at ? one : best), null)
  return last !== null && dayInParis(last.at) === lastActOn ? last.kind : null
}

async function obstaclesOf(
  db: Queryable,
  parts: readonly PersonalPart[],
  party: QuietRow,
  now: Date,
): Promise<string[]> {
  const person = await findPerson(db, parts, { parties: party.members })
  const obstacles: string[] = []
  for (const part of parts) obstacles.push(...((await part.obstacles?.(db, person, now)) ?? []))
  // What is only on its way is seen to when the erasure begins.
  return [...new Set(obstacles)].filter((obstacle) => obstacle !== 'events_waiting')
}
