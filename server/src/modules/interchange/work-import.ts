import type { Ctx } from '../../kernel/context.ts'
import { UnreadableFile, type SourceFile } from './read-csv.ts'
import { deleteIssues, claimRun, finishRun, insertIssues, updateProgress, type RunRow } from './queries/runs.ts'
import { runImport, type ImportProgress } from './run-import.ts'

/** A runner that has said nothing for so long is dead: batches take a second or two. */
export const silenceMs = 60_000
const progressEveryMs = 500
const heartbeatMs = 15_000

export type WorkOptions = {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ImportProgress) => void
}

/**
 * Works one recorded import off: takes it, imports its file, keeps progress and report, and says how it ended. Begun again
 * after a crash it starts from the first line, which is harmless, and its report is the new one.
 * @returns undefined when somebody else has it, or it is over
 */
export async function workImport(
  ctx: Ctx,
  importId: string,
  open: (row: RunRow) => SourceFile | undefined,
  { signal, onProgress }: WorkOptions = {},
): Promise<RunRow['state'] | undefined> {
  const now = ctx.clock.now()
  const runner = ctx.ids.next()
  const row = await claimRun(ctx.db, { id: importId, runner, now, silentSince: new Date(now.getTime() - silenceMs) })
  if (!row) return undefined
  await deleteIssues(ctx.db, importId)
  const stop = new AbortController()
  const finish = async (
    state: 'done' | 'failed' | 'cancelled',
    error: RunRow['error'] = null,
  ): Promise<RunRow['state']> => {
    await finishRun(ctx.db, importId, runner, { state, error }, ctx.clock.now())
    return state
  }
  const file = open(row)
  if (!file) return finish('failed', { code: 'import.file_gone', values: {} })
  const teller = tellProgress(ctx, { importId, runner, stop })
  try {
    const result = await runImport(ctx, {
      file,
      kind: row.kind,
      settings: row.settings,
      dryRun: row.dry_run,
      signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
      async onBatch(progress, issues) {
        await insertIssues(ctx.db, importId, teller.countIssues(issues.length), issues)
        await teller.tell(progress)
        onProgress?.(progress)
      },
    })
    await teller.tell(result, true)
    return await finish(result.cancelled ? 'cancelled' : 'done')
  } catch (error) {
    if (error instanceof UnreadableFile) return await finish('failed', { code: error.code, values: error.values })
    ctx.log.error({ err: error, importId }, 'import failed')
    return await finish('failed', { code: 'import.failed', values: {} })
  } finally {
    teller.end()
  }
}

/** Keeps the run's row up to date, at most twice a second, and at times while a long batch says nothing. */
function tellProgress(
  ctx: Ctx,
  { importId, runner, stop }: { importId: string; runner: string; stop: AbortController },
) {
  let last: ImportProgress | undefined
  let toldAt = 0
  let issues = 0
  const write = async (progress: ImportProgress): Promise<void> => {
    toldAt = performance.now()
    // Cancelled, or taken over by another after a long silence: either way this runner stops.
    if (!(await updateProgress(ctx.db, importId, runner, progress, ctx.clock.now()))) stop.abort()
  }
  const timer = setInterval(() => {
    if (last && performance.now() - toldAt > heartbeatMs / 2) void write(last).catch(() => undefined)
  }, heartbeatMs)
  timer.unref()
  return {
    /** The number of the first of so many new issues. */
    countIssues(more: number): number {
      issues += more
      return issues - more + 1
    },
    async tell(progress: ImportProgress, always = false): Promise<void> {
      last = progress
      if (always || performance.now() - toldAt >= progressEveryMs) await write(progress)
    },
    end: () => clearInterval(timer),
  }
}
