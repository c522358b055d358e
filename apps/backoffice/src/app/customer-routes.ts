import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.ts'
import {
  customerSearch,
  customersSearch,
  emptySearch,
  matchesSearch,
  newSegmentSearch,
  readsSearch,
  retentionSearch,
  rightsSearch,
} from './search.ts'

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
const advisers = createRoute({
  getParentRoute,
  path: '/customers/advisers',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../customers/advisers-page.tsx'), 'AdvisersPage'),
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

const loyalty = createRoute({
  getParentRoute,
  path: '/loyalty',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../loyalty/loyalty-page.tsx'), 'LoyaltyPage'),
})
const programme = createRoute({
  getParentRoute,
  path: '/loyalty/programme',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../loyalty/programme-page.tsx'), 'ProgrammePage'),
})
const partners = createRoute({
  getParentRoute,
  path: '/loyalty/partners',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../loyalty/partners-page.tsx'), 'PartnersPage'),
})

const rights = createRoute({
  getParentRoute,
  path: '/rights',
  validateSearch: rightsSearch.parse,
  component: lazyRouteComponent(() => import('../rights/rights-page.tsx'), 'RightsPage'),
})
const retention = createRoute({
  getParentRoute,
  path: '/rights/retention',
  validateSearch: retentionSearch.parse,
  component: lazyRouteComponent(() => import('../rights/retention-page.tsx'), 'RetentionPage'),
})
const register = createRoute({
  getParentRoute,
  path: '/rights/register',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../rights/register-page.tsx'), 'RegisterPage'),
})
const records = createRoute({
  getParentRoute,
  path: '/rights/records',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../rights/records-page.tsx'), 'RecordsPage'),
})
const rightsRequest = createRoute({
  getParentRoute,
  path: '/rights/$requestId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../rights/rights-request-page.tsx'), 'RightsRequestPage'),
})

/** Customers: who they are, who may be one, who read them, and their segments. */
export const customerRoutes = [
  customers,
  customer,
  matches,
  advisers,
  reads,
  rights,
  retention,
  register,
  records,
  rightsRequest,
  segments,
  newSegment,
  segment,
  knowledge,
  treatments,
  loyalty,
  programme,
  partners,
] as const
