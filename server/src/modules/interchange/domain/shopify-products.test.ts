import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { productInputSchema } from '@ecluse/contracts/catalog.ts'
import { detectFormat, readCsv, type SourceFile } from '../read-csv.ts'
import { guardCell, unguardCell } from '../../../kernel/csv.ts'
import { readAmount, readWeight } from './read-amount.ts'
import { readGtin } from './read-gtin.ts'
import { repairDoubleEncoding } from './repair-text.ts'
import { readColumns } from './shopify-columns.ts'
import { shopifyProduct, type ProductDraft } from './shopify-products.ts'
import { fileIndexer, handleOf, shopifyRow, type ShopifyRow } from './shopify-rows.ts'
import { nothingTaken } from './shopify-variants.ts'
import { slug } from './slug.ts'

const settings = { locale: 'en' as const, vatClass: 'standard' as const, channels: ['web'] }

function source(bytes: Buffer | string): SourceFile {
  const buffer = Buffer.from(bytes as string)
  // Small chunks, so that characters and records are cut anywhere.
  return { size: buffer.length, open: () => Readable.from(chunks(buffer, 7)) }
}

function* chunks(buffer: Buffer, size: number): Generator<Buffer> {
  for (let start = 0; start < buffer.length; start += size) yield buffer.subarray(start, start + size)
}

/** Reads a whole file into drafts, in the order of their handles. */
async function draftsOf(file: SourceFile): Promise<{ drafts: ProductDraft[]; encoding: string; delimiter: string }> {
  const format = await detectFormat(file)
  let columns: ReturnType<typeof readColumns> | undefined
  let index: ReturnType<typeof fileIndexer> | undefined
  const groups = new Map<string, ShopifyRow[]>()
  for await (const row of readCsv(file, format)) {
    if (!columns) {
      columns = readColumns(row.values)
      index = fileIndexer(columns)
      continue
    }
    index?.add(row)
    const handle = handleOf(columns, row)
    if (handle !== null) groups.set(handle, [...(groups.get(handle) ?? []), shopifyRow(columns, row)])
  }
  const taken = nothingTaken(index?.end().skus ?? new Set())
  return { ...format, drafts: [...groups].map(([handle, rows]) => shopifyProduct(handle, rows, settings, taken)) }
}

const header =
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,Variant Image'

async function one(...lines: string[]): Promise<ProductDraft> {
  const { drafts } = await draftsOf(source([header, ...lines].join('\r\n')))
  expect(drafts).toHaveLength(1)
  return drafts[0] as ProductDraft
}

const codes = (draft: ProductDraft): string[] => draft.issues.map((issue) => issue.code)

