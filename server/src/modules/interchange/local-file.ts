import { createReadStream, statSync } from 'node:fs'
import type { SourceFile } from './read-csv.ts'

/** A file on this machine, to be imported. @throws when it does not exist or is no file */
export function localFile(path: string): SourceFile {
  return { size: statSync(path).size, open: () => createReadStream(path) }
}
