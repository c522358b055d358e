import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import {
  availabilitySearch,
  appointmentsSearch,
  deliveriesSearch,
  emptySearch,
  importSearch,
  messagesSearch,
  newQuoteSearch,
  quotesSearch,
  movementsSearch,
  insightsSearch,
  networkSearch,
  ordersSearch,
  preparationsSearch,
  productSearch,
  reservationsSearch,
  productsSearch,
  stockSearch,
  supplierOrdersSearch,
  lotsSearch,
  transfersSearch,
  countsSearch,
  replenishmentSearch,
  todaySearch,
  routesSearch,
  usersSearch,
  windowsSearch,
  withdrawalsSearch,
  returnsSearch,
} from './search.ts'
import { root } from './root-route.ts'
import { companyRoutes } from './company-routes.ts'
import { contactRoutes } from './contact-routes.ts'
import { customerRoutes } from './customer-routes.ts'
import { journeyRoutes } from './journey-routes.ts'
import { shippingRoutes } from './shipping-routes.ts'
import { scenarioRoutes } from './scenario-routes.ts'
import { strategyRoutes } from './strategy-routes.ts'
import { trainingRoutes } from './training-routes.ts'

const getParentRoute = () => root

const today = createRoute({
  getParentRoute,
  path: '/',
  validateSearch: todaySearch.parse,
  component: lazyRouteComponent(() => import('../today/today-page.tsx'), 'TodayPage'),
})
const orders = createRoute({
  getParentRoute,
  path: '/orders',
  validateSearch: ordersSearch.parse,
  component: lazyRouteComponent(() => import('../orders/orders-page.tsx'), 'OrdersPage'),
})
const order = createRoute({
  getParentRoute,
  path: '/orders/$orderId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../orders/order-page.tsx'), 'OrderPage'),
})
const quotes = createRoute({
  getParentRoute,
  path: '/quotes',
  validateSearch: quotesSearch.parse,
  component: lazyRouteComponent(() => import('../quotes/quotes-page.tsx'), 'QuotesPage'),
})
const newQuote = createRoute({
  getParentRoute,
  path: '/quotes/new',
  validateSearch: newQuoteSearch.parse,
  component: lazyRouteComponent(() => import('../quotes/new-quote-page.tsx'), 'NewQuotePage'),
})
const quote = createRoute({
  getParentRoute,
  path: '/quotes/$quoteId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../quotes/quote-page.tsx'), 'QuotePage'),
})
const withdrawals = createRoute({
  getParentRoute,
  path: '/withdrawals',
  validateSearch: withdrawalsSearch.parse,
  component: lazyRouteComponent(() => import('../withdrawals/withdrawals-page.tsx'), 'WithdrawalsPage'),
})
const returns = createRoute({
  getParentRoute,
  path: '/returns',
  validateSearch: returnsSearch.parse,
  component: lazyRouteComponent(() => import('../returns/returns-page.tsx'), 'ReturnsPage'),
})
const appointments = createRoute({
  getParentRoute,
  path: '/appointments',
  validateSearch: appointmentsSearch.parse,
  component: lazyRouteComponent(() => import('../appointments/appointments-page.tsx'), 'AppointmentsPage'),
})
const reservations = createRoute({
  getParentRoute,
  path: '/reservations',
  validateSearch: reservationsSearch.parse,
  component: lazyRouteComponent(() => import('../reservations/reservations-page.tsx'), 'ReservationsPage'),
})
const preparations = createRoute({
  getParentRoute,
  path: '/preparations',
  validateSearch: preparationsSearch.parse,
  component: lazyRouteComponent(() => import('../preparations/preparations-page.tsx'), 'PreparationsPage'),
})
const products = createRoute({
  getParentRoute,
  path: '/products',
  validateSearch: productsSearch.parse,
  component: lazyRouteComponent(() => import('../catalog/products-page.tsx'), 'ProductsPage'),
})
const newProduct = createRoute({
  getParentRoute,
  path: '/products/new',
  validateSearch: productSearch.parse,
  component: lazyRouteComponent(() => import('../catalog/new-product-page.tsx'), 'NewProductPage'),
})
const product = createRoute({
  getParentRoute,
  path: '/products/$productId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../catalog/product-page.tsx'), 'ProductPage'),
})
const categories = createRoute({
  getParentRoute,
  path: '/categories',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../catalog/categories-page.tsx'), 'CategoriesPage'),
})
const availability = createRoute({
  getParentRoute,
  path: '/stock/availability/$variantId',
  validateSearch: availabilitySearch.parse,
  component: lazyRouteComponent(() => import('../availability/availability-page.tsx'), 'AvailabilityPage'),
})
const stock = createRoute({
  getParentRoute,
  path: '/stock',
  validateSearch: stockSearch.parse,
  component: lazyRouteComponent(() => import('../stock/stock-page.tsx'), 'StockPage'),
})
const movements = createRoute({
  getParentRoute,
  path: '/stock/movements',
  validateSearch: movementsSearch.parse,
  component: lazyRouteComponent(() => import('../stock/movements-page.tsx'), 'MovementsPage'),
})
const verification = createRoute({
  getParentRoute,
  path: '/stock/verification',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../stock/verification-page.tsx'), 'VerificationPage'),
})
const lots = createRoute({
  getParentRoute,
  path: '/stock/lots',
  validateSearch: lotsSearch.parse,
  component: lazyRouteComponent(() => import('../lots/lots-page.tsx'), 'LotsPage'),
})
const lot = createRoute({
  getParentRoute,
  path: '/stock/lots/$lotId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../lots/lot-page.tsx'), 'LotPage'),
})
const transfers = createRoute({
  getParentRoute,
  path: '/stock/transfers',
  validateSearch: transfersSearch.parse,
  component: lazyRouteComponent(() => import('../transfers/transfers-page.tsx'), 'TransfersPage'),
})
const newTransfer = createRoute({
  getParentRoute,
  path: '/stock/transfers/new',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../transfers/new-transfer-page.tsx'), 'NewTransferPage'),
})
const transfer = createRoute({
  getParentRoute,
  path: '/stock/transfers/$transferId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../transfers/transfer-page.tsx'), 'TransferPage'),
})
const moveTransfer = createRoute({
  getParentRoute,
  path: '/stock/transfers/$transferId/move',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../transfers/move-transfer-page.tsx'), 'MoveTransferPage'),
})
const counts = createRoute({
  getParentRoute,
  path: '/stock/counts',
  validateSearch: countsSearch.parse,
  component: lazyRouteComponent(() => import('../counts/counts-page.tsx'), 'CountsPage'),
})
const count = createRoute({
  getParentRoute,
  path: '/stock/counts/$countId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../counts/count-page.tsx'), 'CountPage'),
})
const replenishment = createRoute({
  getParentRoute,
  path: '/stock/replenishment',
  validateSearch: replenishmentSearch.parse,
  component: lazyRouteComponent(() => import('../replenishment/replenishment-page.tsx'), 'ReplenishmentPage'),
})
const supplierOrders = createRoute({
  getParentRoute,
  path: '/stock/supplier-orders',
  validateSearch: supplierOrdersSearch.parse,
  component: lazyRouteComponent(() => import('../supplier-orders/supplier-orders-page.tsx'), 'SupplierOrdersPage'),
})
const newSupplierOrder = createRoute({
  getParentRoute,
  path: '/stock/supplier-orders/new',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../supplier-orders/new-supplier-order-page.tsx'), 'NewSupplierOrderPage'),
})
const supplierPlaces = createRoute({
  getParentRoute,
  path: '/stock/supplier-places',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../supplier-places/supplier-places-page.tsx'), 'SupplierPlacesPage'),
})
const supplierOrder = createRoute({
  getParentRoute,
  path: '/stock/supplier-orders/$supplierOrderId',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../supplier-orders/supplier-order-page.tsx'), 'SupplierOrderPage'),
})
const receive = createRoute({
  getParentRoute,
  path: '/stock/supplier-orders/$supplierOrderId/receive',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../supplier-orders/receive-page.tsx'), 'ReceivePage'),
})
const windows = createRoute({
  getParentRoute,
  path: '/windows',
  validateSearch: windowsSearch.parse,
  component: lazyRouteComponent(() => import('../windows/windows-page.tsx'), 'WindowsPage'),
})
const routes = createRoute({
  getParentRoute,
  path: '/routes',
  validateSearch: routesSearch.parse,
  component: lazyRouteComponent(() => import('../routes/routes-page.tsx'), 'RoutesPage'),
})
const messages = createRoute({
  getParentRoute,
  path: '/messages',
  validateSearch: messagesSearch.parse,
  component: lazyRouteComponent(() => import('../messages/messages-page.tsx'), 'MessagesPage'),
})
const imports = createRoute({
  getParentRoute,
  path: '/imports',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../imports/imports-page.tsx'), 'ImportsPage'),
})
const formats = createRoute({
  getParentRoute,
  path: '/imports/formats',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../imports/formats-page.tsx'), 'FormatsPage'),
})
const oneImport = createRoute({
  getParentRoute,
  path: '/imports/$importId',
  validateSearch: importSearch.parse,
  component: lazyRouteComponent(() => import('../imports/import-page.tsx'), 'ImportPage'),
})
const sourcing = createRoute({
  getParentRoute,
  path: '/sourcing',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../sourcing/sourcing-page.tsx'), 'SourcingPage'),
})
const insights = createRoute({
  getParentRoute,
  path: '/insights',
  validateSearch: insightsSearch.parse,
  component: lazyRouteComponent(() => import('../insights/insights-page.tsx'), 'InsightsPage'),
})
const network = createRoute({
  getParentRoute,
  path: '/network',
  validateSearch: networkSearch.parse,
  component: lazyRouteComponent(() => import('../network/network-page.tsx'), 'NetworkPage'),
})
const users = createRoute({
  getParentRoute,
  path: '/users',
  validateSearch: usersSearch.parse,
  component: lazyRouteComponent(() => import('../staff/users-page.tsx'), 'UsersPage'),
})
const keys = createRoute({
  getParentRoute,
  path: '/keys',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../keys/keys-page.tsx'), 'KeysPage'),
})

