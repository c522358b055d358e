import type { Delivery, Webhook } from '@ecluse/contracts/webhooks.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Queryable } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { selectDelivery, type DeliveryRow } from './queries/deliveries.ts'
import { selectWebhooks, type WebhookRow } from './queries/webhooks.ts'

/** @throws interchange.webhook_not_found */
export async function readWebhook(ctx: Ctx, db: Queryable, webhookId: string): Promise<Webhook> {
  const [row] = await selectWebhooks(db, ctx.clock.now(), webhookId)
  if (!row) throw refuse('interchange.webhook_not_found')
  return webhookView(row)
}

export function webhookView(row: WebhookRow): Webhook {
  const { id, url, description, types, active } = row
  return {
    id,
    url,
    description,
    types,
    active,
    disabledReason: row.disabled_reason,
    disabledAt: instant(row.disabled_at),
    restingUntil: instant(row.resting_until),
    previousSecretUntil: instant(row.previous_until),
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    health: {
      waiting: row.waiting,
      oldestWaitingAt: instant(row.oldest_waiting_at),
      delivered24h: row.delivered_24h,
      failing24h: row.failing_24h,
      lastDeliveredAt: instant(row.last_delivered_at),
      lastError: row.last_error,
      lastErrorAt: instant(row.last_error_at),
    },
  }
}

/** @throws interchange.delivery_not_found */
export async function readDelivery(db: Queryable, webhookId: string, eventId: string): Promise<Delivery> {
  const row = await selectDelivery(db, webhookId, eventId)
  if (!row) throw refuse('interchange.delivery_not_found')
  return deliveryView(row)
}

export function deliveryView(row: DeliveryRow): Delivery {
  return {
    eventId: row.event_id,
    type: row.type,
    aggregateId: row.aggregate_id,
    sequence: row.sequence,
    state: row.state,
    behind: row.behind,
    attempts: row.attempts,
    createdAt: row.created_at.toISOString(),
    nextAttemptAt: row.state === 'waiting' ? row.next_attempt_at.toISOString() : null,
    lastAttemptAt: instant(row.last_attempt_at),
    deliveredAt: instant(row.delivered_at),
    status: row.status,
    durationMs: row.duration_ms,
    error: row.error,
    answer: row.answer,
  }
}

function instant(at: Date | null): string | null {
  return at === null ? null : at.toISOString()
}
