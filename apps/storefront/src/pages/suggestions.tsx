/** @jsxRuntime automatic @jsxImportSource preact */
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Money } from '@ecluse/contracts/scalars.ts'
import { learnCardPrices } from '../company-prices.ts'
import { showPiece } from '../document.tsx'
import { Picture } from '../parts/picture.tsx'
import { money } from '../parts/price.tsx'
import { link, type Visit } from '../visit.ts'

/** What the search box offers under what is being typed: the options of its list box. */
export async function suggestionsPiece(visit: Visit) {
  const q = (visit.query.get('q') ?? '').trim().slice(0, 200)
  const { channelCode: channel } = visit.options
  const items =
    q === '' ? [] : (await visit.call(endpoints.suggestOffers, { query: { channel, locale: visit.locale, q } })).items
  await learnCardPrices(visit, items)
  return showPiece(
    visit,
    <>
      {items.map((offer, index) => (
        <a
          key={offer.productId}
          id={`suggestion-${index}`}
          role="option"
          aria-selected="false"
          tabIndex={-1}
          href={link(visit, 'product', { handle: offer.handle })}
        >
          <Picture url={offer.imageUrl} alt="" width={56} height={42} />
          <span class="suggestion-name">{offer.name}</span>
          <span class="suggestion-price">{priceWords(visit, offer)}</span>
        </a>
      ))}
    </>,
  )
}

function priceWords(visit: Visit, offer: { productId: string; priceFrom: Money }): string {
  const own = visit.cardPrices.get(offer.productId)
  return own ? `${money(visit, own.net)} ${visit.t('price.without_vat')}` : money(visit, offer.priceFrom)
}