const webhooks = createRoute({
  getParentRoute,
  path: '/webhooks',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../webhooks/webhooks-page.tsx'), 'WebhooksPage'),
})
const webhook = createRoute({
  getParentRoute,
  path: '/webhooks/$webhookId',
  validateSearch: deliveriesSearch.parse,
  component: lazyRouteComponent(() => import('../webhooks/webhook-page.tsx'), 'WebhookPage'),
})

const routeTree = root.addChildren([
  today,
  orders,
  order,
  quotes,
  withdrawals,
  reservations,
  appointments,
  returns,
  newQuote,
  quote,
  preparations,
  ...shippingRoutes,
  ...companyRoutes,
  products,
  newProduct,
  product,
  categories,
  availability,
  stock,
  movements,
  verification,
  replenishment,
  counts,
  count,
  lots,
  lot,
  transfers,
  newTransfer,
  transfer,
  moveTransfer,
  supplierOrders,
  supplierPlaces,
  newSupplierOrder,
  supplierOrder,
  receive,
  windows,
  routes,
  ...customerRoutes,
  ...journeyRoutes,
  ...contactRoutes,
  messages,
  imports,
  formats,
  oneImport,
  sourcing,
  insights,
  ...strategyRoutes,
  ...trainingRoutes,
  ...scenarioRoutes,
  network,
  users,
  keys,
  webhooks,
  webhook,
])

/** Addresses stay plain (`?q=velo&channel=web`): every value is text, and the page's schema reads it. */
export const router = createRouter({
  routeTree,
  basepath: '/admin',
  defaultPreload: 'intent',
  scrollRestoration: true,
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
