import type { LotUnits } from '@ecluse/contracts/lots.ts'
import type { StockTracking } from '@ecluse/contracts/stock-articles.ts'

/** How an article of the basket is followed, as its shop told; null when it is not. */
export type Followed = {
  readonly tracking: StockTracking
  /** Units of this shop whose number nobody knows. */
  readonly withoutNumber: number
}

/** One article in the basket, as it was when it was put there; prices and stock are read again while it lies there. */
export type BasketLine = {
  readonly variantId: string
  readonly handle: string
  readonly name: string
  readonly label: string
  readonly sku: string
  readonly imageUrl: string | null
  readonly quantity: number
  readonly unitPriceMinor: number
  /** Null until the product has been read. */
  readonly vatBasisPoints: number | null
  /** Units this shop can still sell; null until known. */
  readonly available: number | null
  /** Its price was kept from another channel, or agreed upon: the shelf's does not replace it. */
  readonly kept?: boolean
  /** It was put aside for this customer: there are enough. */
  readonly held?: boolean
  /** It is a file: nobody carries it out, and no shop runs out of it. */
  readonly download?: boolean
  /** Set when its lots or serial numbers are followed. */
  readonly followed?: Followed | null
  /** Those that were scanned or typed. */
  readonly lots?: readonly LotUnits[]
}
