import { optionSchema, type ProductInput } from '@ecluse/contracts/catalog.ts'
import { goodsKinds, vatClasses, type Locale, type VatClass } from '@ecluse/contracts/scalars.ts'
import { withdrawalExceptions } from '@ecluse/contracts/withdrawal-exceptions.ts'
import { issueLog, quoted, type Issue, type IssueLog } from './issue.ts'
import { columnName, type ShopifyField } from './shopify-columns.ts'
import { readMedia, type MediaTally } from './shopify-media.ts'
import { readOptions, type Options } from './shopify-options.ts'
import { readOwn } from './shopify-own-columns.ts'
import { bringsVariant, type ShopifyRow } from './shopify-rows.ts'
import { readVariants, type Quantity, type Taken } from './shopify-variants.ts'

/** What the person who imports decides, for the file does not say. */
export type ShopifySettings = {
  /** Language the texts are in, told in the report; both languages get them until someone translates. */
  readonly locale: Locale
  readonly vatClass: VatClass
  /** Codes of the channels that published products are sold in. */
  readonly channels: readonly string[]
}

/** Everything the lines of one product come to. */
export type ProductTally = MediaTally & {
  readonly lines: number
  /** Records that bring a variant: those written and those refused. */
  readonly variantLines: number
  readonly variants: number
  readonly variantsRefused: number
  /** Records that bring a picture and nothing else. */
  readonly pictureOnlyLines: number
  /** Records that bring neither. */
  readonly emptyLines: number
  /** Pictures of the product: lines that bring one, less those refused and repeated, plus those only a variant names. */
  readonly images: number
  readonly options: number
  /** 1 when the file names Shopify's placeholder for "no option". */
  readonly placeholderOptions: number
}

/** One product out of the file; `product` is null when it was refused, and the issues say why. */
export type ProductDraft = {
  readonly handle: string
  readonly line: number
  readonly product: ProductInput | null
  /** Categories as paths of names, outermost first; codes are given when the tree is known. */
  readonly categoryPaths: readonly (readonly string[])[]
  readonly quantities: readonly Quantity[]
  readonly issues: readonly Issue[]
  readonly tally: ProductTally
}

/**
 * Makes one product of the records that share its handle, in the order of the file. Pure but for `taken`, which it adds to.
 * What cannot be kept is refused line by line; the product is refused only when no variant can be sold.
 */
export function shopifyProduct(
  handle: string,
  rows: readonly ShopifyRow[],
  settings: ShopifySettings,
  taken: Taken,
): ProductDraft {
  const log = issueLog(handle)
  const first = rows.find((row) => row.cell('title') !== '') ?? rows[0]
  if (!first) throw new Error('a product has at least one line')
  tellRepairs(rows, log)
  const own = readOwn(first, log)
  const name = nameOf(handle, first, log)
  const variantRows = rows.filter(bringsVariant)
  const { media, indexOf, tally } = readMedia(rows, name, log)
  const options: Options = own?.options
    ? {
        options: own.options,
        codesOf: () => ({}),
        placeholder: variantRows.some((row) => row.cell('option1Name') !== '') && own.options.length === 0,
      }
    : readOptions(first, variantRows, log)
  const { variants, quantities, refused } = readVariants(handle, variantRows, options, indexOf, taken, log)
  if (variants.length === 0) log.refuse(first.line, 'import.no_variant', null)
  else if (options.options.some((option) => !optionSchema.safeParse(option).success))
    log.refuse(first.line, 'import.too_many_values', columnName('option1Value'), { most: 200 })
  const refusedWhole = log.issues.some(
    (issue) => issue.code === 'import.no_variant' || issue.code === 'import.too_many_values',
  )
  const product = refusedWhole
    ? null
    : { handle, ...wholeProduct(first, name, own, settings, log), options: options.options, media, variants }
  if (product && !own) tellDoubts(product, rows, log)
  const pictures = rows.filter((row) => !bringsVariant(row) && row.cell('imageSrc') !== '').length
  return {
    handle,
    line: first.line,
    product,
    categoryPaths: own ? [] : categoryPathsOf(first),
    quantities: product ? quantities : [],
    issues: log.issues,
    tally: {
      ...tally,
      lines: rows.length,
      variantLines: variantRows.length,
      variants: product ? variants.length : 0,
      variantsRefused: product ? refused : variantRows.length,
      pictureOnlyLines: pictures,
      emptyLines: rows.length - variantRows.length - pictures,
      images: product ? media.length : 0,
      options: product ? options.options.length : 0,
      placeholderOptions: options.placeholder ? 1 : 0,
    },
  }
}

function wholeProduct(
  first: ShopifyRow,
  name: { fr: string; en: string },
  own: ReturnType<typeof readOwn>,
  settings: ShopifySettings,
  log: IssueLog,
): Omit<ProductInput, 'handle' | 'options' | 'media' | 'variants'> {
  const body = first.cell('body')
  const giftCard = yes(first.cell('giftCard'))
  if (giftCard && !own) log.warn(first.line, 'import.gift_card', columnName('giftCard'))
  const sold = isPublished(first) && !giftCard
  return {
    kind: oneOf(goodsKinds, first.cell('ownKind')) ?? (giftCard ? 'digital' : 'physical'),
    name,
    description: { fr: body, en: first.own ? first.cell('ownBodyEn') : body },
    brand: cut(first, 'vendor', 120, log) || null,
    vatClass: oneOf(vatClasses, first.cell('ownVatClass')) ?? settings.vatClass,
    ...exceptionOf(first.cell('ownWithdrawal')),
    categoryCodes: own?.categoryCodes ?? [],
    tags: tagsOf(first, log),
    attributes: own?.attributes ?? attributesOf(first),
    publications:
      own?.publications ??
      (sold ? settings.channels.map((code) => ({ channelCode: code, from: null, until: null })) : []),
    seoTitle: seoOf(first, 'seoTitle', 'ownSeoTitleEn'),
    seoDescription: seoOf(first, 'seoDescription', 'ownSeoDescriptionEn'),
  }
}

