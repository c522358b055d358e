import { describe, expect, test } from 'vitest'
import { productInputSchema } from '@ecluse/contracts/catalog.ts'
import { goodsColours as drawnColours } from '../../../packages/ui/src/drawing/colour.ts'
import { drawFromSpec } from '../../../packages/ui/src/drawing/spec.ts'
import { buildProduct } from './build-product.ts'
import { demoProducts } from './catalogue.ts'
import { demoCategories } from './categories.ts'
import { goodsColours } from './colours.ts'
import { frenchSpaces } from './french-spaces.ts'

const built = demoProducts.map((product) => buildProduct(product, []))

describe('the demo catalogue', () => {
  test('is well formed: contract, options, one SKU and one GTIN for each variant', () => {
    expect(built.length).toBeGreaterThanOrEqual(155)
    for (const product of built) expect(() => productInputSchema.parse(product), product.handle).not.toThrow()
    const variants = built.flatMap((product) => product.variants)
    expect(new Set(built.map(({ handle }) => handle)).size).toBe(built.length)
    expect(new Set(variants.map(({ sku }) => sku)).size).toBe(variants.length)
    expect(new Set(variants.map(({ gtin }) => gtin)).size).toBe(variants.length)
    for (const { gtin } of variants) expect(gtin).toMatch(/^2\d{12}$/)
  })

  test('has its two languages, and they differ', () => {
    for (const product of built) {
      expect(product.description.fr.length, product.handle).toBeGreaterThan(120)
      expect(product.description.en.length, product.handle).toBeGreaterThan(100)
      expect(product.description.fr).not.toBe(product.description.en)
      // Plain spaces where French wants narrow no-break ones, and straight apostrophes, are slips.
      expect(`${product.name.fr} ${product.description.fr}`, product.handle).not.toMatch(/ [;:!?»%]|'/)
    }
  })

  test('lies in categories that exist', () => {
    const codes = new Set(demoCategories.map(({ code }) => code))
    for (const { parentCode } of demoCategories) if (parentCode) expect(codes).toContain(parentCode)
    for (const product of built) for (const code of product.categoryCodes) expect(codes, product.handle).toContain(code)
    const used = new Set(built.flatMap(({ categoryCodes }) => categoryCodes))
    for (const { code } of demoCategories) {
      const parent = demoCategories.some(({ parentCode }) => parentCode === code)
      expect(parent || used.has(code), code).toBe(true)
    }
  })

  test('every picture can be drawn, in colours named as the drawings name them', () => {
    for (const [code, [fr, en]] of Object.entries(goodsColours))
      expect(drawnColours[code as keyof typeof drawnColours]).toMatchObject({ fr, en })
    for (const product of built)
      for (const { url } of product.media) {
        const spec = /^\/drawings\/(.+)\.svg$/.exec(url)?.[1] ?? ''
        expect(drawFromSpec(spec), spec).not.toBeNull()
      }
  })

  test('keeps French spaces', () => {
    expect(frenchSpaces('Oui : « 15 000 mm » à 25 km !')).toBe(
      'Oui\u202f: «\u202f15\u202f000\u202fmm\u202f» à 25\u202fkm\u202f!',
    )
  })
})
