import type { Queryable } from '../../../kernel/db.ts'
import { pictureBytes } from './queries/templates.ts'

const named = /cid:([0-9a-f]{64})/g

function idsIn(html: string): string[] {
  return [...new Set([...html.matchAll(named)].map(([, id = '']) => id))]
}

/** A message with its pictures within, to be shown in a browser. */
export async function withPictures(db: Queryable, html: string): Promise<string> {
  const ids = idsIn(html)
  if (ids.length === 0) return html
  const found = new Map((await pictureBytes(db, ids)).map((row) => [row.id, row]))
  return html.replace(named, (whole, id: string) => {
    const picture = found.get(id)
    return picture ? `data:${picture.media_type};base64,${picture.bytes.toString('base64')}` : whole
  })
}

/** A picture as a message carries it. */
type Attachment = { cid: string; filename: string; content: Buffer; contentType: string; contentDisposition: 'inline' }

/** The pictures a message names, to travel with it. */
export async function picturesOf(db: Queryable, html: string): Promise<Attachment[]> {
  const ids = idsIn(html)
  if (ids.length === 0) return []
  return (await pictureBytes(db, ids)).map(({ id, media_type, bytes }) => ({
    cid: id,
    filename: `${id.slice(0, 12)}.${media_type.replace('image/', '')}`,
    content: bytes,
    contentType: media_type,
    contentDisposition: 'inline',
  }))
}
