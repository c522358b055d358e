import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.ts'
import { driveSearch, emptySearch } from './search.ts'

const getParentRoute = () => root

const packing = createRoute({
  getParentRoute,
  path: '/preparations/$fulfillmentId/packing',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../parcels/pack-page.tsx'), 'PackPage'),
})
const slip = createRoute({
  getParentRoute,
  path: '/preparations/$fulfillmentId/slips/$parcelId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../parcels/slip-page.tsx'), 'SlipPage'),
})
const drive = createRoute({
  getParentRoute,
  path: '/drive',
  validateSearch: driveSearch.parse,
  component: lazyRouteComponent(() => import('../drive/drive-page.tsx'), 'DrivePage'),
})

const picking = createRoute({
  getParentRoute,
  path: '/picking/$roundId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../picking/picking-page.tsx'), 'PickingPage'),
})

/** Pages of what leaves: the walk that picks it, the packing table, its slips, and the drive. */
export const shippingRoutes = [packing, slip, drive, picking] as const
