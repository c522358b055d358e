import fc from 'fast-check'
import { expect, test } from 'vitest'
import { productInputSchema, type Product } from '@ecluse/contracts/catalog.ts'
import { copyOf, draftOf, inputOf, newDraft, newVariant, slugOf, type DraftOption } from './draft.ts'
import { combinationsOf, labelOf, missingVariants, withMissingVariants } from './variants-of-options.ts'

const text = (fr: string) => ({ fr, en: '' })
const option = (code: string, values: string[]): DraftOption => ({
  code,
  name: text(code),
  values: values.map((value) => ({ code: value, name: text(value.toUpperCase()) })),
})

const product: Product = {
  id: '0192f000-0000-7000-8000-000000000001',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  revision: 4,
  handle: 'velo-carene',
  kind: 'physical',
  name: { fr: 'Vélo Carène', en: 'Carène bike' },
  description: text('<p>Solide.</p>'),
  brand: null,
  vatClass: 'standard',
  categoryCodes: ['velos'],
  tags: ['ville'],
  attributes: { Cadre: 'Acier' },
  options: [],
  media: [],
  variants: [
    {
      id: '0192f000-0000-7000-8000-000000000002',
      sku: 'CAR-1',
      gtin: '3760123450010',
      options: {},
      weightGrams: 14_000,
      price: { amountMinor: 129_900, currency: 'EUR' },
      compareAtPrice: null,
      mediaIndex: null,
    },
  ],
  publications: [{ channelCode: 'web', from: null, until: null }],
  seoTitle: null,
  seoDescription: null,
  withdrawalException: 'made_to_order',
}

test('a product read, then sent back untouched, is the same product', () => {
  const { id: _id, createdAt: _c, updatedAt: _u, revision: _r, variants, ...rest } = product
  const sent = productInputSchema.parse(inputOf(draftOf(product)))
  expect(sent).toEqual({ ...rest, variants: variants.map(({ id: _variant, ...variant }) => variant) })
})

test('a new product without name, SKU or price is refused at those three fields', () => {
  const checked = productInputSchema.safeParse(inputOf(newDraft()))
  const paths = checked.error?.issues.map(({ path }) => path.join('.'))
  expect(paths).toEqual(expect.arrayContaining(['name', 'handle', 'variants.0.sku', 'variants.0.price']))
})

test('a copy shares no SKU, GTIN or address with its model, and is sold nowhere', () => {
  const copy = copyOf(product)
  expect(copy.variants.map(({ sku, gtin }) => [sku, gtin])).toEqual([['CAR-1-2', '']])
  expect([copy.handle, copy.publications]).toEqual(['', []])
})

test('an address is made of what addresses are made of, whatever the name', () => {
  expect(slugOf('Cœur d’Été — 24 L')).toBe('coeur-d-ete-24-l')
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(slugOf(name)).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/)
    }),
  )
})

test('there is one variant for each combination, once', () => {
  const codes = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(codes, { minLength: 1, maxLength: 3 }), (lists) => {
      const options = lists.map((values, index) => option(`o${index}`, values))
      const draft = { ...newDraft(), name: text('Sac'), options }
      const variants = withMissingVariants(draft)
      const expected = lists.reduce((product, values) => product * values.length, 1)
      expect(combinationsOf(options)).toHaveLength(expected)
      expect(variants).toHaveLength(expected)
      expect(missingVariants({ ...draft, variants })).toEqual([])
      expect(new Set(variants.map(({ key }) => key)).size).toBe(expected)
    }),
  )
})

test('the only variant becomes the first combination and keeps its SKU', () => {
  const options = [option('taille', ['s', 'm'])]
  const draft = { ...newDraft(), name: text('Sac'), options, variants: [newVariant({ sku: 'SAC', priceMinor: 4_990 })] }
  const variants = withMissingVariants(draft)
  expect(variants.map(({ sku, options: chosen, priceMinor }) => [sku, chosen['taille'], priceMinor])).toEqual([
    ['SAC', 's', 4_990],
    ['SAC-M', 'm', 4_990],
  ])
  expect(labelOf(options, { taille: 'm' }, 'en')).toBe('M')
})
