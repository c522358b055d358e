import type { Sql } from 'sql-template-tag'
import type { Ctx } from '../../../kernel/context.ts'
import { startThread } from '../../../kernel/start-thread.ts'
import { listen } from './listen.ts'
import { claim, end, tell, type Kept, type Problem, type Runner } from './queries/computations.ts'

/** A runner that has said nothing for so long is dead. */
export const silenceMs = 60_000
/** Who dies this often with the same computation dies of it. */
const mostAttempts = 3

/** What is computed in a thread of its own, and kept. */
export interface Kind<Taken extends { attempts: number }, Done extends object> {
  kept: Kept
  /** Columns of the row that `inputOf` needs. */
  columns: Sql
  /** What the thread is given: its words are `{ progress }`, then what it came to or the engine's reason why not. */
  inputOf(ctx: Ctx, id: string, taken: Taken): string | Promise<string>
  thread: URL
  keep(ctx: Ctx, runner: Runner, done: Done): Promise<void>
}

/** Computes one in a thread, telling how far it is; does nothing when somebody else has it, or it is over. */
export async function compute<Taken extends { attempts: number }, Done extends object>(
  ctx: Ctx,
  id: string,
  { kept, columns, inputOf, thread, keep }: Kind<Taken, Done>,
): Promise<void> {
  const now = ctx.clock.now()
  const runner = ctx.ids.next()
  const silentSince = new Date(now.getTime() - silenceMs)
  const taken = await claim<Taken>(ctx.db, kept, { id, runner, now, silentSince }, columns)
  if (!taken) return
  const us = (): Runner => ({ id, runner, now: ctx.clock.now() })
  const fail = (problem: Problem) => end(ctx.db, kept, us(), { state: 'failed', problem })
  if (taken.attempts > mostAttempts) return fail({ reason: 'failed', details: {} })
  try {
    const input = await inputOf(ctx, id, taken)
    const worker = startThread(thread, input)
    try {
      const word = await listen<Done | Problem>(worker, (progress) => tell(ctx.db, kept, us(), progress))
      if (word === null) await end(ctx.db, kept, us(), { state: 'cancelled', problem: null })
      else if (isProblem(word)) await fail({ reason: word.reason, details: word.details })
      else await keep(ctx, us(), word)
    } finally {
      await worker.terminate()
    }
  } catch (error) {
    ctx.log.error({ err: error, computationId: id }, 'a computation of the desk failed')
    await fail({ reason: 'failed', details: {} })
  }
}

const isProblem = (word: object): word is Problem => 'reason' in word
