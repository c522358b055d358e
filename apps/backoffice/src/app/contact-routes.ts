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

/** How customers are written to. */
export const contactRoutes = [templates, newTemplate, template] as const
