import type { ChannelMedium, Site } from '@ecluse/contracts/channels.ts'
import type { LocalizedText } from '@ecluse/contracts/scalars.ts'
import type { WithdrawalException } from '@ecluse/contracts/withdrawal-exceptions.ts'
import type { AdvanceRules, BufferRule, ChannelBuffers, SourcingDesk } from '../../inventory/public.ts'

/** One variant as one channel sells it at this moment: the winner of the price rules, and the words of the order line. */
export type Sellable = {
  readonly variantId: string
  readonly productId: string
  readonly handle: string
  readonly sku: string
  readonly gtin: string | null
  readonly name: LocalizedText
  /** Option values in words; empty without options. */
  readonly label: LocalizedText
  readonly imageUrl: string | null
  readonly unitPriceMinor: bigint
  readonly compareAtMinor: bigint | null
  /** Code of the price rule that was kept. */
  readonly priceRule: string
  readonly vatBasisPoints: number
  readonly weightGrams: number | null
  /** Whether it is a file. */
  readonly download: boolean
  /** From when on everybody may buy it: until then, whoever is entitled to early access. Null for most goods. */
  readonly opensAt: Date | null
  /** Why nobody may withdraw from its purchase; null for most goods. */
  readonly withdrawalException: WithdrawalException | null
}

/** A stock place as the read model knows it. */
export type StockPlace = {
  readonly id: string
  readonly siteId: string
  readonly name: string
  readonly shipsParcels: boolean
  readonly offersPickup: boolean
  readonly priority: number
  /** True of the place where licences lie: no shelf. */
  readonly downloads?: boolean
}

export type DeliveryTerms = {
  readonly method: 'delivery' | 'pickup' | 'carry_out' | 'download'
  readonly feeMinor: bigint
  readonly freeFromMinor: bigint | null
  readonly leadDaysMin: number
  readonly leadDaysMax: number
}

/** A channel that sells, with what is needed to take an order in it. */
export type SellingChannel = {
  readonly id: string
  readonly code: string
  readonly medium: ChannelMedium
  readonly currency: 'EUR'
  readonly siteIds: ReadonlySet<string>
  /** Those of its sites where what it sells can be picked up. */
  readonly pickupSiteIds: ReadonlySet<string>
  readonly deliveryTerms: ReadonlyMap<DeliveryTerms['method'], DeliveryTerms>
  /** What it leaves to other channels; null for most. */
  readonly buffers: ChannelBuffers | null
  /** What it sells before it is there, by article; null for most. */
  readonly advance: ReadonlyMap<string, AdvanceRules> | null
}

/**
 * What every channel sells, at what price, and where it lies: the in-memory read model of this process. At most one second
 * old; whoever decides on stock asks the database again at commit.
 */
export type ReadModel = {
  /** undefined when there is no such channel, or it does not sell. */
  channel(code: string): SellingChannel | undefined
  /** undefined when the channel does not offer that variant now (publication dates, archive, no price). */
  sellable(channelCode: string, variantId: string, now: Date): Sellable | undefined
  /** Whether a variant is a file; it need not be sold now. */
  isDownload(variantId: string): boolean
  site(siteId: string): Site | undefined
  places(): readonly StockPlace[]
  place(placeId: string): StockPlace | undefined
  /** Chooses places for parcels by the rules in force; made anew when terms are read again. */
  sourcing(): SourcingDesk
  /** Units of a variant that could be promised from a place; 0 when unknown. */
  available(variantId: string, placeId: string): number
  /** The same without what a channel leaves to others; what it leaves is no more than there is. */
  availableTo(channel: SellingChannel, variantId: string, placeId: string): number
  /** The rule by which a channel leaves units of an article to others at each place; null for most. */
  bufferOf(channel: SellingChannel, variantId: string): BufferRule | null
  /** What this process has just learnt from a commit, ahead of the events. */
  setAvailable(changes: readonly { variantId: string; placeId: string; available: number }[]): void
  /** Reads again what changed; all when nothing is named. */
  refresh(changed?: { productIds?: readonly string[]; variantIds?: readonly string[] }): Promise<void>
}
