import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { windows1252 } from './domain/repair-text.ts'

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type TextEncoding = (typeof encodings)[number]

/**
 * Finds how a file's text is encoded: by its byte order mark; by the zero bytes of UTF-16; UTF-8 when all of it is valid
 * UTF-8; Windows-1252 otherwise, which spreadsheets of western Europe write and in which every byte means something.
 */
export async function detectEncoding(file: Readable): Promise<TextEncoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let start: Buffer = Buffer.alloc(0)
  let sniffed = false
  const sniff = (): TextEncoding | null => {
    sniffed = true
    const marked = byMark(start) ?? byZeroes(start)
    if (marked === null) decoder.decode(start, { stream: true })
    return marked
  }
  try {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      if (sniffed) {
        decoder.decode(chunk, { stream: true })
        continue
      }
      start = Buffer.concat([start, chunk])
      const found = start.length < sampleSize ? null : sniff()
      if (found !== null) return found
    }
    const found = sniffed ? null : sniff()
    if (found !== null) return found
    decoder.decode()
    return 'utf-8'
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252'
    throw error
  } finally {
    file.destroy()
  }
}

const sampleSize = 2_048

function byMark(start: Buffer): TextEncoding | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return null
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  return null
}

/** Without a mark, UTF-16 of a western text has a zero in every other byte. */
function byZeroes(start: Buffer): TextEncoding | null {
  const sample = start.subarray(0, sampleSize)
  let [even, odd] = [0, 0]
  for (let index = 0; index < sample.length; index++) {
    if (sample[index] !== 0) continue
    if (index % 2 === 0) even++
    else odd++
  }
  const most = sample.length / 4
  if (sample.length < 8) return null
  if (odd > most && even === 0) return 'utf-16le'
  if (even > most && odd === 0) return 'utf-16be'
  return null
}

/** Turns the bytes of a file into text, without its byte order mark. */
export function decodeText(encoding: TextEncoding): Transform {
  const decode = decoderOf(encoding)
  let atStart = true
  const clean = (text: string): string => {
    if (!atStart || text === '') return text
    atStart = false
    return text.startsWith('\ufeff') ? text.slice(1) : text
  }
  return new Transform({
    readableObjectMode: false,
    encoding: 'utf8',
    decodeStrings: true,
    transform(chunk: Buffer, _, done) {
      done(null, clean(decode.write(chunk)))
    },
    flush(done) {
      done(null, clean(decode.end()))
    },
  })
}

function decoderOf(encoding: TextEncoding): { write(chunk: Buffer): string; end(): string } {
  if (encoding === 'utf-8') return new StringDecoder('utf8')
  if (encoding === 'windows-1252') return { write: (chunk) => windows1252(chunk.toString('latin1')), end: () => '' }
  const decoder = new StringDecoder('utf16le')
  if (encoding === 'utf-16le') return decoder
  let rest: Buffer = Buffer.alloc(0)
  return {
    write(chunk) {
      const bytes = Buffer.concat([rest, chunk])
      const even = bytes.length - (bytes.length % 2)
      rest = bytes.subarray(even)
      return decoder.write(Buffer.from(bytes.subarray(0, even)).swap16())
    },
    end: () => decoder.end(),
  }
}
