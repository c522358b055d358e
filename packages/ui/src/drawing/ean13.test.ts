import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { expect, test } from 'vitest'
import { ean13Modules, ean13Path } from './ean13.ts'

const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) } })

/** The bars as a picture of three pixels a module. */
function pictureOf(modules: string) {
  const quiet = '0'.repeat(12)
  const row = `${quiet}${modules}${quiet}`.split('').flatMap((one) => Array<number>(3).fill(one === '1' ? 0 : 255))
  const height = 60
  const data = new Uint8ClampedArray(row.length * height * 4)
  for (let y = 0; y < height; y++)
    row.forEach((light, x) => data.set([light, light, light, 255], (y * row.length + x) * 4))
  return { data, width: row.length, height, colorSpace: 'srgb' as const, pixelFormat: 'rgba-unorm8' as const }
}

test.each(['2912345678900', '4006381333931', '0012345678905', '9780201379624'])(
  'a scanner reads %s as it was drawn',
  async (number) => {
    const digits = number.slice(0, 12)
    const weighed = digits.split('').reduce((sum, digit, at) => sum + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
    const whole = `${digits}${(10 - (weighed % 10)) % 10}`
    const found = await readBarcodes(pictureOf(ean13Modules(whole)), { formats: ['EAN-13'] })
    expect(found.map(({ text }) => text)).toEqual([whole])
  },
)

test('the path has as many bars as the symbol: thirty', () => {
  const { path, width } = ean13Path('4006381333931')
  expect(path.match(/M/g)).toHaveLength(30)
  expect(width).toBe(113)
})
