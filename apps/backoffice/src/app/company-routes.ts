import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root } from './root-route.ts'
import { companiesSearch, companySearch, emptySearch, priceListSearch, priceListsSearch } from './search.ts'

const getParentRoute = () => root

const companies = createRoute({
  getParentRoute,
  path: '/companies',
  validateSearch: companiesSearch.parse,
  component: lazyRouteComponent(() => import('../companies/companies-page.tsx'), 'CompaniesPage'),
})
const company = createRoute({
  getParentRoute,
  path: '/companies/$companyId',
  validateSearch: companySearch.parse,
  component: lazyRouteComponent(() => import('../companies/company-page.tsx'), 'CompanyPage'),
})
const legalEntity = createRoute({
  getParentRoute,
  path: '/legal-entity',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../legal/legal-entity-page.tsx'), 'LegalEntityPage'),
})
const priceLists = createRoute({
  getParentRoute,
  path: '/price-lists',
  validateSearch: priceListsSearch.parse,
  component: lazyRouteComponent(() => import('../prices/price-lists-page.tsx'), 'PriceListsPage'),
})
const priceList = createRoute({
  getParentRoute,
  path: '/price-lists/$code',
  validateSearch: priceListSearch.parse,
  component: lazyRouteComponent(() => import('../prices/price-list-page.tsx'), 'PriceListPage'),
})
const agedBalances = createRoute({
  getParentRoute,
  path: '/aged-balances',
  validateSearch: emptySearch.parse,
  component: lazyRouteComponent(() => import('../companies/aged-balances-page.tsx'), 'AgedBalancesPage'),
})

/** Pages of companies that buy, of what they pay and owe, and of the one that sells. */
export const companyRoutes = [companies, company, agedBalances, priceLists, priceList, legalEntity] as const
