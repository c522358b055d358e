import type { ReadScreen } from '@ecluse/contracts/customer-reads.ts'
import type { Actor, Ctx } from '../../../kernel/context.ts'
import type { Db } from '../../../kernel/db.ts'
import { insertRead, type Reader } from '../queries/reads.ts'

const quarterMs = 15 * 60_000
/** What each database was told lately, so that a page that asks five questions is written once a screen. */
const told = new WeakMap<Db, Set<string>>()
/** More than all of a firm's staff open in a quarter of an hour; then it is forgotten, and written again. */
const mostTold = 20_000

/**
 * Notes that the data of a customer was read, by whom and on which screen: once for each reader, customer and quarter of an hour. Who
 * reads waits for nothing and is failed by nothing: what cannot be noted is told to the log. Customers who read their own and the
 * system are not noted.
 */
export function noteRead(ctx: Ctx, customerId: string, screen: ReadScreen): void {
  const reader = readerOf(ctx.actor)
  if (!reader) return
  const quarterAt = new Date(Math.floor(ctx.clock.now().getTime() / quarterMs) * quarterMs)
  const known = told.get(ctx.db) ?? new Set<string>()
  told.set(ctx.db, known)
  const key = `${reader.id} ${customerId} ${screen} ${quarterAt.getTime()}`
  if (known.has(key)) return
  if (known.size >= mostTold) known.clear()
  known.add(key)
  insertRead(ctx.db, reader, { customerId, screen, quarterAt }).catch((error: unknown) => {
    known.delete(key)
    ctx.log.error({ err: error, customerId, screen }, 'a reading of a customer was not noted')
  })
}

function readerOf(actor: Actor): Reader | null {
  if (actor.kind === 'staff') return { id: actor.accountId, kind: 'staff', name: actor.name }
  if (actor.kind === 'api_key') return { id: actor.keyId, kind: 'api_key', name: actor.name }
  return null
}
