import { createHash } from 'node:crypto'
import type { ProductInput, VariantInput } from '@ecluse/contracts/catalog.ts'
import { gtinCheckDigit } from '@ecluse/contracts/scalars.ts'
import { goodsColours, type GoodsColour } from './colours.ts'
import type { DemoProduct, Words } from './demo-product.ts'
import { frenchSpaces } from './french-spaces.ts'
import { sizeSets } from './sizes.ts'

type Option = ProductInput['options'][number]
/** One value of one option, and what it adds in euros and grams. */
type Value = { code: string; fr: string; en: string; euros: number; grams: number }

/** Frame sizes the drawings are made in. */
const drawnSize: Record<string, number> = {
  road: 54,
  gravel: 54,
  mountain: 54,
  trekking: 54,
  city: 52,
  longtail: 52,
  loader: 52,
  folding: 52,
  child: 30,
}

/** A product of the demo as the catalogue takes it. */
export function buildProduct(product: DemoProduct, publications: ProductInput['publications']): ProductInput {
  const options = optionsOf(product)
  const [nameFr, nameEn] = [frenchSpaces(product.fr[0]), product.en[0]]
  return {
    handle: product.handle,
    kind: 'physical',
    name: { fr: nameFr, en: nameEn },
    description: { fr: html(product.fr, frenchSpaces), en: html(product.en, (text) => text) },
    brand: product.brand,
    vatClass: 'standard',
    categoryCodes: [...product.in],
    tags: [...(product.tags ?? [])],
    attributes: { ...product.facts },
    options: options.map(({ option }) => option),
    media: product.colours.map((colour) => ({
      url: drawingOf(product, colour),
      alt: altOf(nameFr, nameEn, product, colour),
    })),
    variants: variantsOf(product, options),
    publications,
    seoTitle: null,
    seoDescription: { fr: summary(frenchSpaces(product.fr[1])), en: summary(product.en[1]) },
  }
}

function html([, text, points]: Words, spaces: (text: string) => string): string {
  const safe = (words: string) => spaces(words).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<p>${safe(text)}</p><ul>${points.map((point) => `<li>${safe(point)}</li>`).join('')}</ul>`
}

/** The sentences that fit a search engine's two lines. */
function summary(text: string): string {
  if (text.length <= 158) return text
  const cut = text.slice(0, 158)
  const end = cut.lastIndexOf('. ')
  return end > 60 ? cut.slice(0, end + 1) : `${cut.slice(0, cut.lastIndexOf(' '))}…`
}

function altOf(fr: string, en: string, { colours }: DemoProduct, colour: GoodsColour): { fr: string; en: string } {
  if (colours.length === 1) return { fr, en }
  const [inFrench, inEnglish] = goodsColours[colour]
  return { fr: `${fr}, ${inFrench.toLowerCase()}`, en: `${en}, ${inEnglish.toLowerCase()}` }
}

/** The address of the picture: what it is, its colours and what it carries. */
function drawingOf({ art, accent }: DemoProduct, colour: GoodsColour): string {
  const [kind = '', ...extras] = art.split(' ')
  const size = drawnSize[kind]
  const parts = [kind, ...(size === undefined ? [] : [size]), colour, ...(accent ? [accent] : []), ...extras]
  return `/drawings/${parts.join('-')}.svg`
}

function optionsOf(product: DemoProduct): { option: Option; values: Value[] }[] {
  const options: { option: Option; values: Value[] }[] = []
  const add = (code: string, fr: string, en: string, values: Value[]) =>
    options.push({
      values,
      option: {
        code,
        name: { fr, en },
        values: values.map((value) => ({ code: value.code, name: { fr: value.fr, en: value.en } })),
      },
    })
  if (product.colours.length > 1)
    add(
      'colour',
      'Couleur',
      'Colour',
      product.colours.map((code) => value(code, goodsColours[code][0], goodsColours[code][1])),
    )
  if (product.sizes) {
    const { fr, en, sizes } = sizeSets[product.sizes]
    add(
      'size',
      fr,
      en,
      sizes.map(([code, fr, en]) => value(code, fr, en)),
    )
  }
  const { choice } = product
  if (choice)
    add(
      choice.code,
      choice.fr,
      choice.en,
      choice.values.map(([code, fr, en, euros, grams]) => value(code, frenchSpaces(fr), en, euros, grams)),
    )
  return options
}

function value(code: string, fr: string, en: string, euros = 0, grams = 0): Value {
  return { code, fr, en, euros, grams }
}

/** Every combination of the options' values, the first option varying slowest. */
function variantsOf(product: DemoProduct, options: readonly { option: Option; values: Value[] }[]): VariantInput[] {
  let combinations: Value[][] = [[]]
  for (const { values } of options)
    combinations = combinations.flatMap((combination) => values.map((one) => [...combination, one]))
  return combinations.map((values) => {
    const codes = values.map((one) => one.code)
    const added = values.reduce((sum, one) => sum + one.euros, 0)
    const colour = product.colours.findIndex((code) => code === codes[0])
    return {
      sku: skuOf(product.handle, codes),
      gtin: gtinOf(product.handle, codes),
      options: Object.fromEntries(options.map(({ option }, index) => [option.code, codes[index] ?? ''])),
      weightGrams: product.grams + values.reduce((sum, one) => sum + one.grams, 0),
      price: euros(product.price + added),
      compareAtPrice: product.was === undefined ? null : euros(product.was + added),
      mediaIndex: product.colours.length > 1 ? Math.max(0, colour) : 0,
    }
  })
}

function euros(amount: number): { amountMinor: number; currency: 'EUR' } {
  return { amountMinor: Math.round(amount * 100), currency: 'EUR' }
}

/** `quai-3` in lagoon and M: `QUAI3-LAG-M`. */
function skuOf(handle: string, codes: readonly string[]): string {
  const short = codes.map((code) => (code in goodsColours ? code.slice(0, 4) : code.replaceAll('-', '')))
  return [handle.replaceAll('-', '').slice(0, 24), ...short].join('-').toUpperCase()
}

/**
 * A GTIN-13 of GS1's restricted circulation range, prefixes 200 to 299 (General Specifications, 1.4.2): right in form,
 * given by nobody, printed by no maker.
 */
function gtinOf(handle: string, codes: readonly string[]): string {
  const digest = createHash('sha256')
    .update([handle, ...codes].join('/'))
    .digest()
  const digits = `2${String(digest.readUIntBE(0, 6) % 100_000_000_000).padStart(11, '0')}`
  return `${digits}${gtinCheckDigit(digits)}`
}
