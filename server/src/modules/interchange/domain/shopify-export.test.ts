import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gtinCheckDigit, goodsKinds, vatClasses } from '@ecluse/contracts/scalars.ts'
import { withdrawalExceptions } from '@ecluse/contracts/withdrawal-exceptions.ts'
import { guardCell } from '../../../kernel/csv.ts'
import type { ExportedProduct } from './exported-product.ts'
import { exportedRecords, exportHeader } from './shopify-export.ts'
import { readColumns } from './shopify-columns.ts'
import { shopifyProduct } from './shopify-products.ts'
import { shopifyRow } from './shopify-rows.ts'
import { nothingTaken } from './shopify-variants.ts'

const code = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
/** What the catalogue keeps: no spaces around, nothing that looks encoded twice. */
const words = fc
  .string({ maxLength: 30, unit: 'grapheme' })
  .map((text) => text.trim())
  .filter((text) => !/[ÂÃÄÅâðï\0]/.test(text))
const someWords = words.filter((text) => text !== '')
const text = fc.record({ fr: words, en: words })
const gtin = fc.stringMatching(/^\d{12}$/).map((digits) => `${digits}${gtinCheckDigit(digits)}`)
const instant = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const options = fc.uniqueArray(
  fc.record({
    code,
    name: text,
    values: fc.uniqueArray(fc.record({ code: code, name: text }), {
      minLength: 1,
      maxLength: 3,
      selector: (value) => value.code,
    }),
  }),
  { maxLength: 3, selector: (option) => option.code },
)

const product: fc.Arbitrary<ExportedProduct> = options.chain((drawn) => {
  const combination = fc.record(
    Object.fromEntries(
      drawn.map((option) => [option.code, fc.constantFrom(...option.values.map((value) => value.code))]),
    ),
  )
  return fc
    .record({
      id: fc.constant('x'),
      handle: code,
      kind: fc.constantFrom(...goodsKinds),
      name: fc.record({ fr: someWords, en: words }),
      description: text,
      brand: fc.option(someWords),
      vatClass: fc.constantFrom(...vatClasses),
      withdrawalException: fc.option(fc.constantFrom(...withdrawalExceptions), { nil: undefined }),
      tags: fc.uniqueArray(someWords, { maxLength: 4 }),
      attributes: fc.dictionary(code, words, { maxKeys: 3 }),
      options: fc.constant(drawn),
      seoTitle: fc.option(fc.record({ fr: someWords, en: words })),
      seoDescription: fc.option(fc.record({ fr: words, en: someWords })),
      categories: fc.uniqueArray(fc.record({ code, name: words }), {
        maxLength: 3,
        selector: (category) => category.code,
      }),
      media: fc.uniqueArray(
        fc.record({
          url: code.map((name) => `https://x.example/${name}.jpg`),
          alt: fc.record({ fr: someWords, en: someWords }),
        }),
        { maxLength: 4, selector: (media) => media.url },
      ),
      publications: fc.uniqueArray(
        fc.record({ channelCode: code, from: fc.option(instant), until: fc.option(instant) }),
        { maxLength: 3, selector: (one) => one.channelCode },
      ),
      variants: fc.uniqueArray(
        fc.record({
          sku: fc.stringMatching(/^[A-Z=+@'-][A-Z0-9/ -]{0,10}[A-Z]$/),
          gtin: fc.option(gtin),
          options: combination,
          weightGrams: fc.option(fc.nat(100_000)),
          mediaIndex: fc.constant(null),
          priceMinor: fc.nat(10_000_000).map(String),
          compareAtMinor: fc.option(fc.nat(10_000_000).map(String)),
          onHand: fc.option(fc.nat(1_000).map(String)),
        }),
        {
          minLength: 1,
          maxLength: 5,
          comparator: (a, b) =>
            a.sku === b.sku ||
            (a.gtin !== null && a.gtin === b.gtin) ||
            JSON.stringify(a.options) === JSON.stringify(b.options),
        },
      ),
    })
    .map((whole) => ({
      ...whole,
      variants: whole.variants.map((variant, n) => ({ ...variant, mediaIndex: n < whole.media.length ? n : null })),
    }))
})

test('what is exported reads back as the product it was', () => {
  const columns = readColumns(exportHeader)
  fc.assert(
    fc.property(product, (exported) => {
      const rows = exportedRecords(exported).map((values, n) =>
        shopifyRow(columns, { line: n + 2, values: values.map((cell) => guardCell(cell ?? '')) }),
      )
      const {
        product: read,
        quantities,
        issues,
      } = shopifyProduct(
        exported.handle,
        rows,
        { locale: 'fr', vatClass: 'reduced', channels: ['other'] },
        nothingTaken(new Set()),
      )
      const { id: _id, categories, variants, ...same } = exported
      expect(read).toEqual({
        ...same,
        categoryCodes: categories.map((category) => category.code),
        variants: variants.map(({ priceMinor, compareAtMinor, onHand: _onHand, ...variant }) => ({
          ...variant,
          price: { amountMinor: Number(priceMinor), currency: 'EUR' },
          compareAtPrice: compareAtMinor === null ? null : { amountMinor: Number(compareAtMinor), currency: 'EUR' },
        })),
      })
      expect(quantities.map(({ sku, quantity }) => [sku, String(quantity)])).toEqual(
        variants.flatMap(({ sku, onHand }) => (onHand === null ? [] : [[sku, onHand]])),
      )
      expect(issues.filter(({ code: problem }) => problem !== 'import.price_zero')).toEqual([])
    }),
    { numRuns: 300 },
  )
})