describe('a product of several lines', () => {
  test('brings its options, variants and pictures together', async () => {
    const draft = await one(
      'lamp,Lampe,"<p>Belle, ""vive""</p>\nsur deux lignes",Balise,Lights,"a, b ,a",TRUE,Color,Red,Size,S,L-R-S,120,shopify,4,"1 234,50 €",,,https://x.example/b.jpg,2,Dos,FALSE,https://x.example/a.jpg',
      'lamp,,,,,,,,Red,,M,L-R-M,120,shopify,-2,12.00,15,4006381333931,https://x.example/a.jpg,1,Face,,',
      'lamp,,,,,,,,,,,,,,,,,,https://x.example/c.jpg,3,,,',
    )
    expect(draft.product).toMatchObject({
      handle: 'lamp',
      name: { fr: 'Lampe', en: 'Lampe' },
      description: { fr: '<p>Belle, "vive"</p>\nsur deux lignes' },
      brand: 'Balise',
      tags: ['a', 'b'],
      options: [
        { code: 'color', values: [{ code: 'red' }] },
        { code: 'size', values: [{ code: 's' }, { code: 'm' }] },
      ],
      media: [
        { url: 'https://x.example/a.jpg' },
        { url: 'https://x.example/b.jpg' },
        { url: 'https://x.example/c.jpg', alt: { fr: 'Lampe' } },
      ],
      variants: [
        {
          sku: 'L-R-S',
          price: { amountMinor: 123_450 },
          weightGrams: 120,
          mediaIndex: 0,
          options: { color: 'red', size: 's' },
        },
        { sku: 'L-R-M', price: { amountMinor: 1_200 }, compareAtPrice: { amountMinor: 1_500 }, gtin: '4006381333931' },
      ],
      publications: [{ channelCode: 'web', from: null, until: null }],
    })
    expect(draft.categoryPaths).toEqual([['Lights']])
    expect(draft.quantities).toEqual([
      { sku: 'L-R-S', quantity: 4, line: 2 },
      { sku: 'L-R-M', quantity: 0, line: 4 },
    ])
    expect(codes(draft)).toEqual(['import.stock_negative'])
    expect(draft.tally).toMatchObject({
      lines: 3,
      variants: 2,
      pictureOnlyLines: 1,
      imageLines: 3,
      images: 3,
      options: 2,
    })
    expect(() => productInputSchema.parse(draft.product)).not.toThrow()
  })

  test('without options is one variant', async () => {
    const draft = await one('mug,Mug,,,,,false,Title,Default Title,,,,0,,3,9.90,,abc,,,,,')
    expect(draft.product).toMatchObject({
      options: [],
      publications: [],
      variants: [{ options: {}, sku: 'mug', gtin: null, weightGrams: 0 }],
    })
    expect(codes(draft)).toEqual(['import.sku_missing', 'import.gtin_invalid', 'import.stock_untracked'])
    expect(draft.tally).toMatchObject({ options: 0, placeholderOptions: 1 })
  })

  test('refuses lines, not products, as long as one variant can be sold', async () => {
    const draft = await one(
      'a,A,,,,,true,Size,S,,,A-S,,,,10,,,,,,,',
      'a,,,,,,,,M,,,A-M,,,,,,,,,,,',
      'a,,,,,,,,L,,,A-L,,,,ten,,,,,,,',
      'a,,,,,,,,S,,,A-S2,,,,10,,,,,,,',
    )
    expect(draft.product?.variants.map(({ sku }) => sku)).toEqual(['A-S'])
    expect(codes(draft)).toEqual(['import.price_missing', 'import.price_invalid', 'import.duplicate_variant'])
    expect(draft.tally).toMatchObject({ variantLines: 4, variants: 1, variantsRefused: 3 })
    const nothing = await one('b,B,,,,,true,,,,,B,,,,free,,,,,,,')
    expect(nothing.product).toBeNull()
    expect(codes(nothing)).toEqual(['import.price_invalid', 'import.no_variant'])
  })

  test('gift cards are kept off sale, zero prices and repeated SKUs are told', async () => {
    const card = await one('carte,Carte,,,,,true,Title,Default Title,,,GIFT,,,,0,,,,,,true,')
    expect(card.product).toMatchObject({ kind: 'digital', publications: [] })
    expect(codes(card)).toEqual(['import.price_zero', 'import.gift_card'])
    const { drafts } = await draftsOf(
      source(
        [
          header,
          'x,X,,,,,true,Size,S,,,SAME,,,,1,,,,,,,',
          'x,,,,,,,,M,,,SAME,,,,1,,,,,,,',
          'y,Y,,,,,true,,,,,SAME,,,,1,,,,,,,',
        ].join('\n'),
      ),
    )
    const skus = drafts.flatMap(({ product }) => product?.variants.map(({ sku }) => sku))
    expect(skus).toEqual(['SAME', 'x/m', 'y'])
    expect(drafts.flatMap(codes)).toEqual(['import.sku_taken', 'import.sku_taken'])
  })
})

describe('encodings', () => {
  const text = `${header}\nete,Été à l’œuvre – 10 €,<p>Ça</p>,Éole,,,true,,,,,E,,,,1,,,,,,,\n`.replaceAll(',', ';')
  const expected = { fr: 'Été à l’œuvre – 10 €', en: 'Été à l’œuvre – 10 €' }

  test.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()])],
    [
      'windows-1252',
      Buffer.from(
        text.replaceAll('’', '\u0092').replaceAll('œ', '\u009c').replaceAll('–', '\u0096').replaceAll('€', '\u0080'),
        'latin1',
      ),
    ],
  ])('%s is recognised', async (encoding, bytes) => {
    const read = await draftsOf(source(bytes))
    expect(read).toMatchObject({ encoding, delimiter: ';' })
    expect(read.drafts[0]?.product?.name).toEqual(expected)
  })

  test('doubly encoded text is mended and told', async () => {
    const twice = Buffer.from(Buffer.from('Vélo d’hiver, cœur à l’ouvrage…').toString('latin1'))
    // What Windows-1252 shows for those bytes, as a spreadsheet would have saved it.
    const shown = 'VÃ©lo dâ€™hiver'
    const draft = await one(`velo,${shown},,,,,true,,,,,V,,,,1,,,,,,,`)
    expect(draft.product?.name.fr).toBe('Vélo d’hiver')
    expect(codes(draft)).toEqual(['import.text_repaired'])
    expect(repairDoubleEncoding(twice.toString())).toBe('Vélo d’hiver, cœur à l’ouvrage…')
    for (const fine of ['« CAFÉ »', '«CAFÉ»', 'à «demain»', 'naïve Â', '½ €', 'Ångström', 'ÉTÉ À ÂMES'])
      expect(repairDoubleEncoding(fine)).toBe(fine)
  })

  test('a file that breaks off is refused with its line', async () => {
    const file = source(`${header}\na,A,"never closed`)
    const format = await detectFormat(file)
    await expect(async () => {
      for await (const row of readCsv(file, format)) void row
    }).rejects.toMatchObject({ code: 'import.broken', values: { line: 2 } })
  })
})

