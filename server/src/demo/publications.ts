import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import { shopChannels, webChannels } from './channels.ts'
import type { DemoProduct } from './demo-product.ts'

const dayMs = 86_400_000

/** Where and when a product of the demo is sold, seen from the day the demo is loaded. */
export function publicationsOf(product: DemoProduct, today: Date): ProductInput['publications'] {
  const day = (offset: number) => new Date(Math.floor(today.getTime() / dayMs) * dayMs + offset * dayMs).toISOString()
  const everywhere: readonly string[] = [...webChannels, ...shopChannels]
  const codes = product.sold === 'web' ? webChannels : product.sold === 'shops' ? shopChannels : everywhere
  const from = product.sold === 'soon' ? day(9) : product.sold === 'past' ? day(-240) : null
  const until = product.sold === 'past' ? day(-20) : null
  const onTheWeb: readonly string[] = webChannels
  // What is announced is pre-ordered on the web before shops have it.
  const isAhead = (code: string): boolean => product.sold === 'soon' && onTheWeb.includes(code)
  return codes.map((channelCode) => ({ channelCode, from: isAhead(channelCode) ? null : from, until }))
}
