import { deflateSync } from 'node:zlib'

type Picture = { readonly width: number; readonly height: number; readonly rgba: Uint8Array }
/** A colour of the histogram (5 bits a channel), how many pixels have it, and the sum of what they are exactly. */
type Bin = { readonly key: number; count: number; readonly sum: [number, number, number] }

const binOf = (rgba: Uint8Array, at: number) =>
  (((rgba[at] ?? 0) >> 3) << 10) | (((rgba[at + 1] ?? 0) >> 3) << 5) | ((rgba[at + 2] ?? 0) >> 3)
const channelOf = (bin: Bin, channel: number) => (bin.sum[channel] ?? 0) / bin.count

/** A PNG of 256 colours at most (median cut): a third of the size, and screens hardly have more. Transparency is dropped. */
export function palettePng({ width, height, rgba }: Picture): Buffer {
  const boxes = cut([...histogram(rgba).values()])
  const palette = Buffer.alloc(boxes.length * 3)
  const indexOf = new Map<number, number>()
  boxes.forEach((box, index) => {
    const count = box.reduce((sum, bin) => sum + bin.count, 0)
    for (const channel of [0, 1, 2])
      palette[index * 3 + channel] = Math.round(box.reduce((sum, bin) => sum + (bin.sum[channel] ?? 0), 0) / count)
    for (const { key } of box) indexOf.set(key, index)
  })
  // Each row begins with the number of its filter: none.
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + x + 1] = indexOf.get(binOf(rgba, (y * width + x) * 4)) ?? 0
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function histogram(rgba: Uint8Array): Map<number, Bin> {
  const bins = new Map<number, Bin>()
  for (let at = 0; at < rgba.length; at += 4) {
    const key = binOf(rgba, at)
    const bin = bins.get(key) ?? { key, count: 0, sum: [0, 0, 0] }
    bin.count++
    for (const channel of [0, 1, 2] as const) bin.sum[channel] += rgba[at + channel] ?? 0
    bins.set(key, bin)
  }
  return bins
}

/** Cuts the box with the widest spread, weighed gently by its pixels, until there are 256 or nothing is left to cut. */
function cut(bins: Bin[]): Bin[][] {
  const boxes = [{ bins, ...spread(bins) }]
  while (boxes.length < 256) {
    const widest = boxes.reduce((best, box) => (box.score > best.score ? box : best))
    if (widest.score === 0) break
    const sorted = widest.bins.toSorted((a, b) => channelOf(a, widest.channel) - channelOf(b, widest.channel))
    const half = sorted.length >> 1
    boxes.splice(boxes.indexOf(widest), 1)
    for (const part of [sorted.slice(0, half), sorted.slice(half)]) boxes.push({ bins: part, ...spread(part) })
  }
  return boxes.map((box) => box.bins)
}

function spread(bins: readonly Bin[]): { channel: number; score: number } {
  const weight = bins.reduce((sum, bin) => sum + bin.count, 0) ** 0.3
  const [best = { channel: 0, score: 0 }] = [0, 1, 2]
    .map((channel) => {
      const values = bins.map((bin) => channelOf(bin, channel))
      const least = values.reduce((a, b) => Math.min(a, b), 255)
      return { channel, score: bins.length < 2 ? 0 : (values.reduce((a, b) => Math.max(a, b), 0) - least) * weight }
    })
    .toSorted((a, b) => b.score - a.score)
  return best
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc(body), body.length + 4)
  return framed
}

/** CRC-32 as PNG asks for it (ISO 3309). */
function crc(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return ~value >>> 0
}
