import sql from 'sql-template-tag'
import type { Ctx } from '../../../kernel/context.ts'
import { compute } from '../computations/compute.ts'
import type { RunDone } from '../workers/run-worker.ts'
import { keepRun, runs } from './queries/runs.ts'

/** Simulates a run in a thread, telling how far it is; does nothing when somebody else has it, or it is over. */
export function workRun(ctx: Ctx, id: string): Promise<void> {
  return compute<{ attempts: number; input: string }, RunDone>(ctx, id, {
    kept: runs,
    columns: sql`input`,
    inputOf: (_ctx, _id, { input }) => input,
    thread: new URL('../workers/run-worker.ts', import.meta.url),
    keep: ({ db }, runner, done) => keepRun(db, runner, done),
  })
}
