import { createHmac } from 'node:crypto'
import type { Config } from '../../../kernel/config.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { execute, inTransaction, type Tx } from '../../../kernel/db.ts'
import { refuse } from '../../../kernel/errors.ts'
import { publish } from '../../../kernel/outbox.ts'
import type { LegalRecord, Person, PersonalPart } from '../../../kernel/personal.ts'
import { retentionOf } from '../../engagement/public.ts'
import { removeArchive } from '../archive/archive-file.ts'
import { findPerson } from '../find-person.ts'
import { stillDue } from '../retention/still-due.ts'
import { archivesOfPerson, markRemoved } from '../queries/archives.ts'
import { addStep, beginErasure, endErasure, erasureOf, insertLegalRecords } from '../queries/erasures.ts'
import { lockRequest } from '../queries/locks.ts'
import { requestById, setProgress, updateRequest, type RequestRow } from '../queries/requests.ts'
import { certify } from './certify.ts'

/**
 * Erases a person, table after table: each in a transaction of its own, with a note that it is done, so that whoever goes on after a
 * crash goes on from there. By what the rows are found is written down before the first is gone. What the law keeps is put apart
 * before that. Nothing is erased while something binds them to the firm: the request waits, and says why.
 *
 * @param told called after each table, for whoever watches
 */
export async function erasePerson(
  ctx: Ctx,
  parts: readonly PersonalPart[],
  requestId: string,
  told: (table: string) => void = () => undefined,
): Promise<'done' | 'postponed' | 'spared'> {
  const person = await begin(ctx, parts, requestId)
  if (person === 'spared') return person
  if (person === null) return 'postponed'
  if (person === 'done') return 'done'
  const tables = parts.flatMap((part) => part.tables).filter((table) => table.erase !== undefined)
  const already = new Set((await erasureOf(ctx.db, requestId))?.steps.map(({ table }) => table))
  for (const [index, { table, erase }] of tables.entries()) {
    if (!erase || already.has(table)) continue
    await inTransaction(ctx.db, async (tx) => {
      await lockRequest(tx, requestId)
      const given = { now: ctx.clock.now(), secret: saltOf(ctx.config, requestId) }
      await addStep(tx, requestId, { table, rows: await execute(tx, erase(person, given)) })
    })
    told(table)
    await setProgress(ctx.db, requestId, Math.floor((index / tables.length) * 95))
  }
  for (const archive of await archivesOfPerson(ctx.db, person)) {
    await removeArchive(ctx.config, archive)
    await markRemoved(ctx.db, archive, ctx.clock.now())
  }
  await inTransaction(ctx.db, (tx) => end(ctx, tx, requestId, person))
  ctx.wakeRelay()
  return 'done'
}

/** Finds who is to be erased, once: null while something keeps them. */
function begin(
  ctx: Ctx,
  parts: readonly PersonalPart[],
  requestId: string,
): Promise<Person | 'done' | 'spared' | null> {
  return inTransaction(ctx.db, async (tx) => {
    if (!(await lockRequest(tx, requestId))) throw refuse('rights.not_found')
    const request = await requestById(tx, requestId)
    if (!request || request.closed_at !== null) return 'done'
    const begun = await erasureOf(tx, requestId)
    if (begun?.scope) return begun.scope
    const person = await findPerson(tx, parts, startOf(request))
    const now = ctx.clock.now()
    if (request.origin === 'retention' && !(await stillDue(tx, parts, request, now))) {
      await updateRequest(tx, { ...request, state: 'refused', closed_at: now })
      return 'spared'
    }
    const obstacles: string[] = []
    for (const part of parts) obstacles.push(...((await part.obstacles?.(tx, person, now)) ?? []))
    // Who asks to be erased lifts by that what was only kept for them.
    const binding = [...new Set(obstacles)].filter((one) => one !== 'restricted' || request.origin === 'retention')
    if (binding.length > 0) {
      await updateRequest(tx, { ...request, state: 'postponed', obstacles: binding })
      return null
    }
    for (const part of parts) await part.prepare?.(ctx, tx, person)
    for (const part of parts) {
      const records = (await part.legalRecords?.(tx, person)) ?? []
      await insertLegalRecords(
        tx,
        records.map((record) => legalRow(ctx, requestId, record)),
      )
    }
    await beginErasure(tx, requestId, person, now)
    await updateRequest(tx, { ...request, state: 'working', obstacles: [] })
    return person
  })
}

async function end(ctx: Ctx, tx: Tx, requestId: string, person: Person): Promise<void> {
  if (!(await lockRequest(tx, requestId))) throw refuse('rights.not_found')
  const request = await requestById(tx, requestId)
  const erasure = await erasureOf(tx, requestId)
  if (!request || !erasure || request.closed_at !== null) return
  const now = ctx.clock.now()
  await certify(ctx, tx, request, erasure.steps)
  await updateRequest(tx, { ...request, state: 'done', closed_at: now, obstacles: [] })
  await setProgress(tx, requestId, 100)
  await endErasure(tx, requestId, person, now)
  await publish(
    tx,
    ctx,
    person.parties.map((partyId) => ({
      type: 'customers.erased',
      version: 1,
      aggregateId: partyId,
      payload: { partyId, request: request.number },
      actor: null,
    })),
  )
}

/** By what somebody who asked is found. */
export function startOf({ party_id, account_id, email }: RequestRow): Partial<Person> {
  return {
    parties: party_id === null ? [] : [party_id],
    accounts: account_id === null ? [] : [account_id],
    mailboxes: email === null ? [] : [email.toLowerCase()],
  }
}

const proofYears = 5

/** Until when a record is kept: what accounts and contracts ask (`retentionOf`), or the time in which a claim may be made (Code civil, 2224). */
function legalRow(ctx: Ctx, requestId: string, { law, reference, at, amountMinor, content }: LegalRecord) {
  const known = { now: ctx.clock.now(), knownSince: at, happenings: [] }
  const claims = new Date(at)
  claims.setUTCFullYear(claims.getUTCFullYear() + proofYears)
  const until =
    law === 'proof' ? null : retentionOf({ ...known, records: [{ kind: law, at, amountMinor }] }).recordsUntil
  const kept_until = until ?? claims.toISOString().slice(0, 10)
  return { id: ctx.ids.next(), request_id: requestId, law, reference, content: { ...content }, kept_until }
}

/** New secrets for links of what is left, that nobody can write down beforehand. */
function saltOf({ sessionSecret }: Config, requestId: string): string {
  return createHmac('sha256', sessionSecret).update(`erasure\0${requestId}`).digest('hex')
}
