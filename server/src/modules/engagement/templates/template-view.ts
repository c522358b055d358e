import type { MailTemplate } from '@ecluse/contracts/mail-templates.ts'
import type { TemplateRow } from './queries/templates.ts'

/** A template as lists show it. */
export function templateView(row: TemplateRow): MailTemplate {
  return {
    id: row.id,
    name: row.name,
    purpose: row.purpose,
    medium: row.medium,
    topic: row.topic,
    revision: row.revision,
    publishedVersion: row.published_version,
    changed: row.published_revision !== row.revision,
    sent: row.sent,
    updatedAt: row.updated_at.toISOString(),
  }
}