function nameOf(handle: string, first: ShopifyRow, log: IssueLog): { fr: string; en: string } {
  const title = cut(first, 'title', 300, log)
  if (title !== '') return { fr: title, en: first.own ? first.cell('ownTitleEn') : title }
  const words = handle.replaceAll('-', ' ')
  const made = words.charAt(0).toUpperCase() + words.slice(1)
  log.warn(first.line, 'import.title_missing', columnName('title'), { name: made })
  return { fr: made, en: made }
}

function cut(row: ShopifyRow, field: ShopifyField, most: number, log: IssueLog): string {
  const text = row.cell(field)
  if (text.length <= most) return text
  log.warn(row.line, 'import.text_cut', columnName(field), { most })
  return text.slice(0, most).trim()
}

function tagsOf(row: ShopifyRow, log: IssueLog): string[] {
  const cell = row.cell('tags')
  const parts = row.own ? Array.from(cell.matchAll(/"((?:[^"]|"")*)"|[^,\s][^,]*/g), unquoteTag) : cell.split(',')
  const tags = [...new Set(parts.map((tag) => tag.trim()).filter((tag) => tag !== ''))]
  const kept = tags.filter((tag) => tag.length <= 120).slice(0, 250)
  if (kept.length < tags.length)
    log.warn(row.line, 'import.tags_dropped', columnName('tags'), { dropped: tags.length - kept.length })
  return kept
}

function unquoteTag(match: RegExpMatchArray): string {
  return match[1] === undefined ? match[0] : match[1].replaceAll('""', '"')
}

/** Tags as our export writes them: quoted where a comma or a quotation mark would be misread. */
export function writeTags(tags: readonly string[]): string {
  return tags.map((tag) => (/[",]/.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag)).join(', ')
}

function attributesOf(row: ShopifyRow): Record<string, string> {
  const fields = { gender: 'gender', ageGroup: 'ageGroup', mpn: 'mpn', condition: 'condition' } as const
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      row.cell(field) === '' ? [] : [[name, row.cell(field).slice(0, 500)]],
    ),
  )
}

function seoOf(row: ShopifyRow, field: ShopifyField, own: ShopifyField): { fr: string; en: string } | null {
  const text = row.cell(field)
  const english = row.own ? row.cell(own) : text
  return text === '' && english === '' ? null : { fr: text, en: english }
}

/** `Type` is one category; the standard taxonomies are paths, `a > b > c`. The same one twice counts once. */
function categoryPathsOf(row: ShopifyRow): string[][] {
  const paths = [row.cell('type'), row.cell('productCategory'), row.cell('googleCategory')]
    .map((cell) =>
      cell
        .split('>')
        .map((part) => part.trim().slice(0, 120))
        .filter((part) => part !== ''),
    )
    .filter((path) => path.length > 0)
  const keys = new Set<string>()
  return paths.filter((path) => {
    const key = path.join('>').toLowerCase()
    return keys.has(key) ? false : keys.add(key)
  })
}

function isPublished(row: ShopifyRow): boolean {
  const status = row.cell('status').toLowerCase()
  if (status !== '' && status !== 'active') return false
  const published = row.cell('published')
  return published === '' ? true : yes(published)
}

function yes(cell: string): boolean {
  return /^(?:true|vrai|yes|oui|1)$/i.test(cell)
}

function oneOf<T extends string>(values: readonly T[], cell: string): T | undefined {
  return values.find((value) => value === cell)
}

function tellRepairs(rows: readonly ShopifyRow[], log: IssueLog): void {
  for (const row of rows)
    if (row.repaired.size > 0)
      log.warn(row.line, 'import.text_repaired', [...row.repaired].map(columnName).join(', '), {
        sample: quoted(
          row
            .cell([...row.repaired][0] ?? 'title')
            .replace(/<[^>]*>/g, ' ')
            .trim(),
        ),
      })
}

/** What was taken as it is, but someone should look at. */
function tellDoubts(product: ProductInput, rows: readonly ShopifyRow[], log: IssueLog): void {
  const untaxed = rows.find((row) => /^(?:false|faux|no|non|0)$/i.test(row.cell('taxable')))
  if (untaxed) log.warn(untaxed.line, 'import.not_taxed', columnName('taxable'), { vatClass: product.vatClass })
  const unshipped = rows.find((row) => /^(?:false|faux|no|non|0)$/i.test(row.cell('requiresShipping')))
  if (unshipped && product.kind === 'physical')
    log.warn(unshipped.line, 'import.not_shipped', columnName('requiresShipping'))
}

/** Why the law excepts a product from withdrawal; left out for most, which it does not. */
function exceptionOf(cell: string): Pick<ProductInput, 'withdrawalException'> {
  const withdrawalException = oneOf(withdrawalExceptions, cell)
  return withdrawalException ? { withdrawalException } : {}
}
