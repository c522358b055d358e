import { useState } from 'react'
import { Skeleton, UnstyledButton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { OfferCard } from '@ecluse/contracts/offers.ts'
import { EmptyState } from '@ecluse/ui/empty-state.tsx'
import { Money } from '@ecluse/ui/money.tsx'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { currentLocale } from '@ecluse/ui/staff/locale.tsx'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { Thumb } from '@ecluse/ui/thumb.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'

/** What this shop has on its shelves, one touch from the basket, by category. */
export function Tiles({ onChoose }: { onChoose: (card: OfferCard) => void }) {
  const t = useT()
  const { site, channelCode } = useShop()
  const [category, setCategory] = useState<string | undefined>(undefined)
  const offers = useQuery({
    ...apiQuery(endpoints.listOffers, {
      query: { channel: channelCode, locale: currentLocale(), shop: site.code, category, limit: 48 },
    }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })
  if (offers.isError && !offers.data) {
    return <ErrorNote error={offers.error} onRetry={() => void offers.refetch()} />
  }
  if (!offers.data) return <TilesLoading />
  const categories = offers.data.facets.find(({ code }) => code === 'category')?.values ?? []
  return (
    <section aria-label={t('tiles.label')} className="pos-tiles-part">
      <Categories values={categories} chosen={category} onChoose={setCategory} />
      {offers.data.items.length === 0 ? (
        <EmptyState title={t('tiles.empty')} hint={t('tiles.empty.help')} />
      ) : (
        <ul className="pos-tiles">
          {offers.data.items.map((card) => (
            <li key={card.productId}>
              <Tile card={card} onChoose={onChoose} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Tile({ card, onChoose }: { card: OfferCard; onChoose: (card: OfferCard) => void }) {
  return (
    <UnstyledButton className="pos-tile" onClick={() => onChoose(card)}>
      <Thumb url={card.imageUrl} size={88} />
      <span className="pos-tile-name">{card.name}</span>
      <span className="pos-tile-price">
        <Money value={card.priceFrom} whole />
      </span>
    </UnstyledButton>
  )
}

function Categories(props: {
  values: readonly { value: string; label: string }[]
  chosen: string | undefined
  onChoose: (category: string | undefined) => void
}) {
  const t = useT()
  const [first] = useState<readonly { value: string; label: string }[]>(props.values)
  // The counted categories narrow with the choice; the row of buttons stays, so that the next one is where it was.
  const row = [{ value: undefined, label: t('tiles.all') }, ...(first.length > 0 ? first : props.values)]
  return (
    <div role="group" aria-label={t('tiles.categories')} className="pos-chips">
      {row.map(({ value, label }) => (
        <UnstyledButton
          key={value ?? ''}
          className="pos-chip"
          aria-pressed={value === props.chosen}
          onClick={() => props.onChoose(value)}
        >
          {label}
        </UnstyledButton>
      ))}
    </div>
  )
}

function TilesLoading() {
  const t = useT()
  return (
    <div className="pos-tiles" aria-busy="true" aria-label={t('app.loading')} role="status">
      {Array.from({ length: 12 }, (_, index) => (
        <Skeleton key={index} height={158} radius="md" />
      ))}
    </div>
  )
}
