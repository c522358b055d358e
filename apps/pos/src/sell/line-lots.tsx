import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { formatDate } from '@ecluse/ui/format.ts'
import { apiQuery } from '@ecluse/ui/staff/api.ts'
import { LotsField } from '@ecluse/ui/staff/lots/lots-field.tsx'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import type { BasketLine } from './basket-line.ts'
import { changeBasket } from './basket-store.ts'
import { setLots } from './basket-lots.ts'

/** Lots and serial numbers of what this shop has of some articles; those that are not followed are left out. */
export function shelfQuery(siteId: string, variantIds: readonly string[]) {
  return {
    ...apiQuery(endpoints.listShelfLots, { query: { siteId, variantIds: variantIds.slice(0, 100).join(',') } }),
    enabled: variantIds.length > 0,
    staleTime: 10_000,
  }
}

/** Of a followed article in the basket: which units are sold. Of lots, what expires first is given when none is named. */
export function LineLots({ line, disabled }: { line: BasketLine; disabled: boolean }) {
  const t = useT()
  const { locale } = useLocale()
  const { site } = useShop()
  const shelf = useQuery({ ...shelfQuery(site.id, [line.variantId]), enabled: Boolean(line.followed) })
  if (!line.followed) return null
  const lots = shelf.data?.items[0]?.lots ?? []
  const first = lots[0]
  const byLot = line.followed.tracking.mode === 'lot'
  return (
    <div className="pos-line-lots">
      {byLot && (line.lots ?? []).length === 0 && first?.number && (
        <p className="pos-dim">
          {first.expiresOn
            ? t('lots.givenUntil', { number: first.number, day: formatDate(first.expiresOn, locale) })
            : t('lots.given', { number: first.number })}
        </p>
      )}
      <LotsField
        of={line.name}
        tracking={line.followed.tracking}
        lots={line.lots ?? []}
        wanted={line.quantity}
        shelf={lots}
        disabled={disabled}
        onChange={(next) => changeBasket(site.id, (basket) => setLots(basket, line.variantId, next))}
      />
    </div>
  )
}
