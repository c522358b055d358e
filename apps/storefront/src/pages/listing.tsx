/** @jsxRuntime automatic @jsxImportSource preact */
import type { Category } from '@ecluse/contracts/catalog.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { offerSorts } from '@ecluse/contracts/offers.ts'
import type { ResponseOf } from '@ecluse/contracts/endpoint.ts'
import { formatMoney } from '@ecluse/ui/format.ts'
import { learnCardPrices } from '../company-prices.ts'
import { show } from '../document.tsx'
import { Crumbs, crumbsData, type Crumb } from '../parts/crumbs.tsx'
import { FilterPanel } from '../parts/facets.tsx'
import { Icon } from '../parts/icon.tsx'
import { OfferGrid } from '../parts/offer-card.tsx'
import { isRefusal, link, type Visit } from '../visit.ts'
import { apiQueryOf, filtersOf, isNarrowed, listAddress, type Filters, type ListPlace } from './listing-filters.ts'
import { notFound } from './not-found.tsx'

type OfferList = ResponseOf<typeof endpoints.listOffers>
type View = {
  visit: Visit
  place: ListPlace
  filters: Filters
  list: OfferList
  sites: Site[]
  title: string
  trail: Crumb[]
  children: Category[]
}

const pageSize = 24
const emptyFilters = filtersOf(new URLSearchParams())

async function readList(visit: Visit, place: ListPlace, filters: Filters): Promise<OfferList> {
  const { options, locale } = visit
  const query = {
    channel: options.channelCode,
    locale,
    limit: pageSize,
    category: place.name === 'category' ? place.code : undefined,
    ...apiQueryOf(filters),
  }
  try {
    return await visit.call(endpoints.listOffers, { query })
  } catch (error) {
    // A page kept from an older list: start again rather than refuse.
    if (!isRefusal(error, 'kernel.invalid_cursor', 'channels.site_not_found')) throw error
    return visit.call(endpoints.listOffers, { query: { ...query, cursor: undefined, shop: undefined } })
  }
}

const nameOf = (visit: Visit, category: Category): string => category.name[visit.locale] || category.name.fr

export async function categoryPage(visit: Visit) {
  const categories = await visit.shared.categories(visit.call)
  const category = categories.find((one) => one.code === visit.params.code)
  if (!category) return notFound(visit)
  const ancestors: Category[] = []
  for (let up = category.parentCode; up; up = ancestors[0]?.parentCode ?? null) {
    const parent = categories.find((one) => one.code === up)
    if (!parent || ancestors.includes(parent)) break
    ancestors.unshift(parent)
  }
  const trail = ancestors.map((one) => ({
    name: nameOf(visit, one),
    href: link(visit, 'category', { code: one.code }),
  }))
  const title = nameOf(visit, category)
  return showList(visit, { name: 'category', code: category.code }, title, {
    trail,
    children: categories.filter((one) => one.parentCode === category.code),
    section: (ancestors[0] ?? category).code,
    description: visit.t('list.category_description', { name: title }),
  })
}

export async function cataloguePage(visit: Visit) {
  const categories = await visit.shared.categories(visit.call)
  return showList(visit, { name: 'catalogue' }, visit.t('shell.catalogue'), {
    trail: [],
    children: categories.filter((one) => one.parentCode === null),
    section: '*',
    description: visit.t('list.catalogue_description'),
  })
}

export async function searchPage(visit: Visit) {
  const q = filtersOf(visit.query).q
  if (q === '') return visit.reply.redirect(link(visit, 'catalogue'), 302)
  return showList(visit, { name: 'search' }, visit.t('search.title', { q }), {
    trail: [],
    children: [],
    section: null,
    description: visit.t('search.title', { q }),
  })
}

type ListContext = { trail: Crumb[]; children: Category[]; section: string | null; description: string }

async function showList(visit: Visit, place: ListPlace, title: string, context: ListContext) {
  const filters = filtersOf(visit.query)
  const [list, allSites] = await Promise.all([readList(visit, place, filters), visit.shared.sites(visit.call)])
  await learnCardPrices(visit, list.items)
  const sites = allSites.filter((site) => site.kind === 'shop')
  const bare = !isNarrowed(filters) && filters.cursor === '' && filters.sort === 'relevance'
  const kept = place.name === 'search' || !bare ? filters : emptyFilters
  const own = { name: title, href: listAddress(visit, place, emptyFilters) }
  return show(visit, {
    title,
    description: context.description,
    alternates: { fr: listAddress(visit, place, kept, 'fr'), en: listAddress(visit, place, kept, 'en') },
    indexed: bare && place.name !== 'search' && list.total > 0,
    section: context.section,
    ...(place.name === 'category' ? { seen: { categoryCode: place.code } } : {}),
    jsonLd: place.name === 'search' ? [] : [crumbsData(visit, [...context.trail, own])],
    body: (
      <Listing {...{ visit, place, filters, list, sites, title, trail: context.trail, children: context.children }} />
    ),
  })
}

