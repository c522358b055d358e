import { job } from '../../../kernel/jobs.ts'
import { resume } from '../computations/resume.ts'
import { runs } from '../scenarios/queries/runs.ts'
import { enqueueRun, simulateRunJob } from '../scenarios/run-job.ts'
import { workRun } from '../scenarios/work-run.ts'

/** Simulates one run, in a thread that lets the shop go first. */
export const simulateRuns = job({ ...simulateRunJob, run: (ctx, { runId }) => workRun(ctx, runId) })

export const resumeScenarioRuns = resume('strategy.resume-runs', runs, enqueueRun)
