import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { PageFailed } from './page-failed.tsx'
import { SellPage } from '../sell/sell-page.tsx'
import { NotFound } from './not-found.tsx'
import { Root } from './root.tsx'

const root = createRootRoute({ component: Root, notFoundComponent: NotFound, errorComponent: PageFailed })
const getParentRoute = () => root

const sell = createRoute({ getParentRoute, path: '/', component: SellPage })
const pickups = createRoute({
  getParentRoute,
  path: '/pickups',
  validateSearch: z.object({
    q: z.string().optional().catch(undefined),
    state: z.enum(['to_prepare', 'ready', 'handed_over']).optional().catch(undefined),
    open: z.string().optional().catch(undefined),
  }).parse,
  component: lazyRouteComponent(() => import('../pickups/pickups-page.tsx'), 'PickupsPage'),
})
const visits = createRoute({
  getParentRoute,
  path: '/visits',
  validateSearch: z.object({
    view: z.enum(['reservations', 'day', 'week']).optional().catch(undefined),
    date: z.iso.date().optional().catch(undefined),
    state: z.enum(['to_put_aside', 'ready', 'trying', 'over']).optional().catch(undefined),
    open: z.string().optional().catch(undefined),
  }).parse,
  component: lazyRouteComponent(() => import('../visits/visits-page.tsx'), 'VisitsPage'),
})
const returns = createRoute({
  getParentRoute,
  path: '/returns',
  validateSearch: z.object({ q: z.string().optional().catch(undefined) }).parse,
  component: lazyRouteComponent(() => import('../returns/returns-page.tsx'), 'ReturnsPage'),
})
const oneReturn = createRoute({
  getParentRoute,
  path: '/returns/$orderId',
  validateSearch: z.object({
    request: z.string().optional().catch(undefined),
    gift: z.literal('true').optional().catch(undefined),
  }).parse,
  component: lazyRouteComponent(() => import('../returns/return-page.tsx'), 'ReturnPage'),
})
const day = createRoute({
  getParentRoute,
  path: '/day',
  component: lazyRouteComponent(() => import('../day/day-page.tsx'), 'DayPage'),
})
const receipt = createRoute({
  getParentRoute,
  path: '/receipts/$orderId',
  component: lazyRouteComponent(() => import('../receipts/receipt-page.tsx'), 'ReceiptPage'),
})

/** Addresses stay plain (`?q=velo&state=ready`): every value is text, and the page's schema reads it. */
export const router = createRouter({
  routeTree: root.addChildren([sell, pickups, visits, returns, oneReturn, day, receipt]),
  basepath: '/pos',
  defaultPreload: 'intent',
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
    const text = new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString()
    return text === '' ? '' : `?${text}`
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
