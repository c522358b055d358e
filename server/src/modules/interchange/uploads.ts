import { createWriteStream, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../../kernel/config.ts'
import { localFile } from './local-file.ts'
import type { SourceFile } from './read-csv.ts'

/** Where uploaded files wait to be imported. Several server processes must share this folder. */
function uploadsDir(config: Config): string {
  const folder = join(config.dataDir, 'uploads')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

function uploadPath(config: Config, importId: string): string {
  return join(uploadsDir(config), `${importId}.csv`)
}

/** Stores an upload as it comes in, without holding it in memory. @returns its size in bytes */
export async function storeUpload(config: Config, importId: string, content: Readable): Promise<number> {
  const path = uploadPath(config, importId)
  try {
    await pipeline(content, createWriteStream(path, { mode: 0o600 }))
    return localFile(path).size
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** An uploaded file, or undefined when it is gone. */
export function openUpload(config: Config, importId: string): SourceFile | undefined {
  try {
    return localFile(uploadPath(config, importId))
  } catch {
    return undefined
  }
}

/** Uploads hold personal data: they are kept no longer than their import. */
export async function removeUpload(config: Config, importId: string): Promise<void> {
  await rm(uploadPath(config, importId), { force: true })
}
