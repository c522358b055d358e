import { useT } from '../app/i18n.ts'
import { FilterSelect } from '../list/filter-select.tsx'
import { usePlaces } from './use-places.ts'

/** Narrows a list to one place of stock. */
export function PlaceFilter({
  place,
  onPlace,
}: {
  place: string | undefined
  onPlace: (place: string | undefined) => void
}) {
  const t = useT()
  const places = usePlaces()
  return (
    <FilterSelect
      label={t('stock.place')}
      value={place}
      options={places.map(({ id, name }) => ({ value: id, label: name }))}
      searchable
      onChange={onPlace}
    />
  )
}
