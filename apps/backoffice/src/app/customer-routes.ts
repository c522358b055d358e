import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.ts'
import { customerSearch, customersSearch, emptySearch, matchesSearch, newSegmentSearch, readsSearch } from './search.ts'

const getParentRoute = () => root

const customers = createRoute({
  getParentRoute,
  path: '/customers',
  validateSearch: customersSearch.parse,
  component: lazyRouteComponent(() => import('../customers/customers-page.tsx'), 'CustomersPage'),
})
const customer = createRoute({
  getParentRoute,
  path: '/customers/$customerId',
  validateSearch: customerSearch.parse,
  component: lazyRouteComponent(() => import('../customers/customer-page.tsx'), 'CustomerPage'),
})
const matches = createRoute({
  getParentRoute,
  path: '/customers/matches',
  validateSearch: matchesSearch.parse,
  component: lazyRouteComponent(() => import('../matching/matches-page.tsx'), 'MatchesPage'),
})
const reads = createRoute({
  getParentRoute,
  path: '/customers/reads',
  validateSearch: readsSearch.parse,
  component: lazyRouteComponent(() => import('../customers/reads-page.tsx'), 'ReadsPage'),
})
const segments = createRoute({
  getParentRoute,
  path: '/segments',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../segments/segments-page.tsx'), 'SegmentsPage'),
})
const newSegment = createRoute({
  getParentRoute,
  path: '/segments/new',
  validateSearch: newSegmentSearch.parse,
  component: lazyRouteComponent(() => import('../segments/new-segment-page.tsx'), 'NewSegmentPage'),
})
const knowledge = createRoute({
  getParentRoute,
  path: '/knowledge',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../knowledge/knowledge-page.tsx'), 'KnowledgePage'),
})
const treatments = createRoute({
  getParentRoute,
  path: '/treatments',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../knowledge/treatments-page.tsx'), 'TreatmentsPage'),
})
const segment = createRoute({
  getParentRoute,
  path: '/segments/$segmentId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../segments/segment-page.tsx'), 'SegmentPage'),
})

/** Customers: who they are, who may be one, who read them, and their segments. */
export const customerRoutes = [customers, customer, matches, reads, segments, newSegment, segment, knowledge, treatments] as const
