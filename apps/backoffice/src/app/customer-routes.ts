import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.ts'
import { customerSearch, customersSearch, emptySearch, matchesSearch } from './search.ts'

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
const segments = createRoute({
  getParentRoute,
  path: '/segments',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../segments/segments-page.tsx'), 'SegmentsPage'),
})
const newSegment = createRoute({
  getParentRoute,
  path: '/segments/new',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../segments/new-segment-page.tsx'), 'NewSegmentPage'),
})
const segment = createRoute({
  getParentRoute,
  path: '/segments/$segmentId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../segments/segment-page.tsx'), 'SegmentPage'),
})

/** Customers: who they are, who may be one, and their segments. */
export const customerRoutes = [customers, customer, matches, segments, newSegment, segment] as const
