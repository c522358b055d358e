import type { ArticleFile } from '@ecluse/contracts/downloads.ts'
import type { Queryable } from '../../../kernel/db.ts'
import { selectFiles, type FileRow } from '../queries/files.ts'

/** What buyers are given: of each file the newest version that was not withdrawn. */
function currentOf(rows: readonly FileRow[]): FileRow[] {
  const newest = new Map<string, FileRow>()
  for (const row of rows) {
    const name = `${row.variant_id} ${row.label}`
    if (row.withdrawn_at === null && row.version > (newest.get(name)?.version ?? 0)) newest.set(name, row)
  }
  return [...newest.values()]
}

/** The files buyers of these articles are given. */
export async function currentFiles(db: Queryable, variantIds: readonly string[]): Promise<FileRow[]> {
  return currentOf(await selectFiles(db, variantIds))
}

/** Files as staff see them. */
export function viewFiles(rows: readonly FileRow[]): ArticleFile[] {
  const current = new Set(currentOf(rows).map(({ id }) => id))
  return rows
    .filter((row) => row.withdrawn_at === null)
    .map((row) => ({
      id: row.id,
      variantId: row.variant_id,
      label: row.label,
      version: row.version,
      fileName: row.file_name,
      mediaType: row.media_type,
      bytes: Number(row.bytes),
      sha256: row.sha256,
      note: row.note,
      createdAt: row.created_at.toISOString(),
      addedBy: row.actor,
      current: current.has(row.id),
    }))
}
