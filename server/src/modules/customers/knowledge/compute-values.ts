import { on } from 'node:events'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { publish } from '../../../kernel/outbox.ts'
import { startThread } from '../../../kernel/start-thread.ts'
import {
  dayOf,
  dropOlderValues,
  insertFit,
  latestFit,
  purchasesJson,
  rootsAfter,
  valuedOtherwise,
  writeValues,
} from '../queries/values.ts'
import type { ValueAnswer, ValueWork } from '../workers/value-worker.ts'
import { treatEverybody } from './treat-customers.ts'
import { valueParties } from './value-parties.ts'

/** How many customers are read and written at once: the shop's own statements pass between two pages. */
const pageSize = 2_000

/**
 * Fits the models on everything everybody bought, and writes what follows for each customer. Reading, fitting and computing are done
 * in a thread and page by page; here texts are only passed on. Who bought meanwhile is computed again at the end.
 */
export async function computeValues(ctx: Ctx): Promise<void> {
  const readAt = ctx.clock.now()
  const asOf = await dayOf(ctx.db, readAt)
  const fitId = ctx.ids.next()
  const thread = startThread(new URL('../workers/value-worker.ts', import.meta.url))
  const tell = (work: ValueWork): void => thread.postMessage(work)
  try {
    const answers = on(thread, 'message', { close: ['exit'] })
    for (let after: string | null = null; ;) {
      const roots: string[] = await rootsAfter(ctx.db, after, pageSize)
      if (roots.length === 0) break
      tell({ page: await purchasesJson(ctx.db, roots) })
      after = roots.at(-1) ?? null
    }
    tell({ asOf })
    let over = false
    for await (const [message] of answers as AsyncIterable<[ValueAnswer]>) {
      if ('fit' in message) await insertFit(ctx.db, { id: fitId, json: message.fit, at: readAt })
      else if ('values' in message) await writeValues(ctx.db, message.values, { fitId, readAt })
      else over = true
      if (over) break
    }
    if (!over) throw new Error('the thread that computes values ended early')
  } finally {
    await thread.terminate()
  }
  await dropOlderValues(ctx.db, readAt)
  await valueParties(ctx, await valuedOtherwise(ctx.db, fitId))
  await treatEverybody(ctx)
  await inTransaction(ctx.db, (tx) =>
    publish(tx, ctx, [
      { type: 'customers.values_computed', version: 1, aggregateId: fitId, payload: { fitId }, patient: true },
    ]),
  )
}

/** Fits once, where nothing was fitted yet: a firm that has just brought its history need not wait for the night. */
export async function computeFirstValues(ctx: Ctx): Promise<void> {
  if ((await latestFit(ctx.db)) === undefined) await computeValues(ctx)
}
