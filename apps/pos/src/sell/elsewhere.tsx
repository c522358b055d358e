import { Popover, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { OfferedVariant, ShopAvailability } from '@ecluse/contracts/offers.ts'
import { useT } from '../app/i18n.ts'
import { useShop } from '../app/shop.tsx'
import { productQuery } from './articles.ts'
import { SoldAhead } from './sold-ahead.tsx'

/** Other shops that have a variant, fullest first; null while unknown. The site on the web knows every shop's stock. */
function useOtherShops(handle: string): ((variantId: string) => ShopAvailability[]) | null {
  const { site, webChannelCode } = useShop()
  const page = useQuery({ ...productQuery(handle, webChannelCode ?? ''), enabled: webChannelCode !== null })
  if (!page.data) return null
  return (variantId) =>
    (page.data.variants.find((variant) => variant.variantId === variantId)?.shops ?? [])
      .filter((shop) => shop.siteId !== site.id && shop.available > 0)
      .toSorted((a, b) => b.available - a.available)
}

/** What the site on the web sells a variant as before it is there; null when it does not, or while unknown. */
function useSoldAhead(handle: string, variantId: string): OfferedVariant['ahead'] {
  const { webChannelCode } = useShop()
  const page = useQuery({ ...productQuery(handle, webChannelCode ?? ''), enabled: webChannelCode !== null })
  return page.data?.variants.find((variant) => variant.variantId === variantId)?.ahead ?? null
}

/** In how many other shops a variant lies; null while unknown. */
export function useElsewhere(handle: string): ((variantId: string) => number) | null {
  const others = useOtherShops(handle)
  return others && ((variantId) => others(variantId).length)
}

/** Where else a variant lies, opened by touch. */
export function Elsewhere({ handle, variantId }: { handle: string; variantId: string }) {
  const t = useT()
  const others = useOtherShops(handle)
  const ahead = useSoldAhead(handle, variantId)
  if (!others) return null
  const shops = others(variantId)
  if (shops.length === 0)
    return ahead ? <SoldAhead ahead={ahead} /> : <span className="pos-dim">{t('stock.nowhere')}</span>
  return (
    <Popover width={280} position="bottom-start" withRoles trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className="pos-elsewhere">{t('stock.elsewhere', { count: shops.length })}</UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('stock.elsewhere.title')}>
        <ul className="pos-plain" tabIndex={-1} data-autofocus>
          {shops.map((shop) => (
            <li key={shop.siteId} className="pos-row">
              <span className="pos-grow">{shop.siteName}</span>
              <span className="pos-strong tabular">{shop.available}</span>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}
