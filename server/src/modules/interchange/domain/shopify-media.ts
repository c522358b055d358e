import type { Media } from '@ecluse/contracts/catalog.ts'
import { quoted, type IssueLog } from './issue.ts'
import { columnName } from './shopify-columns.ts'
import { bringsVariant, type ShopifyRow } from './shopify-rows.ts'

const mostMedia = 250

export type MediaTally = {
  /** Records that bring a picture. */
  readonly imageLines: number
  /** Of those, how many repeat a picture of the same product. */
  readonly imagesRepeated: number
  readonly imagesRefused: number
  /** Pictures that only a variant names. */
  readonly imagesFromVariants: number
}

/** Pictures of a product in their order, and where each address is. */
export function readMedia(
  rows: readonly ShopifyRow[],
  name: { fr: string; en: string },
  log: IssueLog,
): { media: Media[]; indexOf: Map<string, number>; tally: MediaTally } {
  const found: { url: string; alt: { fr: string; en: string }; position: number; order: number }[] = []
  const seen = new Set<string>()
  const tally = { imageLines: 0, imagesRepeated: 0, imagesRefused: 0, imagesFromVariants: 0 }
  const keep = (row: ShopifyRow, url: string, field: 'imageSrc' | 'variantImage'): boolean => {
    if (seen.has(url)) return false
    if (!isAddress(url) || found.length >= mostMedia) {
      log.warn(row.line, isAddress(url) ? 'import.too_many_images' : 'import.image_invalid', columnName(field), {
        url: quoted(url),
        most: mostMedia,
      })
      if (field === 'imageSrc') tally.imagesRefused++
      return false
    }
    seen.add(url)
    const own = field === 'imageSrc'
    const alt = (own && row.cell('imageAlt')) || name.fr
    const altEn = (own && (row.own ? row.cell('ownImageAltEn') : row.cell('imageAlt'))) || name.en
    const position = own ? Number.parseInt(row.cell('imagePosition'), 10) : Number.NaN
    found.push({ url, alt: { fr: alt, en: altEn }, position: position || found.length + 1, order: found.length })
    return true
  }
  for (const row of rows) {
    const url = row.cell('imageSrc')
    if (url === '') continue
    tally.imageLines++
    if (seen.has(url)) tally.imagesRepeated++
    else keep(row, url, 'imageSrc')
  }
  for (const row of rows) {
    const url = row.cell('variantImage')
    if (url !== '' && bringsVariant(row) && keep(row, url, 'variantImage')) tally.imagesFromVariants++
  }
  found.sort((a, b) => a.position - b.position || a.order - b.order)
  return {
    media: found.map(({ url, alt }) => ({ url, alt })),
    indexOf: new Map(found.map(({ url }, index) => [url, index])),
    tally,
  }
}

/** An address on the web, or one of our own: a drawing's recipe, a file we keep. */
export function isAddress(url: string): boolean {
  if (url.length > 2_000) return false
  if (/^\/(?:drawings|media)\/[^\s"'<>\\]+$/.test(url)) return true
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}
