import type { Ctx } from '../../../kernel/context.ts'
import { startThread } from '../../../kernel/start-thread.ts'
import { listen } from '../workers/listen.ts'
import type { RunWord } from '../workers/run-worker.ts'
import { claimRun, endRun, finishRun, tellProgress } from './queries/runs.ts'

/** A runner that has said nothing for so long is dead. */
export const silenceMs = 60_000
/** Who dies this often with the same run dies of it. */
export const mostAttempts = 3

type LastWord = Exclude<RunWord, { progress: number }>

/** Simulates a run in a thread, telling how far it is; does nothing when somebody else has it, or it is over. */
export async function workRun(ctx: Ctx, id: string): Promise<void> {
  const now = ctx.clock.now()
  const runner = ctx.ids.next()
  const taken = await claimRun(ctx.db, { id, runner, now, silentSince: new Date(now.getTime() - silenceMs) })
  if (!taken) return
  const us = () => ({ id, runner, now: ctx.clock.now() })
  const fail = () => endRun(ctx.db, us(), { state: 'failed', problem: { reason: 'failed', details: {} } })
  if (taken.attempts > mostAttempts) return fail()
  const thread = startThread(new URL('../workers/run-worker.ts', import.meta.url), taken.input)
  try {
    const word = await listen<LastWord>(thread, (progress) => tellProgress(ctx.db, us(), progress))
    if (word === null) return await endRun(ctx.db, us(), { state: 'cancelled', problem: null })
    if ('reason' in word) {
      const { reason, details } = word
      return await endRun(ctx.db, us(), { state: 'failed', problem: { reason, details } })
    }
    const { results, hash, gains } = word
    await finishRun(ctx.db, us(), {
      results,
      hash,
      gains: Buffer.from(gains.buffer, gains.byteOffset, gains.byteLength),
    })
  } catch (error) {
    ctx.log.error({ err: error, runId: id }, 'the simulation of a scenario failed')
    await fail()
  } finally {
    await thread.terminate()
  }
}
