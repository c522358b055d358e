import sql from 'sql-template-tag'
import type { Ctx } from './context.ts'
import { execute, inTransaction, one, type Tx } from './db.ts'
import { refuse } from './errors.ts'

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
    if (ctx.idempotency) await claimKey(tx, ctx, ctx.idempotency)
    const answer = await work(tx)
    if (ctx.idempotency) await storeAnswer(tx, ctx.idempotency, answer)
    return answer
  })
  ctx.wakeRelay()
  return result
}

type Key = NonNullable<Ctx['idempotency']>

async function claimKey(tx: Tx, ctx: Ctx, { scope, key, requestHash }: Key): Promise<void> {
  const claimed = await execute(
    tx,
    sql`insert into kernel.idempotency_key (scope, key, request_hash, status, response, created_at)
        values (${scope}, ${key}, ${requestHash}, 0, 'null', ${ctx.clock.now()})
        on conflict do nothing`,
  )
  if (claimed === 1) return
  const earlier = await one<{ request_hash: Buffer; response: unknown }>(
    tx,
    sql`select request_hash, response from kernel.idempotency_key where scope = ${scope} and key = ${key}`,
  )
  if (!earlier.request_hash.equals(requestHash)) throw refuse('kernel.idempotency_key_reused')
  throw new Replay(earlier.response)
}

async function storeAnswer(tx: Tx, { scope, key }: Key, answer: unknown): Promise<void> {
  await execute(
    tx,
    sql`update kernel.idempotency_key set status = 1, response = ${JSON.stringify(answer ?? null)}
        where scope = ${scope} and key = ${key}`,
  )
}
