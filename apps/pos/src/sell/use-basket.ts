import { useEffect } from 'react'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import type { ResponseOf } from '@ecluse/contracts/endpoint.ts'
import type { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { ProductPage } from '@ecluse/contracts/offers.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { productQuery, stockOf } from './articles.ts'
import { isShort, putBack, refreshLines, setQuantity, type Basket } from './basket.ts'
import { withFollowed } from './basket-lots.ts'
import type { Followed } from './basket-line.ts'
import { changeBasket, useCounter } from './basket-store.ts'
import { shelfQuery } from './line-lots.tsx'

/** The basket on this shop's counter, whose prices and stock are read again while it lies there. */
export function useBasket(): Basket {
  const { site, channelCode } = useShop()
  const { basket } = useCounter(site.id)
  const handles = [...new Set(basket.lines.map((line) => line.handle))]
  // What stands in the way of a sale may be mended meanwhile, by a delivery or a count: it is asked more often.
  const refetchInterval = basket.lines.some(isShort) ? 10_000 : 60_000
  const pages = useQueries({
    queries: handles.map((handle) => ({ ...productQuery(handle, channelCode), refetchInterval })),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  })
  useEffect(() => {
    changeBasket(site.id, (now) => refreshLines(now, newsOf(pages, site.id)))
  }, [pages, site.id])
  const shelves = useQuery({
    ...shelfQuery(
      site.id,
      basket.lines.map(({ variantId }) => variantId),
    ),
    placeholderData: keepPreviousData,
  })
  const followed = shelves.data?.items
  useEffect(() => {
    if (followed) changeBasket(site.id, (now) => withFollowed(now, followedOf(followed)))
  }, [followed, site.id])
  return basket
}

function followedOf(items: ResponseOf<typeof endpoints.listShelfLots>['items']): Map<string, Followed> {
  return new Map(
    items.map(({ variantId, tracking, lots }) => [
      variantId,
      { tracking, withoutNumber: lots.find(({ number }) => number === null)?.units ?? 0 },
    ]),
  )
}

function newsOf(pages: readonly ProductPage[], siteId: string): Parameters<typeof refreshLines>[1] {
  return new Map(
    pages.flatMap((page) =>
      page.variants.map((variant) => [
        variant.variantId,
        {
          name: page.name,
          label: variant.label,
          unitPriceMinor: variant.price.amountMinor,
          vatBasisPoints: page.vatRateBasisPoints,
          ...stockOf(page, variant, siteId),
        },
      ]),
    ),
  )
}

/** Sets the quantity of a line; a line taken away can be put back from the toast. */
export function useSetQuantity(): (variantId: string, quantity: number) => void {
  const t = useT()
  const { site } = useShop()
  return (variantId, quantity) => {
    changeBasket(site.id, (basket) => {
      const index = basket.lines.findIndex((line) => line.variantId === variantId)
      const line = basket.lines[index]
      if (line && quantity <= 0) {
        tellDone(t('basket.removed', { name: line.name }), {
          label: t('app.undo'),
          run: () => changeBasket(site.id, (now) => putBack(now, line, index)),
        })
      }
      return setQuantity(basket, variantId, quantity)
    })
  }
}
