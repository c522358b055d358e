import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.ts'
import { compareSearch, emptySearch, scenarioSearch } from './search.ts'

const getParentRoute = () => root

const scenarios = createRoute({
  getParentRoute,
  path: '/scenarios',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../strategy/scenarios/scenarios-page.tsx'), 'ScenariosPage'),
})
const scenario = createRoute({
  getParentRoute,
  path: '/scenarios/$scenarioId',
  validateSearch: scenarioSearch.parse,
  component: lazyRouteComponent(() => import('../strategy/scenarios/scenario-page.tsx'), 'ScenarioPage'),
})
const compare = createRoute({
  getParentRoute,
  path: '/scenarios/compare',
  validateSearch: compareSearch.parse,
  component: lazyRouteComponent(() => import('../strategy/scenarios/compare-page.tsx'), 'ComparePage'),
})
const venture = createRoute({
  getParentRoute,
  path: '/scenarios/examples/$example',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../strategy/scenarios/venture-page.tsx'), 'VenturePage'),
})
const memos = createRoute({
  getParentRoute,
  path: '/memos',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../strategy/memos/memos-page.tsx'), 'MemosPage'),
})
const memo = createRoute({
  getParentRoute,
  path: '/memos/$memoId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../strategy/memos/memo-page.tsx'), 'MemoPage'),
})

/** What the distribution might do, and what was decided. */
export const scenarioRoutes = [scenarios, scenario, compare, venture, memos, memo] as const
