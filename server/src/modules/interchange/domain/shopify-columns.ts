/**
 * The columns of Shopify's product file, under the names of its exports to this day and of its newer template, and the
 * columns Écluse adds to its own exports for what Shopify's form has no room for.
 * Names are compared without case, accents and spaces around.
 */
const names = {
  handle: ['Handle', 'URL handle'],
  title: ['Title'],
  body: ['Body (HTML)', 'Body HTML', 'Description'],
  vendor: ['Vendor'],
  type: ['Type', 'Custom Product Type'],
  productCategory: ['Product Category', 'Standardized Product Type'],
  googleCategory: ['Google Shopping / Google Product Category'],
  tags: ['Tags'],
  published: ['Published', 'Published on online store'],
  status: ['Status'],
  option1Name: ['Option1 Name'],
  option1Value: ['Option1 Value'],
  option2Name: ['Option2 Name'],
  option2Value: ['Option2 Value'],
  option3Name: ['Option3 Name'],
  option3Value: ['Option3 Value'],
  sku: ['Variant SKU', 'SKU'],
  grams: ['Variant Grams', 'Weight value (grams)'],
  weight: ['Variant Weight'],
  weightUnit: ['Variant Weight Unit', 'Weight unit for display'],
  tracker: ['Variant Inventory Tracker', 'Inventory tracker'],
  quantity: ['Variant Inventory Qty', 'Inventory quantity'],
  price: ['Variant Price', 'Price'],
  compareAt: ['Variant Compare At Price', 'Compare-at price'],
  requiresShipping: ['Variant Requires Shipping', 'Requires shipping'],
  taxable: ['Variant Taxable', 'Charge tax'],
  barcode: ['Variant Barcode', 'Barcode'],
  imageSrc: ['Image Src', 'Product image URL'],
  imagePosition: ['Image Position'],
  imageAlt: ['Image Alt Text'],
  variantImage: ['Variant Image', 'Variant image URL'],
  giftCard: ['Gift Card'],
  seoTitle: ['SEO Title'],
  seoDescription: ['SEO Description'],
  gender: ['Google Shopping / Gender'],
  ageGroup: ['Google Shopping / Age Group'],
  mpn: ['Google Shopping / MPN'],
  condition: ['Google Shopping / Condition'],
  ownTitleEn: ['Ecluse / Title (en)'],
  ownBodyEn: ['Ecluse / Body (en)'],
  ownSeoTitleEn: ['Ecluse / SEO Title (en)'],
  ownSeoDescriptionEn: ['Ecluse / SEO Description (en)'],
  ownImageAltEn: ['Ecluse / Image Alt (en)'],
  ownKind: ['Ecluse / Kind'],
  ownVatClass: ['Ecluse / VAT Class'],
  ownWithdrawal: ['Ecluse / Withdrawal Exception'],
  ownCategories: ['Ecluse / Categories'],
  ownPublications: ['Ecluse / Publications'],
  ownAttributes: ['Ecluse / Attributes'],
  ownOptions: ['Ecluse / Options'],
  ownOptionCodes: ['Ecluse / Option Codes'],
} as const

export type ShopifyField = keyof typeof names

/** The name a column has in reports and in our own exports. */
export function columnName(field: ShopifyField): string {
  return names[field][0]
}

/** Columns of other names that Shopify's own importer asks for; the export fills them with the only value we know. */
export const constantColumns = { 'Variant Inventory Policy': 'deny', 'Variant Fulfillment Service': 'manual' } as const

const fieldOf = new Map<string, ShopifyField>()
for (const [field, aliases] of Object.entries(names) as [ShopifyField, readonly string[]][])
  for (const alias of aliases) fieldOf.set(normalise(alias), field)

function normalise(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase()
}

export type Columns = ReadonlyMap<ShopifyField, number>

/** Where each known column is; the first of two with the same name counts. */
export function readColumns(header: readonly string[]): Columns {
  const columns = new Map<ShopifyField, number>()
  header.forEach((name, index) => {
    const field = fieldOf.get(normalise(name))
    if (field !== undefined && !columns.has(field)) columns.set(field, index)
  })
  return columns
}

/** Which of the columns that nothing works without is absent: without them the whole file is refused. */
export function missingColumns(columns: Columns): string[] {
  const missing: string[] = []
  if (!columns.has('handle') && !columns.has('title')) missing.push(columnName('handle'))
  if (!columns.has('price')) missing.push(columnName('price'))
  return missing
}
