import type { Webhook } from '@ecluse/contracts/webhooks.ts'
import { webhookEndpoints as endpoints } from '@ecluse/contracts/webhooks.ts'
import { command, Replay } from '../../kernel/command.ts'
import { cursorPatterns, decodeCursor, pageOf } from '../../kernel/cursor.ts'
import { refuse } from '../../kernel/errors.ts'
import { implement, type Routes } from '../../kernel/http/implement.ts'
import { eventsAt } from '../../kernel/outbox.ts'
import { publicEventOf } from './domain/public-event.ts'
import { selectDeliveries } from './queries/deliveries.ts'
import { selectWebhooks } from './queries/webhooks.ts'
import { listEventTypes, readEvents, typesOf } from './read-events.ts'
import { countReplay, mostReplayed, replayEvents, resendDelivery, sendTestEvent } from './resend-events.ts'
import { deliveryView, readDelivery, readWebhook, webhookView } from './webhook-view.ts'
import { createWebhook, deleteWebhook, rotateSecret, updateWebhook, webhookSecretFor } from './write-webhook.ts'

/** Webhooks, what was sent to them, and the list of events. */
export const webhookRoutes: Routes = (app, services) => {
  managing(app, services)
  secrets(app, services)
  deliveries(app, services)
  implement(app, services, 'listEventTypes', endpoints.listEventTypes, async () => ({ items: listEventTypes() }))
  implement(app, services, 'listEvents', endpoints.listEvents, (ctx, { query }) => readEvents(ctx, query))
}

const managing: Routes = (app, services) => {
  implement(app, services, 'listWebhooks', endpoints.listWebhooks, async (ctx) => ({
    items: (await selectWebhooks(ctx.db, ctx.clock.now())).map(webhookView),
  }))

  implement(app, services, 'getWebhook', endpoints.getWebhook, (ctx, { params }) =>
    readWebhook(ctx, ctx.db, params.webhookId),
  )

  implement(app, services, 'updateWebhook', endpoints.updateWebhook, (ctx, { params, body }) =>
    command(ctx, (tx) => updateWebhook(ctx, tx, params.webhookId, body)),
  )

  implement(app, services, 'deleteWebhook', endpoints.deleteWebhook, async (ctx, { params }) => {
    await command(ctx, (tx) => deleteWebhook(tx, params.webhookId))
    return undefined
  })
}

/** The two answers that hold a secret: what is kept for the idempotency key is the answer without it. */
const secrets: Routes = (app, services) => {
  implement(app, services, 'createWebhook', endpoints.createWebhook, async (ctx, { body }, { reply }) => {
    const secret = webhookSecretFor(ctx)
    reply.header('cache-control', 'no-store')
    return { webhook: await onceOnly(command(ctx, (tx) => createWebhook(ctx, tx, { ...body, secret }))), secret }
  })

  implement(app, services, 'rotateWebhookSecret', endpoints.rotateWebhookSecret, async (ctx, input, { reply }) => {
    const secret = webhookSecretFor(ctx)
    const { overlapHours } = input.body
    reply.header('cache-control', 'no-store')
    const made = command(ctx, (tx) => rotateSecret(ctx, tx, input.params.webhookId, { secret, overlapHours }))
    return { webhook: await onceOnly(made), secret }
  })
}

async function onceOnly(work: Promise<Webhook>): Promise<Webhook> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Replay) return error.response as Webhook
    throw error
  }
}

const deliveries: Routes = (app, services) => {
  implement(app, services, 'listDeliveries', endpoints.listDeliveries, async (ctx, { params, query }) => {
    const { webhookId } = params
    await readWebhook(ctx, ctx.db, webhookId)
    const beforeId = decodeCursor(query.cursor, [cursorPatterns.uuid])?.[0]
    const { state, type, limit } = query
    const rows = await selectDeliveries(ctx.db, { webhookId, state, type, beforeId, limit: limit + 1 })
    return pageOf(rows, limit, deliveryView, (row) => [row.event_id])
  })

  implement(app, services, 'getDelivery', endpoints.getDelivery, async (ctx, { params }) => {
    const delivery = await readDelivery(ctx.db, params.webhookId, params.eventId)
    const [event] = await eventsAt(ctx.db, [delivery])
    if (!event) throw refuse('interchange.delivery_not_found')
    return { delivery, event: publicEventOf(event) }
  })

  implement(app, services, 'testWebhook', endpoints.testWebhook, (ctx, { params }) =>
    command(ctx, (tx) => sendTestEvent(ctx, tx, params.webhookId)),
  )

  implement(app, services, 'resendDelivery', endpoints.resendDelivery, (ctx, { params }) =>
    command(ctx, (tx) => resendDelivery(ctx, tx, params.webhookId, params.eventId)),
  )

  implement(app, services, 'countReplay', endpoints.countReplay, async (ctx, { params, query }) => {
    const replay = { ...query, types: typesOf(query.types) }
    return { count: await countReplay(ctx, ctx.db, params.webhookId, replay), most: mostReplayed }
  })

  implement(app, services, 'replayEvents', endpoints.replayEvents, (ctx, { params, body }) =>
    command(ctx, async (tx) => ({ count: await replayEvents(ctx, tx, params.webhookId, body) })),
  )
}