function Listing(view: View) {
  const { visit, place, filters, list, title } = view
  const { t } = visit
  // Nothing to narrow further, and nothing narrowed: filters would only be in the way.
  const sizes = new Map(
    list.facets.find((facet) => facet.code === 'category')?.values.map((one) => [one.value, one.count]),
  )
  const children = view.children.filter((child) => sizes.get(child.code) !== 0)
  const hopeless = list.total === 0 && !isNarrowed(filters)
  return (
    <>
      <Crumbs visit={visit} trail={view.trail} current={title} />
      <div class="list-head">
        <h1 class="editorial">{title}</h1>
        {children.length > 0 && (
          <ul class="chips" aria-label={t('list.subcategories')}>
            {children.map((child) => (
              <li key={child.code}>
                <a class="chip" href={link(visit, 'category', { code: child.code })}>
                  {nameOf(visit, child)}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div class={hopeless ? undefined : 'list-layout'}>
        {!hopeless && (
          <FilterPanel
            visit={visit}
            filters={filters}
            list={list}
            sites={view.sites}
            action={listAddress(visit, place, emptyFilters)}
          />
        )}
        <section id="results" class="results" aria-label={t('list.results')} tabIndex={-1}>
          {!hopeless && <Toolbar {...view} />}
          <Chosen {...view} />
          {list.correctedQuery && (
            <p class="corrected">{t('search.corrected', { q: filters.q, corrected: list.correctedQuery })}</p>
          )}
          {list.items.length === 0 ? <Nothing {...view} /> : <Results {...view} />}
        </section>
      </div>
    </>
  )
}

function Toolbar({ visit, filters, list }: View) {
  const { t } = visit
  return (
    <div class="toolbar">
      <p class="total" role="status">
        {t('list.articles', { count: list.total })}
      </p>
      <a class="button small narrow-only" href="#filters">
        <Icon name="filter" />
        {t('list.filters')}
      </a>
      <label class="sort">
        <span>{t('list.sort')}</span>
        <select name="sort" form="filters">
          {offerSorts.map((sort) => (
            <option key={sort} value={sort} selected={sort === filters.sort}>
              {t(`list.sort.${sort}`)}
            </option>
          ))}
        </select>
      </label>
      <noscript>
        <button class="button small" type="submit" form="filters">
          {t('list.sort_go')}
        </button>
      </noscript>
    </div>
  )
}

/** The filters in force, each with a way to drop it. */
function Chosen({ visit, place, filters, list, sites }: View) {
  if (!isNarrowed(filters)) return null
  const { t, locale } = visit
  const without = (change: Partial<Filters>): string => listAddress(visit, place, { ...filters, cursor: '', ...change })
  const labelOf = (code: string, value: string): string =>
    list.facets.find((facet) => facet.code === code)?.values.find((one) => one.value === value)?.label ?? value
  const euros = (value: number): string =>
    formatMoney({ amountMinor: value * 100, currency: 'EUR' }, locale, { whole: true })
  const chips = [
    ...filters.brands.map((brand) => ({
      label: labelOf('brand', brand),
      href: without({ brands: filters.brands.filter((one) => one !== brand) }),
    })),
    ...filters.options.map((pair) => {
      const cut = pair.indexOf(':')
      return {
        label: labelOf(`option.${pair.slice(0, cut)}`, pair.slice(cut + 1)),
        href: without({ options: filters.options.filter((one) => one !== pair) }),
      }
    }),
    ...(filters.inStock ? [{ label: t('list.in_stock'), href: without({ inStock: false }) }] : []),
    ...(filters.shop
      ? [{ label: sites.find((one) => one.code === filters.shop)?.name ?? filters.shop, href: without({ shop: '' }) }]
      : []),
    ...(filters.min === null
      ? []
      : [{ label: t('list.from_price', { price: euros(filters.min) }), href: without({ min: null }) }]),
    ...(filters.max === null
      ? []
      : [{ label: t('list.to_price', { price: euros(filters.max) }), href: without({ max: null }) }]),
  ]
  return (
    <ul class="chips chosen" aria-label={t('list.chosen')}>
      {chips.map((chip) => (
        <li key={chip.href}>
          <a class="chip removable" href={chip.href} data-island="swap">
            {chip.label}
            <Icon name="close" size={16} />
            <span class="visually-hidden">{t('list.remove_filter')}</span>
          </a>
        </li>
      ))}
      <li>
        <a class="clear" href={listAddress(visit, place, { ...emptyFilters, q: filters.q })} data-island="swap">
          {t('list.clear')}
        </a>
      </li>
    </ul>
  )
}

function Results({ visit, place, filters, list }: View) {
  const { t } = visit
  return (
    <>
      <OfferGrid visit={visit} offers={list.items} eagerCount={filters.cursor ? 0 : 2} level={2} />
      <p class="pager">
        {list.nextCursor && (
          <a
            class="button"
            rel="next"
            data-island="more"
            href={listAddress(visit, place, { ...filters, cursor: list.nextCursor })}
          >
            {t('list.more')}
          </a>
        )}
        {filters.cursor && (
          <a class="clear" href={listAddress(visit, place, { ...filters, cursor: '' })}>
            {t('list.first_page')}
          </a>
        )}
      </p>
    </>
  )
}

function Nothing({ visit, place, filters }: View) {
  const { t } = visit
  const narrowed = isNarrowed(filters)
  return (
    <div class="empty">
      <p class="lead">{filters.q ? t('search.nothing', { q: filters.q }) : t('list.nothing')}</p>
      <ul class="advice">
        {narrowed && (
          <li>
            <a href={listAddress(visit, place, { ...emptyFilters, q: filters.q })}>{t('list.nothing_clear')}</a>
          </li>
        )}
        {filters.q && <li>{t('search.nothing_spelling')}</li>}
        <li>
          <a href={link(visit, 'catalogue')}>{t('list.nothing_catalogue')}</a>
        </li>
        <li>
          <a href={link(visit, 'shops')}>{t('list.nothing_ask')}</a>
        </li>
      </ul>
    </div>
  )
}
