/** @jsxRuntime automatic @jsxImportSource preact */
import type { OfferCard as Offer } from '@ecluse/contracts/offers.ts'
import { formatDate } from '@ecluse/ui/format.ts'
import { link, type Visit } from '../visit.ts'
import { Picture } from './picture.tsx'
import { NetPrice, Price } from './price.tsx'

/** A product in a list. The whole card is its link; the name is what a screen reader hears. */
function OfferCard({ visit, offer, eager, level = 3 }: OfferProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  const own = visit.cardPrices.get(offer.productId)
  return (
    <li class="offer-card">
      <div class="offer-picture">
        <Picture url={offer.imageUrl} alt="" eager={eager} />
        {offer.opensAt ? (
          <span class="stock-flag">{visit.t('opening.card', { date: formatDate(offer.opensAt, visit.locale) })}</span>
        ) : (
          offer.availability !== 'in_stock' && (
            <span class={`stock-flag ${offer.availability}`}>{visit.t(`stock.${offer.availability}`)}</span>
          )
        )}
      </div>
      {offer.brand && <p class="offer-brand">{offer.brand}</p>}
      <Heading class="offer-name">
        <a href={link(visit, 'product', { handle: offer.handle })}>{offer.name}</a>
      </Heading>
      {own ? (
        <NetPrice visit={visit} net={own.net} publicNet={own.publicNet} from={own.varies} />
      ) : (
        <Price visit={visit} price={offer.priceFrom} compareAt={offer.compareAtPrice} from={offer.priceVaries} />
      )}
    </li>
  )
}

type OfferProps = { visit: Visit; offer: Offer; eager?: boolean; level?: 2 | 3 }

export function OfferGrid({ visit, offers, eagerCount = 0, level }: GridProps) {
  return (
    <ul class="offer-grid">
      {offers.map((offer, index) => (
        <OfferCard key={offer.productId} visit={visit} offer={offer} eager={index < eagerCount} level={level} />
      ))}
    </ul>
  )
}

type GridProps = { visit: Visit; offers: readonly Offer[]; eagerCount?: number; level?: 2 | 3 }