describe('cells', () => {
  test('amounts, weights, GTINs and codes', () => {
    const minor = (cell: string) => readAmount(cell)?.minor
    expect(['10', '10.9', '1 234,50 €', '1,234.50', '1,234', '0', '1.005', '1.999'].map(minor)).toEqual([
      1000n,
      1090n,
      123_450n,
      123_450n,
      123_400n,
      0n,
      101n,
      200n,
    ])
    expect(['', '-1', 'x', '1.2.3', '1e3'].map(minor)).toEqual([undefined, undefined, undefined, undefined, undefined])
    expect([
      readWeight('250', 'g'),
      readWeight('1,2 kg', 'g'),
      readWeight('2', 'lb'),
      readWeight('3 st', 'g'),
      readWeight('x', 'g'),
    ]).toEqual([250, 1200, 907, 'unknown_unit', null])
    expect(readGtin("'030955168739")).toEqual({ gtin: '030955168739', doubt: 'none' })
    expect(readGtin('30955168739')).toEqual({ gtin: '030955168739', doubt: 'padded' })
    expect(readGtin('7.41361E+11').doubt).toBe('invalid')
    expect([slug('Vélo à l’Œuvre !', 40), slug('红色', 40), slug('a'.repeat(60), 40).length]).toEqual([
      'velo-a-loeuvre',
      slug('红色', 40),
      40,
    ])
  })

  test('the guard against formulas takes nothing away', () => {
    for (const formula of ['=1+1', '+33', '-1', '@a', '\tx', "'=1", "''=1"]) expect(guardCell(formula)).toMatch(/^'/)
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^'*[=+\-@]/)), (text) => {
        expect(unguardCell(guardCell(text))).toBe(text)
        expect(guardCell(text)).not.toMatch(/^[=+\-@]/)
      }),
    )
  })
})

/** The most naive reader there can be: quoted cells, split lines, nothing else. */
function naive(text: string): Record<string, string>[] {
  const records: string[][] = [[]]
  let cell = ''
  let inside = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string
    if (inside && char === '"' && text[at + 1] === '"') cell += text[at++]
    else if (char === '"') inside = !inside
    else if (!inside && char === ',') cell = (records.at(-1)?.push(cell), '')
    else if (!inside && char === '\n') cell = (records.at(-1)?.push(cell), records.push([]), '')
    else if (inside || char !== '\r') cell += char
  }
  if (cell !== '') records.at(-1)?.push(cell)
  const [names = [], ...rows] = records.filter((record) => record.length > 1)
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])))
}

const folder = join(
  process.env['ECLUSE_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../../shared/data'),
  'shopify',
)
const real = ['bicycles.csv', 'apparel.csv'].map((name) => join(folder, name))

describe.each(real)('the real export %s', (path) => {
  test.skipIf(!existsSync(path))(existsSync(path) ? 'is accounted for, line by line' : 'skipped: no data', async () => {
    const rows = naive(readFileSync(path, 'utf8'))
    const { drafts } = await draftsOf({ open: () => createReadStream(path), size: statSync(path).size })
    const total = (name: keyof ProductDraft['tally']): number =>
      drafts.reduce((sum, draft) => sum + draft.tally[name], 0)
    const variantRows = rows.filter((row) => row['Variant Price'] !== '')
    const images = new Set(rows.filter((row) => row['Image Src']).map((row) => `${row['Handle']} ${row['Image Src']}`))
    const options = new Set(
      [1, 2, 3].flatMap((n) =>
        rows
          .filter((row) => row[`Option${n} Name`] !== '' && row[`Option${n} Value`] !== 'Default Title')
          .map((row) => `${row['Handle']} ${n} ${row[`Option${n} Name`]}`),
      ),
    )
    expect(drafts).toHaveLength(new Set(rows.map((row) => row['Handle'])).size)
    expect(drafts.filter(({ product }) => product === null)).toEqual([])
    expect(total('lines')).toBe(rows.length)
    expect(total('variants')).toBe(variantRows.length)
    expect(total('images')).toBe(images.size)
    expect(total('options')).toBe(options.size)
    expect(total('variantLines') + total('pictureOnlyLines') + total('emptyLines')).toBe(rows.length)
    expect(total('pictureOnlyLines')).toBe(rows.length - variantRows.length)
    const built = drafts.flatMap(({ product }) => (product ? [product] : []))
    expect(built.reduce((sum, product) => sum + product.variants.length, 0)).toBe(variantRows.length)
    expect(new Set(built.flatMap(({ variants }) => variants.map(({ sku }) => sku))).size).toBe(variantRows.length)
    const prices = (list: number[]) => list.reduce((sum, price) => sum + price, 0)
    expect(prices(built.flatMap(({ variants }) => variants.map(({ price }) => price.amountMinor)))).toBe(
      prices(variantRows.map((row) => Math.round(Number(row['Variant Price']) * 100))),
    )
    for (const product of built) expect(() => productInputSchema.parse({ ...product, categoryCodes: [] })).not.toThrow()
  })
})
