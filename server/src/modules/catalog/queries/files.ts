import sql from 'sql-template-tag'
import { execute, maybeOne, query, type Queryable, type Tx } from '../../../kernel/db.ts'

export type FileRow = {
  id: string
  variant_id: string
  label: string
  version: number
  file_name: string
  media_type: string
  bytes: bigint
  sha256: string
  note: string
  actor: string | null
  created_at: Date
  withdrawn_at: Date | null
}

export async function insertFile(tx: Tx, row: Omit<FileRow, 'withdrawn_at'>): Promise<void> {
  await execute(
    tx,
    sql`insert into catalog.download_file
          (id, variant_id, label, version, file_name, media_type, bytes, sha256, note, actor, created_at)
        values (${row.id}, ${row.variant_id}, ${row.label}, ${row.version}, ${row.file_name}, ${row.media_type}, ${row.bytes},
          ${row.sha256}, ${row.note}, ${row.actor}, ${row.created_at})`,
  )
}

/** Every version of the files of articles, the newest of each first. */
export async function selectFiles(db: Queryable, variantIds: readonly string[]): Promise<FileRow[]> {
  return query(
    db,
    sql`select * from catalog.download_file where variant_id = any(${variantIds}::uuid[])
        order by variant_id, label, version desc`,
  )
}

export async function selectFilesOfProduct(db: Queryable, productId: string): Promise<FileRow[]> {
  return query(
    db,
    sql`select f.* from catalog.download_file f join catalog.variant v on v.id = f.variant_id
        where v.product_id = ${productId} order by v.position, f.label, f.version desc`,
  )
}

export async function selectFile(db: Queryable, id: string): Promise<FileRow | undefined> {
  return maybeOne(db, sql`select * from catalog.download_file where id = ${id}`)
}

/** What an article is, for whoever attaches a file to it. */
export async function kindOfVariant(
  db: Queryable,
  variantId: string,
): Promise<{ product_id: string; kind: string } | undefined> {
  return maybeOne(
    db,
    sql`select v.product_id, p.kind from catalog.variant v join catalog.product p on p.id = v.product_id
        where v.id = ${variantId}`,
  )
}

export async function withdrawFile(tx: Tx, id: string, at: Date): Promise<void> {
  await execute(tx, sql`update catalog.download_file set withdrawn_at = ${at} where id = ${id}`)
}

export async function selectFilesByIds(db: Queryable, ids: readonly string[]): Promise<FileRow[]> {
  return query(db, sql`select * from catalog.download_file where id = any(${ids}::uuid[])`)
}
