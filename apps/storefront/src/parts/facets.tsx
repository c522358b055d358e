/** @jsxRuntime automatic @jsxImportSource preact */
import type { Site } from '@ecluse/contracts/channels.ts'
import type { Facet } from '@ecluse/contracts/offers.ts'
import type { Filters } from '../pages/listing-filters.ts'
import type { Visit } from '../visit.ts'
import { orderedValues, worthyFacets } from './facet-order.ts'
import { Icon } from './icon.tsx'

/** Values of a facet shown before “more”. */
const shownValues = 8

type Props = {
  visit: Visit
  filters: Filters
  list: { facets: readonly Facet[]; total: number }
  sites: readonly Site[]
  action: string
}

/**
 * The filters of a list, as one GET form: its address is the choice. On a telephone it is a panel opened by its own address
 * (`#filters`), beside the list on wider screens.
 */
export function FilterPanel({ visit, filters, list, sites, action }: Props) {
  const { t } = visit
  return (
    <form id="filters" class="filters" action={action} aria-label={t('list.filters')} data-island="filters">
      <div class="filters-head">
        <h2>{t('list.filters')}</h2>
        <a class="icon-button narrow-only" href="#results" aria-label={t('list.close_filters')}>
          <Icon name="close" />
        </a>
      </div>
      {filters.q && <input type="hidden" name="q" value={filters.q} />}
      <fieldset>
        <legend>{t('list.availability')}</legend>
        <label class="check">
          <input type="checkbox" name="stock" value="1" checked={filters.inStock} />
          <span>{t('list.in_stock')}</span>
          <Count value={countOf(list.facets, 'inStock', 'true')} />
        </label>
        <label class="stacked">
          <span>{t('list.at_shop')}</span>
          <select name="shop">
            <option value="">{t('list.any_shop')}</option>
            {sites.map((site) => (
              <option key={site.code} value={site.code} selected={site.code === filters.shop}>
                {named(visit, site, countOf(list.facets, 'shop', site.code))}
              </option>
            ))}
          </select>
        </label>
      </fieldset>
      <fieldset>
        <legend>{t('list.price')}</legend>
        <div class="price-range">
          <label class="stacked">
            <span>{t('list.price_min')}</span>
            <input name="min" inputMode="numeric" maxLength={7} value={filters.min ?? ''} />
          </label>
          <label class="stacked">
            <span>{t('list.price_max')}</span>
            <input name="max" inputMode="numeric" maxLength={7} value={filters.max ?? ''} />
          </label>
        </div>
      </fieldset>
      {worthyFacets(list.facets, list.total).map((facet) => (
        <FacetGroup key={facet.code} visit={visit} facet={facet} />
      ))}
      <button class="button primary" type="submit">
        {t('list.apply')}
      </button>
    </form>
  )
}

/** How many products a value of a facet would leave; null where the list does not say. */
function countOf(facets: readonly Facet[], code: string, value: string): number | null {
  return facets.find((facet) => facet.code === code)?.values.find((one) => one.value === value)?.count ?? null
}

function Count({ value }: { value: number | null }) {
  return value === null ? null : <span class="count">{value}</span>
}

function named(visit: Visit, site: Site, count: number | null): string {
  return count === null ? site.name : visit.t('list.shop_count', { name: site.name, count })
}

function FacetGroup({ visit, facet }: { visit: Visit; facet: Facet }) {
  const name = facet.code === 'brand' ? 'brand' : 'option'
  const prefix = facet.code === 'brand' ? '' : `${facet.code.slice('option.'.length)}:`
  const values = orderedValues(facet)
  if (values.length === 0) return null
  const box = (value: Facet['values'][number]) => (
    <label key={value.value} class="check">
      <input type="checkbox" name={name} value={prefix + value.value} checked={value.selected} />
      <span>{value.label}</span>
      <Count value={value.count} />
    </label>
  )
  return (
    <fieldset>
      <legend>{facet.name}</legend>
      {values.slice(0, shownValues).map(box)}
      {values.length > shownValues && (
        <details>
          <summary>{visit.t('list.more_values', { count: values.length - shownValues })}</summary>
          {values.slice(shownValues).map(box)}
        </details>
      )}
    </fieldset>
  )
}
