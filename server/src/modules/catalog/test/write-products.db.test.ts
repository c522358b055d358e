import type { ProductInput } from '@ecluse/contracts/catalog.ts'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { systemContext } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { Refusal } from '../../../kernel/errors.ts'
import { eventsOf } from '../../../kernel/outbox.ts'
import { putChannel } from '../../channels/public.ts'
import {
  editedProduct,
  loadCatalogProducts,
  putCategory,
  writeProduct,
  writeProducts,
  writeProductsEach,
} from '../public.ts'

const { db } = await createTestDatabase()
const ctx = systemContext(createTestServices(db), 'test')

await inTransaction(db, async (tx) => {
  const circuit = 'direct'
  await putChannel(ctx, tx, {
    code: 'web',
    medium: 'web',
    name: { fr: 'Site', en: 'Site' },
    circuit,
    siteIds: [],
    sells: true,
  })
  await putCategory(ctx, tx, { code: 'velos', parentCode: null, name: { fr: 'Vélos', en: 'Bikes' }, position: 1 })
})

const price = { amountMinor: 9_900, currency: 'EUR' } as const
const size = { code: 'taille', name: { fr: 'Taille', en: 'Size' } }
const value = (code: string) => ({ code, name: { fr: code, en: code } })
const variant = (sku: string, options: Record<string, string> = {}) => ({
  sku,
  options,
  gtin: null as string | null,
  weightGrams: null,
  price,
  compareAtPrice: null,
  mediaIndex: null,
})

function product(handle: string, changes: Partial<ProductInput> = {}): ProductInput {
  return {
    handle,
    kind: 'physical',
    name: { fr: `Vélo ${handle}`, en: '' },
    description: { fr: '<p>Solide</p>', en: '' },
    brand: 'Alizé',
    vatClass: 'standard',
    categoryCodes: ['velos'],
    tags: ['été'],
    attributes: { Cadre: 'acier' },
    options: [],
    media: [{ url: '/a.svg', alt: { fr: 'Un vélo', en: '' } }],
    variants: [variant(`${handle}-1`)],
    publications: [{ channelCode: 'web', from: null, until: null }],
    seoTitle: null,
    seoDescription: null,
    ...changes,
  }
}

const write = (...inputs: ProductInput[]) => inTransaction(db, (tx) => writeProducts(ctx, tx, inputs))
const writeEach = (...inputs: ProductInput[]) => inTransaction(db, (tx) => writeProductsEach(ctx, tx, inputs))
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  )

test('writing the same again changes nothing and tells nobody', async () => {
  const [first] = await write(product('a'))
  const [again] = await write(product('a'))
  expect(first?.outcome).toBe('created')
  expect(again).toEqual({ ...first, outcome: 'unchanged' })
  expect(await eventsOf(db, first?.productId ?? '')).toHaveLength(1)
  const [changed] = await write(product('a', { brand: 'Autre' }))
  expect(changed).toEqual({ ...first, outcome: 'updated' })
  expect((await editedProduct(db, first?.productId ?? ''))?.revision).toBe(2)
})

test('variants keep their identity by SKU; those left out are archived and come back', async () => {
  const sized = (...codes: string[]) =>
    product('b', {
      options: [{ ...size, values: codes.map(value) }],
      variants: codes.map((code) => variant(`B-${code}`, { taille: code })),
    })
  const [first] = await write(sized('s', 'm'))
  await write(sized('m', 'l'))
  const skus = async () => (await editedProduct(db, first?.productId ?? ''))?.variants.map((v) => [v.sku, v.id])
  expect((await skus())?.map(([sku]) => sku)).toEqual(['B-m', 'B-l'])
  expect((await skus())?.[0]?.[1]).toBe(first?.variantIds['B-m'])
  const [back] = await write(sized('s', 'm'))
  expect(back?.variantIds).toEqual(first?.variantIds)
})

test('a GTIN passes from one variant of a product to another, and is free once archived', async () => {
  const gtins = (s: string | null, m: string | null) =>
    product('c', {
      options: [{ ...size, values: [value('s'), value('m')] }],
      variants: [
        { ...variant('C-s', { taille: 's' }), gtin: s },
        { ...variant('C-m', { taille: 'm' }), gtin: m },
      ],
    })
  const [one, other] = ['3760000000017', '3760000000024']
  await write(gtins(one, other))
  await write(gtins(other, one))
  expect(await refusalOf(write(product('c2', { variants: [{ ...variant('C2'), gtin: one }] })))).toBe(
    'catalog.gtin_taken',
  )
  await write(product('c', { variants: [variant('C-x')] }))
  expect(await refusalOf(write(product('c2', { variants: [{ ...variant('C2'), gtin: one }] })))).toBe('done')
})

