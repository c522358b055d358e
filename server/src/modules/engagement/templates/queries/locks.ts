import sql from 'sql-template-tag'
import { maybeOne, type Tx } from '../../../../kernel/db.ts'
import type { TemplateRow } from './templates.ts'

/** Locks a template: changes and publishing of it come one after the other. */
export function lockTemplate(tx: Tx, id: string): Promise<Omit<TemplateRow, 'sent'> | undefined> {
  return maybeOne(
    tx,
    sql`select id, name, purpose, medium, topic, content, revision, published_version, published_revision, updated_at
        from engagement.mail_template where id = ${id} and archived_at is null for update`,
  )
}
