import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.ts'
import { contactCalendarSearch, emptySearch, journeySearch, journeysSearch } from './search.ts'

const getParentRoute = () => root

const journeys = createRoute({
  getParentRoute,
  path: '/journeys',
  validateSearch: journeysSearch.parse,
  component: lazyRouteComponent(() => import('../journeys/journeys-page.tsx'), 'JourneysPage'),
})
const calendar = createRoute({
  getParentRoute,
  path: '/journeys/calendar',
  validateSearch: contactCalendarSearch.parse,
  component: lazyRouteComponent(() => import('../journeys/calendar-page.tsx'), 'ContactCalendarPage'),
})
const journey = createRoute({
  getParentRoute,
  path: '/journeys/$journeyId',
  validateSearch: journeySearch.parse,
  component: lazyRouteComponent(() => import('../journeys/journey-page.tsx'), 'JourneyPage'),
})
const policy = createRoute({
  getParentRoute,
  path: '/contact-policy',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../journeys/contact-policy-page.tsx'), 'ContactPolicyPage'),
})

/** Campaigns and journeys, their calendar, and how often customers may be contacted. */
export const journeyRoutes = [journeys, calendar, journey, policy] as const
