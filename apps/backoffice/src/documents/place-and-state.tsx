import { useT } from '../app/i18n.ts'
import { FilterSelect } from '../list/filter-select.tsx'
import { usePlaces } from './use-places.ts'

type Filters<S extends string> = { place?: string | undefined; state?: S | undefined }
type Props<S extends string> = {
  search: Filters<S>
  states: readonly { value: S; label: string }[]
  onSearch: (patch: Filters<S>) => void
}

/** What every list of stock documents is narrowed by: the place, and how far they are. */
export function PlaceAndState<S extends string>({ search, states, onSearch }: Props<S>) {
  const t = useT()
  const places = usePlaces()
  return (
    <>
      <FilterSelect
        label={t('stock.place')}
        value={search.place}
        options={places.map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        onChange={(place) => onSearch({ place })}
      />
      <FilterSelect
        label={t('orders.state')}
        value={search.state}
        options={[...states]}
        onChange={(state) => onSearch({ state })}
      />
    </>
  )
}
