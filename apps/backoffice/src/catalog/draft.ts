import type { Product, ProductInput } from '@ecluse/contracts/catalog.ts'
import type { LocalizedText, VatClass } from '@ecluse/contracts/scalars.ts'

export type DraftOption = { code: string; name: LocalizedText; values: { code: string; name: LocalizedText }[] }

/** A variant as it is typed: empty fields are empty texts or null, amounts are in minor units. */
export type DraftVariant = {
  /** Stable while editing, whatever the SKU becomes. */
  key: string
  sku: string
  gtin: string
  options: Record<string, string>
  weightGrams: number | null
  priceMinor: number | null
  compareAtMinor: number | null
  mediaIndex: number | null
}

/** A product while it is edited. */
export type Draft = {
  handle: string
  kind: ProductInput['kind']
  withdrawalException?: ProductInput['withdrawalException']
  name: LocalizedText
  description: LocalizedText
  brand: string
  vatClass: VatClass
  categoryCodes: string[]
  tags: string[]
  attributes: { name: string; value: string }[]
  options: DraftOption[]
  media: { url: string; alt: LocalizedText }[]
  variants: DraftVariant[]
  publications: {
    channelCode: string
    from: string | null
    until: string | null
    opensAt?: string | null | undefined
  }[]
  seoTitle: LocalizedText
  seoDescription: LocalizedText
}

const emptyText: LocalizedText = { fr: '', en: '' }

let lastKey = 0
const newKey = (): string => `variant-${++lastKey}`

export function newVariant(known: Partial<DraftVariant> = {}): DraftVariant {
  return {
    sku: '',
    gtin: '',
    options: {},
    weightGrams: null,
    priceMinor: null,
    compareAtMinor: null,
    mediaIndex: null,
    ...known,
    key: newKey(),
  }
}

/** A product not created yet; sold nowhere until someone says where. */
export function newDraft(): Draft {
  return {
    handle: '',
    kind: 'physical',
    name: emptyText,
    description: emptyText,
    brand: '',
    vatClass: 'standard',
    categoryCodes: [],
    tags: [],
    attributes: [],
    options: [],
    media: [],
    variants: [newVariant()],
    publications: [],
    seoTitle: emptyText,
    seoDescription: emptyText,
  }
}

/** A saved product, ready to be edited. */
export function draftOf(product: Product): Draft {
  return {
    handle: product.handle,
    kind: product.kind,
    withdrawalException: product.withdrawalException ?? null,
    name: product.name,
    description: product.description,
    brand: product.brand ?? '',
    vatClass: product.vatClass,
    categoryCodes: product.categoryCodes,
    tags: product.tags,
    attributes: Object.entries(product.attributes).map(([name, value]) => ({ name, value })),
    options: product.options,
    media: product.media,
    variants: product.variants.map((variant) =>
      newVariant({
        sku: variant.sku,
        gtin: variant.gtin ?? '',
        options: variant.options,
        weightGrams: variant.weightGrams,
        priceMinor: variant.price.amountMinor,
        compareAtMinor: variant.compareAtPrice?.amountMinor ?? null,
        mediaIndex: variant.mediaIndex,
      }),
    ),
    publications: product.publications,
    seoTitle: product.seoTitle ?? emptyText,
    seoDescription: product.seoDescription ?? emptyText,
  }
}

/** A copy to start another product from: what must be unique is left to fill in. */
export function copyOf(product: Product): Draft {
  const draft = draftOf(product)
  return {
    ...draft,
    handle: '',
    name: { fr: `${draft.name.fr} (copie)`, en: draft.name.en && `${draft.name.en} (copy)` },
    variants: draft.variants.map((variant) => ({ ...variant, sku: `${variant.sku}-2`, gtin: '' })),
    publications: [],
  }
}

/** What the API is sent; prices left empty are missing there, and refused beside their field. */
export function inputOf(draft: Draft): unknown {
  const text = (value: LocalizedText): LocalizedText | null => (value.fr === '' && value.en === '' ? null : value)
  const money = (amountMinor: number | null) => (amountMinor === null ? null : { amountMinor, currency: 'EUR' })
  return {
    handle: draft.handle || slugOf(draft.name.fr),
    kind: draft.kind,
    withdrawalException: draft.withdrawalException ?? null,
    name: { fr: draft.name.fr.trim(), en: draft.name.en.trim() },
    description: draft.description,
    brand: draft.brand.trim() || null,
    vatClass: draft.vatClass,
    categoryCodes: draft.categoryCodes,
    tags: draft.tags,
    attributes: Object.fromEntries(
      draft.attributes.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value.trim()]),
    ),
    options: draft.options,
    media: draft.media,
    variants: draft.variants.map((variant) => ({
      sku: variant.sku,
      gtin: variant.gtin.trim() || null,
      options: variant.options,
      weightGrams: variant.weightGrams,
      price: money(variant.priceMinor) ?? undefined,
      compareAtPrice: money(variant.compareAtMinor),
      mediaIndex: variant.mediaIndex,
    })),
    publications: draft.publications,
    seoTitle: text(draft.seoTitle),
    seoDescription: text(draft.seoDescription),
  }
}

/** `Vélo de ville Carène` → `velo-de-ville-carene`: what an address may be made of. */
export function slugOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 200)
    .replace(/^-+|-+$/g, '')
}