test('what is refused is refused alone, with its reason', async () => {
  await write(product('d'))
  const results = await writeEach(
    product('d2', { variants: [variant('d-1')] }),
    product('d3', { categoryCodes: ['nulle-part'] }),
    product('d4', { publications: [{ channelCode: 'lune', from: null, until: null }] }),
    product('d5', { options: [{ ...size, values: [value('s')] }], variants: [variant('D5', { taille: 'xxl' })] }),
    product('d6', { options: [{ ...size, values: [value('s')] }], variants: [variant('D6')] }),
    product('d7', { variants: [variant('D7-1'), variant('D7-2')] }),
    product('d8'),
    product('d8'),
    product('d9', { variants: [variant('d8-1')] }),
  )
  expect(results.map((result) => ('refused' in result ? result.refused : result.outcome))).toEqual([
    'catalog.sku_taken',
    'catalog.unknown_category',
    'channels.not_found',
    'catalog.option_mismatch',
    'catalog.option_mismatch',
    'catalog.option_mismatch',
    'created',
    'catalog.handle_taken',
    'catalog.sku_taken',
  ])
})

test('an editor is told of a change made meanwhile', async () => {
  const [first] = await write(product('e'))
  const productId = first?.productId ?? ''
  const edit = (revision: number, brand: string) =>
    inTransaction(db, (tx) =>
      writeProduct(ctx, tx, { input: product('e', { brand }), expect: { kind: 'existing', productId, revision } }),
    )
  await edit(1, 'B')
  expect(await refusalOf(edit(1, 'C'))).toBe('catalog.changed_meanwhile')
  const renamed = { input: product('e-neuf'), expect: { kind: 'existing', productId } as const }
  await inTransaction(db, (tx) => writeProduct(ctx, tx, renamed))
  expect((await editedProduct(db, productId))?.handle).toBe('e-neuf')
  await write(product('e2'))
  const onto = { input: product('e2'), expect: { kind: 'existing', productId } as const }
  expect(await refusalOf(inTransaction(db, (tx) => writeProduct(ctx, tx, onto)))).toBe('catalog.handle_taken')
  const anew = { input: product('e2'), expect: { kind: 'new' } as const }
  expect(await refusalOf(inTransaction(db, (tx) => writeProduct(ctx, tx, anew)))).toBe('catalog.handle_taken')
})

test('writers of the same products at the same time do not hold each other up, and one creates each', async () => {
  const inputs = Array.from({ length: 20 }, (_unused, n) => product(`f${n}`))
  const rounds = await Promise.all([
    // Each on its own: the stranger may come first, and then one of theirs is refused.
    writeEach(...inputs),
    writeEach(...[...inputs].reverse()),
    writeEach(...inputs.slice(5, 15)),
    writeEach(product('f-x', { variants: [variant('f3-1')] })),
  ])
  const outcomes = rounds.flat().map((result) => ('refused' in result ? result.refused : result.outcome))
  // One SKU is asked for by two products: exactly one of the two is made, whoever came first.
  expect(outcomes).toContain('catalog.sku_taken')
  expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(20)
  const again = await writeEach(...inputs).then((r) => r.map((one) => ('refused' in one ? one.refused : one.outcome)))
  expect(again.filter((outcome) => outcome === 'created')).toEqual([])
})

test('descriptions lose what could do harm', async () => {
  const html =
    '<h1 onclick="x()">Titre</h1><script>alert(1)</script><a href="https://a.example">a</a><a href="javascript:x">b</a><img src=x>'
  const [written] = await write(product('g', { description: { fr: html, en: 'a < b & c' } }))
  const { description } = (await editedProduct(db, written?.productId ?? '')) ?? {}
  expect(description?.fr).toBe(
    '<h2>Titre</h2><a href="https://a.example" rel="noopener noreferrer nofollow" target="_blank">a</a><a>b</a>',
  )
  expect(description?.en).toBe('a &lt; b &amp; c')
})

test('characters the database cannot hold, and publications that never take place, are left out', async () => {
  const from = '2026-03-02T00:00:00Z'
  const [written] = await write(
    product('h', {
      name: { fr: 'Vélo\0 \ud800cassé 🚲', en: '' },
      publications: [{ channelCode: 'web', from, until: from }],
    }),
  )
  const stored = await editedProduct(db, written?.productId ?? '')
  expect(stored?.name.fr).toBe('Vélo cassé 🚲')
  expect(stored?.publications).toEqual([])
})

test('products load for the read model: texts fall back to French, archived variants stay out', async () => {
  const [written] = await write(product('i'))
  for await (const page of loadCatalogProducts(db, [written?.productId ?? '']))
    expect(page[0]).toMatchObject({
      handle: 'i',
      name: { fr: 'Vélo i', en: 'Vélo i' },
      imageUrl: '/a.svg',
      imageAlt: { fr: 'Un vélo', en: 'Un vélo' },
      categoryCodes: ['velos'],
      variants: [{ sku: 'i-1' }],
    })
})

test('a category cannot be its own ancestor, even when two moves come at once', async () => {
  const put = (code: string, parentCode: string | null) =>
    inTransaction(db, (tx) => putCategory(ctx, tx, { code, parentCode, name: { fr: code, en: code }, position: 0 }))
  await put('x', null)
  await put('y', 'x')
  expect(await refusalOf(put('x', 'y'))).toBe('catalog.category_cycle')
  expect(await refusalOf(put('x', 'x'))).toBe('catalog.category_cycle')
  expect(await refusalOf(put('z', 'inconnue'))).toBe('catalog.unknown_category')
  await put('y', null)
  const outcomes = await Promise.all([refusalOf(put('x', 'y')), refusalOf(put('y', 'x'))])
  expect(outcomes.sort()).toEqual(['catalog.category_cycle', 'done'])
})
