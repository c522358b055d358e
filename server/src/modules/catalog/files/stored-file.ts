import { createHash, type Hash } from 'node:crypto'
import { createWriteStream, mkdirSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { assert } from '../../../kernel/assert.ts'
import type { Config } from '../../../kernel/config.ts'

const isId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

/**
 * Where the content of a file lies: named by its id alone, so that no name anybody types reaches the disk. Several server processes must
 * share this folder.
 */
export function storedPath({ dataDir }: Pick<Config, 'dataDir'>, fileId: string): string {
  assert(isId.test(fileId), 'a file is named by its id')
  return join(dataDir, 'downloads', fileId)
}

/** Keeps a file as it comes in, without holding it in memory; it is there whole or not at all. */
export async function storeFile(
  config: Pick<Config, 'dataDir'>,
  fileId: string,
  content: Readable,
): Promise<{ bytes: number; sha256: string }> {
  const path = storedPath(config, fileId)
  const partial = `${path}.part`
  mkdirSync(join(config.dataDir, 'downloads'), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  const counted = counter(hash)
  try {
    await pipeline(content, counted.through, createWriteStream(partial, { mode: 0o600 }))
    await rename(partial, path)
    return { bytes: counted.bytes(), sha256: hash.digest('hex') }
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

function counter(hash: Hash): { through: Transform; bytes(): number } {
  let bytes = 0
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return { through, bytes: () => bytes }
}

/** Removes what nobody has: its record was not written. */
export async function removeStored(config: Pick<Config, 'dataDir'>, fileId: string): Promise<void> {
  await rm(storedPath(config, fileId), { force: true })
}
