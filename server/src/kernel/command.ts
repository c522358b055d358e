import sql from 'sql-template-tag'
import type { Ctx } from './context.ts'
import { execute, inTransaction, maybeOne, query, type Tx } from './db.ts'
import { refuse, type Refusal } from './errors.ts'

/** The answer given the first time this idempotency key was used; the HTTP edge sends it again. */
export class Replay extends Error {
  readonly response: unknown
  constructor(response: unknown) {
    super('already answered')
    this.name = 'Replay'
    this.response = response
  }
}

/**
 * Runs a command in one transaction. When the request carries an idempotency key, the key and the answer are stored in
 * that same transaction: the same request again gets the same answer, another one under the same key is refused, and one
 * that comes while the first is under way waits for it.
 *
 * @throws Replay when the key was already answered; kernel.idempotency_key_reused
 */
export async function command<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await inTransaction(ctx.db, async (tx) => {
    const { idempotency } = ctx
    if (idempotency) {
      const [claim] = await claimKeys(ctx, tx, [idempotency])
      if (claim !== undefined) throw claim
    }
    const answer = await work(tx)
    if (idempotency) await storeAnswers(tx, [{ ...idempotency, answer }])
    return answer
  })
  ctx.wakeRelay()
  return result
}

export type IdempotencyKey = NonNullable<Ctx['idempotency']>

/**
 * Claims keys for this transaction, many at once. A key another transaction is using is waited for.
 * @returns for each key, undefined when it is ours, else what to answer: a Replay, or a refusal
 */
export async function claimKeys(
  ctx: Ctx,
  tx: Tx,
  keys: readonly IdempotencyKey[],
): Promise<(Replay | Refusal | undefined)[]> {
  const claimed = await query<{ scope: string; key: string }>(
    tx,
    sql`insert into kernel.idempotency_key (scope, key, request_hash, status, response, created_at)
        select k.scope, k.key, decode(k.request_hash, 'hex'), 0, 'null'::jsonb, ${ctx.clock.now()}::timestamptz
        from unnest(${keys.map((k) => k.scope)}::text[], ${keys.map((k) => k.key)}::text[],
          ${keys.map((k) => k.requestHash.toString('hex'))}::text[]) as k (scope, key, request_hash)
        order by k.scope, k.key
        on conflict do nothing returning scope, key`,
  )
  const ours = new Set(claimed.map((row) => `${row.scope} ${row.key}`))
  const others = keys.filter((k) => !ours.has(`${k.scope} ${k.key}`))
  if (others.length === 0) return keys.map(() => undefined)
  const rows = await query<{ scope: string; key: string; request_hash: Buffer; response: unknown }>(
    tx,
    sql`select scope, key, request_hash, response from kernel.idempotency_key
        where (scope, key) in (select * from unnest(${others.map((k) => k.scope)}::text[], ${others.map((k) => k.key)}::text[]))`,
  )
  const earlier = new Map(rows.map((row) => [`${row.scope} ${row.key}`, row]))
  return keys.map((k) => {
    const row = earlier.get(`${k.scope} ${k.key}`)
    if (!row) return undefined
    return row.request_hash.equals(k.requestHash) ? new Replay(row.response) : refuse('kernel.idempotency_key_reused')
  })
}

/**
 * Looks whether a request was answered before, without claiming its key: for requests whose own effect makes them
 * impossible to ask again, as a cart that has become an order.
 * @throws Replay, kernel.idempotency_key_reused
 */
export async function replayIfAnswered(ctx: Ctx): Promise<void> {
  if (!ctx.idempotency) return
  const { scope, key, requestHash } = ctx.idempotency
  const row = await maybeOne<{ request_hash: Buffer; response: unknown }>(
    ctx.db,
    sql`select request_hash, response from kernel.idempotency_key where scope = ${scope} and key = ${key} and status = 1`,
  )
  if (row)
    throw row.request_hash.equals(requestHash) ? new Replay(row.response) : refuse('kernel.idempotency_key_reused')
}

/** Stores the answers given under claimed keys. */
export async function storeAnswers(tx: Tx, answers: readonly (IdempotencyKey & { answer: unknown })[]): Promise<void> {
  await execute(
    tx,
    sql`update kernel.idempotency_key k set status = 1, response = a.response::jsonb
        from unnest(${answers.map((a) => a.scope)}::text[], ${answers.map((a) => a.key)}::text[],
          ${answers.map((a) => JSON.stringify(a.answer ?? null))}::text[]) as a (scope, key, response)
        where k.scope = a.scope and k.key = a.key`,
  )
}

/** Gives claimed keys back: what they asked was refused, and may be asked again. */
export async function releaseKeys(tx: Tx, keys: readonly IdempotencyKey[]): Promise<void> {
  await execute(
    tx,
    sql`delete from kernel.idempotency_key k
        using unnest(${keys.map((k) => k.scope)}::text[], ${keys.map((k) => k.key)}::text[]) as d (scope, key)
        where k.scope = d.scope and k.key = d.key`,
  )
}
