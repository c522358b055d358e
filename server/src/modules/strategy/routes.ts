import type { Routes } from '../../kernel/http/implement.ts'
import { memoRoutes } from './memos/routes.ts'
import { analysisRoutes } from './analyses/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { circuitRoutes } from './circuits/routes.ts'
import { experimentRoutes } from './experiments/routes.ts'
import { gridRoutes } from './grid/routes.ts'
import { objectiveRoutes } from './objectives/routes.ts'
import { outletRoutes } from './outlets/routes.ts'
import { scenarioRoutes } from './scenarios/routes.ts'
import { studyRoutes } from './studies/routes.ts'
import { yieldRoutes } from './yield/routes.ts'

/** The desk of whoever decides on the distribution. */
export const strategyRoutes: Routes = (app, services) => {
  auditRoutes(app, services)
  objectiveRoutes(app, services)
  gridRoutes(app, services)
  scenarioRoutes(app, services)
  memoRoutes(app, services)
  analysisRoutes(app, services)
  circuitRoutes(app, services)
  yieldRoutes(app, services)
  experimentRoutes(app, services)
  outletRoutes(app, services)
  studyRoutes(app, services)
}
