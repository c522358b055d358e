import type { Sql } from 'sql-template-tag'
import type { Ctx } from '../../../kernel/context.ts'
import { startThread } from '../../../kernel/start-thread.ts'
import { listen } from './listen.ts'
import { claim, end, tell, type Kept, type Problem, type Runner } from './queries/computations.ts'

/** A runner that has said nothing for so long is dead. */
export const silenceMs = 60_000
/** Who dies this often with the same computation dies of it. */
const mostAttempts = 3

/** Where a computation is kept, and the columns of its row that whoever works on it needs. */
export type Place = { kept: Kept; columns: Sql }

/** What is computed in a thread of its own, and kept. */
export interface Kind<Taken extends { attempts: number }, Done extends object> extends Place {
  /** What the thread is given: its words are `{ progress }`, then what it came to or the engine's reason why not. */
  inputOf(ctx: Ctx, id: string, taken: Taken): string | Promise<string>
  thread: URL
  keep(ctx: Ctx, runner: Runner, done: Done): Promise<void>
}

/** What comes of working on one: it is kept already, or it was to stop, or why nothing came of it. */
type Outcome = 'kept' | 'cancelled' | Problem

/** Takes one, has it worked on, and ends it as it came out; does nothing when somebody else has it, or it is over. */
export async function workOn<Taken extends { attempts: number }>(
  ctx: Ctx,
  id: string,
  { kept, columns }: Place,
  work: (taken: Taken, us: () => Runner) => Promise<Outcome>,
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
    const outcome = await work(taken, us)
    if (outcome === 'cancelled') await end(ctx.db, kept, us(), { state: 'cancelled', problem: null })
    else if (outcome !== 'kept') await fail({ reason: outcome.reason, details: outcome.details })
  } catch (error) {
    ctx.log.error({ err: error, computationId: id }, 'a computation of the desk failed')
    await fail({ reason: 'failed', details: {} })
  }
}

/** Computes one in a thread, telling how far it is. */
export function compute<Taken extends { attempts: number }, Done extends object>(
  ctx: Ctx,
  id: string,
  { kept, columns, inputOf, thread, keep }: Kind<Taken, Done>,
): Promise<void> {
  return workOn<Taken>(ctx, id, { kept, columns }, async (taken, us) => {
    const worker = startThread(thread, await inputOf(ctx, id, taken))
    try {
      const word = await listen<Done | Problem>(worker, (progress) => tell(ctx.db, kept, us(), progress))
      if (word === null) return 'cancelled'
      if (isProblem(word)) return word
      await keep(ctx, us(), word)
      return 'kept'
    } finally {
      await worker.terminate()
    }
  })
}

const isProblem = (word: object): word is Problem => 'reason' in word
