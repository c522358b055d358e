import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.ts'
import { emptySearch } from './search.ts'

const getParentRoute = () => root

const templates = createRoute({
  getParentRoute,
  path: '/templates',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../templates/templates-page.tsx'), 'TemplatesPage'),
})
const newTemplate = createRoute({
  getParentRoute,
  path: '/templates/new',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../templates/template-page.tsx'), 'NewTemplatePage'),
})
const template = createRoute({
  getParentRoute,
  path: '/templates/$templateId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../templates/template-page.tsx'), 'TemplatePage'),
})

const deadAddresses = createRoute({
  getParentRoute,
  path: '/messages/dead-addresses',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../messages/dead-addresses-page.tsx'), 'DeadAddressesPage'),
})

const calls = createRoute({
  getParentRoute,
  path: '/calls',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../calls/calls-page.tsx'), 'CallsPage'),
})

const visits = createRoute({
  getParentRoute,
  path: '/sales-visits',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../visits/visits-page.tsx'), 'VisitsPage'),
})

const visitSheet = createRoute({
  getParentRoute,
  path: '/customers/$customerId/visit-sheet',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../visits/visit-sheet-page.tsx'), 'VisitSheetPage'),
})

const letters = createRoute({
  getParentRoute,
  path: '/letters',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../letters/letters-page.tsx'), 'LettersPage'),
})

/** How customers are written to, called, and visited. */
export const contactRoutes = [
  templates,
  newTemplate,
  template,
  deadAddresses,
  calls,
  visits,
  visitSheet,
  letters,
] as const
