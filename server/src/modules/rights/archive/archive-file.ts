import { createReadStream, mkdirSync, type ReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { assert } from '../../../kernel/assert.ts'
import type { Config } from '../../../kernel/config.ts'

const isId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

/** Where the archive of a request lies, named by its id alone. Several server processes must share this folder. */
export function archivePath({ dataDir }: Pick<Config, 'dataDir'>, requestId: string): string {
  assert(isId.test(requestId), 'an archive is named by its request')
  const folder = join(dataDir, 'rights')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return join(folder, `${requestId}.zip`)
}

export function openArchive(config: Pick<Config, 'dataDir'>, requestId: string): ReadStream {
  return createReadStream(archivePath(config, requestId))
}

export async function removeArchive(config: Pick<Config, 'dataDir'>, requestId: string): Promise<void> {
  const path = archivePath(config, requestId)
  await Promise.all([rm(path, { force: true }), rm(`${path}.part`, { force: true })])
}
