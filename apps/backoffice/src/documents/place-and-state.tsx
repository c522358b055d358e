import { useT } from '../app/i18n.ts'
import { FilterSelect } from '../list/filter-select.tsx'
import { PlaceFilter } from './place-filter.tsx'

type Filters<S extends string> = { place?: string | undefined; state?: S | undefined }
type Props<S extends string> = {
  search: Filters<S>
  states: readonly { value: S; label: string }[]
  onSearch: (patch: Filters<S>) => void
}

/** What every list of stock documents is narrowed by: the place, and how far they are. */
export function PlaceAndState<S extends string>({ search, states, onSearch }: Props<S>) {
  const t = useT()
  return (
    <>
      <PlaceFilter place={search.place} onPlace={(place) => onSearch({ place })} />
      <FilterSelect
        label={t('orders.state')}
        value={search.state}
        options={[...states]}
        onChange={(state) => onSearch({ state })}
      />
    </>
  )
}
