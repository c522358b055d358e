import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { Zip, ZipDeflate } from 'fflate'

/** A ZIP that is written as its files come, one after the other. */
export type ZipFile = { add(name: string, pieces: Iterable<string>): Promise<void> }

/**
 * Writes a ZIP file: what it holds is not held in memory, and the file is there whole or not at all.
 * @returns its size in bytes and its SHA-256
 */
export async function writeZip(
  path: string,
  now: Date,
  fill: (zip: ZipFile) => Promise<void>,
): Promise<{ bytes: number; sha256: string }> {
  const partial = `${path}.part`
  const out = createWriteStream(partial, { mode: 0o600 })
  const hash = createHash('sha256')
  let bytes = 0
  const zip = new Zip((error, chunk) => {
    if (error) return void out.destroy(error)
    hash.update(chunk)
    bytes += chunk.length
    out.write(chunk)
  })
  try {
    await fill({
      async add(name, pieces) {
        const file = new ZipDeflate(name, { level: 6 })
        file.mtime = now
        zip.add(file)
        for (const piece of pieces) {
          file.push(Buffer.from(piece))
          if (out.writableNeedDrain) await once(out, 'drain')
        }
        file.push(new Uint8Array(0), true)
      },
    })
    zip.end()
    out.end()
    await finished(out)
    await rename(partial, path)
    return { bytes, sha256: hash.digest('hex') }
  } catch (error) {
    // What was still on its way is dropped with the file.
    out.on('error', () => undefined)
    out.destroy()
    await rm(partial, { force: true })
    throw error
  }
}
