import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { createSeededRng } from '../../server/src/kernel/rng.ts'

const columns =
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,SEO Title,SEO Description'

const words =
  'light frame wheel rain jacket steel canvas pocket bright quiet strong folding travel winter summer road river stone'.split(
    ' ',
  )
const colours = ['Red', 'Blue', 'Green', 'Sand']
const sizes = ['S', 'M', 'L', 'XL']
const types = Array.from({ length: 40 }, (_, n) => `Type ${n + 1}`)

/**
 * Writes a product file as Shopify exports them: one to eight variants and one to five pictures a product, HTML descriptions
 * with commas, quotes and line ends.
 * @returns how many records it holds
 */
export async function writeBigFile(path: string, products: number, seed: number): Promise<number> {
  const draw = createSeededRng(seed)
  const file = createWriteStream(path)
  file.write(`${columns}\r\n`)
  let records = 0
  for (let n = 0; n < products; n++) {
    const lines = productLines(n, draw)
    records += lines.length
    if (!file.write(`${lines.join('\r\n')}\r\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
  return records
}

type Draw = ReturnType<typeof createSeededRng>

function sentence(draw: Draw, length: number): string {
  return Array.from({ length }, () => words[draw.below(words.length)]).join(' ')
}

function productLines(n: number, draw: Draw): string[] {
  const variantCount = 1 + draw.below(8)
  const pictureCount = 1 + draw.below(5)
  const body = `<p>${sentence(draw, 40)}, ""${sentence(draw, 3)}"".</p>\n<ul><li>${sentence(draw, 12)}</li><li>${sentence(draw, 9)} &amp; more</li></ul>`
  return Array.from({ length: Math.max(variantCount, pictureCount) }, (_, index) => {
    const own = index === 0
    const isVariant = index < variantCount
    const picture =
      index < pictureCount
        ? [`https://cdn.example/p/${n}-${index}.jpg`, String(index + 1), sentence(draw, 4)]
        : ['', '', '']
    return [
      `product-${n}`,
      own ? `${sentence(draw, 3)} ${n}` : '',
      own ? `"${body}"` : '',
      own ? `Vendor ${n % 120}` : '',
      own ? (types[n % types.length] ?? '') : '',
      own ? `"${sentence(draw, 1)}, ${sentence(draw, 1)}, tag ${n % 300}"` : '',
      own ? String(n % 20 !== 0) : '',
      own ? 'Color' : '',
      isVariant ? (colours[index % 4] ?? '') : '',
      own ? 'Size' : '',
      isVariant ? (sizes[index >> 2] ?? '') : '',
      isVariant ? `SKU-${n}-${index}` : '',
      isVariant ? String(100 + draw.below(5_000)) : '',
      isVariant ? 'shopify' : '',
      isVariant ? String(draw.below(60)) : '',
      isVariant ? (5 + draw.below(90_000) / 100).toFixed(2) : '',
      '',
      '',
      ...picture,
      own ? 'false' : '',
      own ? sentence(draw, 5) : '',
      own ? sentence(draw, 14) : '',
    ].join(',')
  })
}
