import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.ts'
import {
  auditSearch,
  circuitsSearch,
  contributionSearch,
  emptySearch,
  objectivesSearch,
  planningSearch,
} from './search.ts'

const getParentRoute = () => root

const objectives = createRoute({
  getParentRoute,
  path: '/objectives',
  validateSearch: objectivesSearch.parse,
  component: lazyRouteComponent(() => import('../strategy/objectives/objectives-page.tsx'), 'ObjectivesPage'),
})
const objective = createRoute({
  getParentRoute,
  path: '/objectives/$objectiveId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../strategy/objectives/objective-page.tsx'), 'ObjectivePage'),
})

const grid = createRoute({
  getParentRoute,
  path: '/channel-grid',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../strategy/grid/grid-page.tsx'), 'GridPage'),
})

const audits = createRoute({
  getParentRoute,
  path: '/audits',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../strategy/audit/audits-page.tsx'), 'AuditsPage'),
})
const audit = createRoute({
  getParentRoute,
  path: '/audits/$auditId',
  validateSearch: auditSearch.parse,
  component: lazyRouteComponent(() => import('../strategy/audit/audit-page.tsx'), 'AuditPage'),
})

const contribution = createRoute({
  getParentRoute,
  path: '/contribution',
  validateSearch: contributionSearch.parse,
  component: lazyRouteComponent(() => import('../strategy/analyses/contribution-page.tsx'), 'ContributionPage'),
})

const planning = createRoute({
  getParentRoute,
  path: '/planning',
  validateSearch: planningSearch.parse,
  component: lazyRouteComponent(() => import('../strategy/analyses/planning-page.tsx'), 'PlanningPage'),
})

const circuits = createRoute({
  getParentRoute,
  path: '/circuits',
  validateSearch: circuitsSearch.parse,
  component: lazyRouteComponent(() => import('../strategy/circuits/circuits-page.tsx'), 'CircuitsPage'),
})

const outlets = createRoute({
  getParentRoute,
  path: '/outlets',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../strategy/outlets/outlets-page.tsx'), 'OutletsPage'),
})
const newOutletStudy = createRoute({
  getParentRoute,
  path: '/outlets/new',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../strategy/outlets/outlet-study-page.tsx'), 'NewOutletStudyPage'),
})
const outletStudy = createRoute({
  getParentRoute,
  path: '/outlets/$studyId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../strategy/outlets/outlet-study-page.tsx'), 'OutletStudyPage'),
})

const experiments = createRoute({
  getParentRoute,
  path: '/experiments',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../strategy/experiments/experiments-page.tsx'), 'ExperimentsPage'),
})
const newExperiment = createRoute({
  getParentRoute,
  path: '/experiments/new',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../strategy/experiments/new-experiment-page.tsx'), 'NewExperimentPage'),
})
const experiment = createRoute({
  getParentRoute,
  path: '/experiments/$experimentId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../strategy/experiments/experiment-page.tsx'), 'ExperimentPage'),
})

/** Pages of the director’s desk. */
export const strategyRoutes = [
  objectives,
  objective,
  grid,
  audits,
  audit,
  contribution,
  circuits,
  outlets,
  newOutletStudy,
  outletStudy,
  planning,
  experiments,
  newExperiment,
  experiment,
] as const
