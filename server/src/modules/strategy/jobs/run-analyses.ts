import { job } from '../../../kernel/jobs.ts'
import { analyseJob, enqueueAnalysis } from '../analyses/analysis-job.ts'
import { analyses } from '../analyses/queries/analyses.ts'
import { workAnalysis } from '../analyses/work-analysis.ts'
import { resume } from '../computations/resume.ts'

/** Answers one question, in a thread that lets the shop go first. */
export const runAnalyses = job({ ...analyseJob, run: (ctx, { analysisId }) => workAnalysis(ctx, analysisId) })

export const resumeAnalyses = resume('strategy.resume-analyses', analyses, enqueueAnalysis)
