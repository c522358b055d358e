import { createContext, useContext } from 'react'
import type { Site } from '@ecluse/contracts/channels.ts'
import { keep, recall } from './storage.ts'

/** Where this till stands: the shop, the channel it sells through, and the site on the web that knows every shop's stock. */
export type Shop = {
  readonly site: Site
  readonly channelCode: string
  readonly webChannelCode: string | null
}

const shopKey = 'ecluse.pos.shop'

export const ShopContext = createContext<{ shop: Shop; change: (() => void) | null } | null>(null)

/** The shop of this till; only inside the screens of a shop. */
export function useShop(): Shop {
  return useShopChoice().shop
}

/** The shop and, for those who work in several, how to choose another. */
export function useShopChoice(): { shop: Shop; change: (() => void) | null } {
  const choice = useContext(ShopContext)
  if (!choice) throw new Error('useShop is for the screens of a shop only')
  return choice
}

export function rememberedShop(): string | null {
  return recall(shopKey, (value): value is string => typeof value === 'string')
}

export function rememberShop(siteId: string | null): void {
  keep(shopKey, siteId)
}
