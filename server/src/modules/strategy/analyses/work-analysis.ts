import type { Ctx } from '../../../kernel/context.ts'
import { startThread } from '../../../kernel/start-thread.ts'
import { hashOf } from '../scenarios/domain/run-input.ts'
import { mostAttempts, silenceMs } from '../scenarios/work-run.ts'
import type { AnalysisWord } from '../workers/analysis-worker.ts'
import { listen } from '../workers/listen.ts'
import { claimAnalysis, endAnalysis, finishAnalysis, keepInput, tellAnalysis } from './queries/analyses.ts'
import { readInput } from './read-input.ts'

/** Answers a question in a thread, telling how far it is; does nothing when somebody else has it, or it is over. */
export async function workAnalysis(ctx: Ctx, id: string): Promise<void> {
  const now = ctx.clock.now()
  const runner = ctx.ids.next()
  const taken = await claimAnalysis(ctx.db, { id, runner, now, silentSince: new Date(now.getTime() - silenceMs) })
  if (!taken) return
  const us = () => ({ id, runner, now: ctx.clock.now() })
  const fail = () => endAnalysis(ctx.db, us(), { state: 'failed', problem: { reason: 'failed', details: {} } })
  if (taken.attempts > mostAttempts) return fail()
  try {
    const input = taken.input ?? (await readInput(ctx, taken.question, taken.seed))
    if (taken.input === null) await keepInput(ctx.db, id, { input, hash: hashOf(input) })
    const thread = startThread(new URL('../workers/analysis-worker.ts', import.meta.url), input)
    try {
      const word = await listen<Exclude<AnalysisWord, { progress: number }>>(thread, (progress) =>
        tellAnalysis(ctx.db, us(), progress),
      )
      if (word === null) return await endAnalysis(ctx.db, us(), { state: 'cancelled', problem: null })
      if ('reason' in word) return await endAnalysis(ctx.db, us(), { state: 'failed', problem: word })
      await finishAnalysis(ctx.db, us(), { results: word.results, hash: hashOf(word.results) })
    } finally {
      await thread.terminate()
    }
  } catch (error) {
    ctx.log.error({ err: error, analysisId: id }, 'a question of the desk could not be answered')
    await fail()
  }
}
