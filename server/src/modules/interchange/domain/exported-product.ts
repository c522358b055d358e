import type { Media, ProductInput } from '@ecluse/contracts/catalog.ts'
import type { LocalizedText } from '@ecluse/contracts/scalars.ts'

/** A variant as it is exported. `onHand` is null where it never lay in the place asked. */
export type ExportedVariant = {
  sku: string
  gtin: string | null
  options: Record<string, string>
  weightGrams: number | null
  mediaIndex: number | null
  priceMinor: string | null
  compareAtMinor: string | null
  onHand: string | null
}

/** A product with all that the catalogue, the public price list and one place know of it. */
export type ExportedProduct = {
  id: string
  handle: string
  kind: ProductInput['kind']
  name: LocalizedText
  description: LocalizedText
  brand: string | null
  vatClass: ProductInput['vatClass']
  withdrawalException?: ProductInput['withdrawalException']
  tags: string[]
  attributes: Record<string, string>
  options: ProductInput['options']
  seoTitle: LocalizedText | null
  seoDescription: LocalizedText | null
  categories: { code: string; name: string }[]
  media: Media[]
  publications: { channelCode: string; from: string | null; until: string | null; opensAt?: string }[]
  variants: ExportedVariant[]
}
