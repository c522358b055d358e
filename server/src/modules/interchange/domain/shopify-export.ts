import type { ExportedProduct, ExportedVariant } from './exported-product.ts'
import { writeAmount } from './read-amount.ts'
import { columnName, constantColumns, type ShopifyField } from './shopify-columns.ts'
import { writeTags } from './shopify-products.ts'

/** Columns of our product files: Shopify's, then ours. */
const fields = [
  'handle',
  'title',
  'body',
  'vendor',
  'productCategory',
  'type',
  'tags',
  'published',
  'option1Name',
  'option1Value',
  'option2Name',
  'option2Value',
  'option3Name',
  'option3Value',
  'sku',
  'grams',
  'tracker',
  'quantity',
  'price',
  'compareAt',
  'requiresShipping',
  'taxable',
  'barcode',
  'imageSrc',
  'imagePosition',
  'imageAlt',
  'giftCard',
  'seoTitle',
  'seoDescription',
  'gender',
  'ageGroup',
  'mpn',
  'condition',
  'variantImage',
  'weightUnit',
  'status',
  'ownTitleEn',
  'ownBodyEn',
  'ownSeoTitleEn',
  'ownSeoDescriptionEn',
  'ownImageAltEn',
  'ownKind',
  'ownVatClass',
  'ownWithdrawal',
  'ownCategories',
  'ownPublications',
  'ownAttributes',
  'ownOptions',
  'ownOptionCodes',
] as const satisfies readonly ShopifyField[]

type Cells = Partial<Record<(typeof fields)[number], string | null>>

/** The names of the columns, in order. */
export const exportHeader: readonly string[] = [...fields.map(columnName), ...Object.keys(constantColumns)]

/** The records of a product: one for each variant and each picture, the first with the product's own cells. */
export function exportedRecords(product: ExportedProduct): (string | null)[][] {
  const count = Math.max(product.variants.length, product.media.length, 1)
  return Array.from({ length: count }, (_, index) => {
    const variant = product.variants[index]
    const cells: Cells = {
      handle: product.handle,
      ...(index === 0 ? productCells(product) : {}),
      ...(variant ? variantCells(product, variant) : {}),
      ...pictureCells(product, index),
    }
    return [...fields.map((field) => cells[field] ?? null), ...(variant ? Object.values(constantColumns) : ['', ''])]
  })
}

function productCells(product: ExportedProduct): Cells {
  const { name, description, attributes, options, publications, categories } = product
  return {
    title: name.fr,
    body: description.fr,
    vendor: product.brand,
    type: categories[0]?.name ?? null,
    tags: writeTags(product.tags),
    published: String(publications.length > 0),
    status: publications.length > 0 ? 'active' : 'draft',
    giftCard: 'false',
    option1Name: options[0]?.name.fr ?? 'Title',
    option2Name: options[1]?.name.fr ?? null,
    option3Name: options[2]?.name.fr ?? null,
    seoTitle: product.seoTitle?.fr ?? null,
    seoDescription: product.seoDescription?.fr ?? null,
    gender: attributes['gender'] ?? null,
    ageGroup: attributes['ageGroup'] ?? null,
    mpn: attributes['mpn'] ?? null,
    condition: attributes['condition'] ?? null,
    ownTitleEn: name.en,
    ownBodyEn: description.en,
    ownSeoTitleEn: product.seoTitle?.en ?? null,
    ownSeoDescriptionEn: product.seoDescription?.en ?? null,
    ownKind: product.kind,
    ownVatClass: product.vatClass,
    ownWithdrawal: product.withdrawalException ?? null,
    ownCategories: categories.map(({ code }) => code).join(','),
    ownPublications: JSON.stringify(publications),
    ownAttributes: JSON.stringify(attributes),
    ownOptions: JSON.stringify(options),
  }
}

function variantCells({ options, media }: ExportedProduct, variant: ExportedVariant): Cells {
  const value = (index: number): string | null => {
    const option = options[index]
    if (!option) return null
    const code = variant.options[option.code] ?? ''
    return option.values.find((candidate) => candidate.code === code)?.name.fr ?? code
  }
  return {
    option1Value: options.length === 0 ? 'Default Title' : value(0),
    option2Value: value(1),
    option3Value: value(2),
    sku: variant.sku,
    grams: variant.weightGrams === null ? null : String(variant.weightGrams),
    weightUnit: 'kg',
    tracker: variant.onHand === null ? null : 'shopify',
    quantity: variant.onHand,
    price: variant.priceMinor === null ? null : writeAmount(BigInt(variant.priceMinor)),
    compareAt: variant.compareAtMinor === null ? null : writeAmount(BigInt(variant.compareAtMinor)),
    requiresShipping: 'true',
    taxable: 'true',
    barcode: variant.gtin,
    variantImage: variant.mediaIndex === null ? null : (media[variant.mediaIndex]?.url ?? null),
    ownOptionCodes: options.map((option) => variant.options[option.code] ?? '').join('|'),
  }
}

function pictureCells({ media }: ExportedProduct, index: number): Cells {
  const picture = media[index]
  if (!picture) return {}
  return {
    imageSrc: picture.url,
    imagePosition: String(index + 1),
    imageAlt: picture.alt.fr,
    ownImageAltEn: picture.alt.en,
  }
}
