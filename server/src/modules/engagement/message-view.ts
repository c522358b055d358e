import type { Message } from '@ecluse/contracts/engagement.ts'
import type { MessageRow } from './queries/messages.ts'

/** A message as lists show it. */
export function messageView(row: MessageRow): Message {
  return {
    id: row.id,
    medium: row.medium,
    template: row.template,
    to: row.recipient,
    subject: row.subject,
    state: row.state,
    orderId: ['own', 'text', 'journey'].includes(row.template) ? null : row.order_id,
    purpose: row.purpose,
    customerId: row.party_id,
    source:
      row.template_id === null
        ? null
        : { templateId: row.template_id, name: row.template_name ?? '', version: row.template_version },
    createdAt: row.created_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    attempts: row.attempts,
    error: row.error,
    parts: row.parts,
    costMicro: row.cost_micro === null ? null : Number(row.cost_micro),
    reference: row.provider_ref,
    delivery: row.delivery,
    deliveryAt: row.delivery_at?.toISOString() ?? null,
  }
}
