import { afterEach, vi } from 'vitest'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { createTestShop } from '../../../../test/kit/shop.ts'
import { command } from '../../../kernel/command.ts'
import { publish } from '../../../kernel/outbox.ts'
import { createSender } from '../send-deliveries.ts'
import type { Received } from './receiver.ts'

export const day = 86_400_000

/** A shop whose webhooks may go to this machine, and how to have something to tell. Call it at the top of a test file. */
export async function openWebhookShop() {
  const shop = await createTestShop({ products: 1, unitsPerPlace: 5 }, { config: { webhookPrivateAddresses: 'allow' } })
  const { ctx, asStaff, settle } = shop
  await settle()
  const staff = asStaff()
  const captured = (aggregateId: string) => ({
    type: 'payments.payment_captured',
    version: 1,
    aggregateId,
    payload: { paymentId: ctx.ids.next(), method: 'cash', amountMinor: 1_200, currency: 'EUR', secretNote: 'stays' },
  })
  afterEach(async () => {
    vi.useRealTimers()
    for (const { id } of (await staff(endpoints.listWebhooks)).items)
      await staff(endpoints.deleteWebhook, { params: { webhookId: id } })
  })
  const tell = (aggregateIds: readonly string[]) => command(ctx, (tx) => publish(tx, ctx, aggregateIds.map(captured)))
  return {
    ...shop,
    /** Writes events of these aggregates into the outbox, one each, in this order. */
    tell,
    staff,
    send: createSender({ timeoutMs: 300 }),
    /** Writes events of these aggregates into the outbox, one each, in this order, and hands them to the webhooks. */
    async happen(...aggregateIds: string[]): Promise<void> {
      await tell(aggregateIds)
      await settle()
    },
    async subscribe(url: string, types: ['payments.payment_captured'] | null = ['payments.payment_captured']) {
      const { webhook, secret } = await staff(endpoints.createWebhook, { body: { url, types } })
      const params = { webhookId: webhook.id }
      return {
        params,
        secret,
        read: () => staff(endpoints.getWebhook, { params }),
        list: async (query = {}) => (await staff(endpoints.listDeliveries, { params, query })).items,
      }
    },
  }
}

export const sequencesOf = (received: Received[], aggregateId: string): number[] =>
  received.filter(({ event }) => event.aggregateId === aggregateId).map(({ event }) => event.sequence)
