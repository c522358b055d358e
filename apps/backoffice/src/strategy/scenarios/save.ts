import type { ScenarioContent } from '@ecluse/contracts/scenario-content.ts'

/** What each tab changes a scenario with: the next version is written at once. */
export type Save = (change: Partial<ScenarioContent>, more?: { recalibrate?: boolean }) => void
