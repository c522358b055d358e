import { resumeAudits, runAudits } from '../audit/write-audit.ts'
import { forecastNightly } from '../objectives/forecast-nightly.ts'
import { resumeAnalyses, runAnalyses } from './run-analyses.ts'
import { resumeScenarioRuns, simulateRuns } from './simulate-runs.ts'

/** What the desk does by itself. */
export const strategyJobs = [
  runAudits,
  resumeAudits,
  forecastNightly,
  simulateRuns,
  resumeScenarioRuns,
  runAnalyses,
  resumeAnalyses,
] as const
