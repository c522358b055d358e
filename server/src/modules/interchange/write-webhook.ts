import type { Webhook } from '@ecluse/contracts/webhooks.ts'
import { actorLabel, type Ctx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { refuse } from '../../kernel/errors.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { addressFault } from '../../kernel/http/judge-address.ts'
import { newSecret, repeatableSecret, sealSecret } from './domain/webhook-secret.ts'
import { sendWebhooksJob } from './jobs/names.ts'
import {
  deleteWebhookRow,
  disableWebhook,
  enableWebhook,
  insertWebhook,
  replaceSecret,
  updateWebhookRow,
} from './queries/webhooks.ts'
import { readWebhook } from './webhook-view.ts'

const hourMs = 3_600_000

/** The secret a request asks for: random, or the same again for the same idempotency key. */
export function webhookSecretFor(ctx: Ctx): string {
  if (ctx.idempotency === undefined) return newSecret(random(ctx, 32))
  return repeatableSecret(ctx.config.sessionSecret, ctx.idempotency.scope, ctx.idempotency.key)
}

/**
 * Has events sent to an address from now on.
 * @throws interchange.address_refused
 */
export async function createWebhook(
  ctx: Ctx,
  tx: Tx,
  input: { url: string; description: string; types: readonly string[] | null; secret: string },
): Promise<Webhook> {
  checkAddress(ctx, input.url)
  const id = ctx.ids.next()
  const secret = seal(ctx, input.secret)
  await insertWebhook(tx, { ...input, id, secret, createdBy: actorLabel(ctx.actor) }, ctx.clock.now())
  return readWebhook(ctx, tx, id)
}

/**
 * Changes a webhook, pauses it or switches it on again; what waits for it is then sent at once.
 * @throws interchange.webhook_not_found, interchange.address_refused
 */
export async function updateWebhook(
  ctx: Ctx,
  tx: Tx,
  id: string,
  change: { url?: string; description?: string; types?: readonly string[] | null; active?: boolean },
): Promise<Webhook> {
  if (change.url !== undefined) checkAddress(ctx, change.url)
  if (!(await updateWebhookRow(tx, id, change))) throw refuse('interchange.webhook_not_found')
  if (change.active === false) await disableWebhook(tx, id, 'paused', ctx.clock.now())
  if (change.active === true) {
    await enableWebhook(tx, id, ctx.clock.now())
    await enqueue(tx, sendWebhooksJob, {}, { key: sendWebhooksJob.name, keepRunAt: true })
  }
  return readWebhook(ctx, tx, id)
}

/** @throws interchange.webhook_not_found */
export async function deleteWebhook(tx: Tx, id: string): Promise<void> {
  if (!(await deleteWebhookRow(tx, id))) throw refuse('interchange.webhook_not_found')
}

/**
 * Puts a new secret in place. The one before signs as well until the overlap is over; one before that signs no more.
 * @throws interchange.webhook_not_found
 */
export async function rotateSecret(
  ctx: Ctx,
  tx: Tx,
  id: string,
  { secret, overlapHours }: { secret: string; overlapHours: number },
): Promise<Webhook> {
  const until = overlapHours === 0 ? null : new Date(ctx.clock.now().getTime() + overlapHours * hourMs)
  if (!(await replaceSecret(tx, id, seal(ctx, secret), until))) throw refuse('interchange.webhook_not_found')
  return readWebhook(ctx, tx, id)
}

function checkAddress(ctx: Ctx, url: string): void {
  const reason = addressFault(url, ctx.config.webhookPrivateAddresses === 'allow')
  if (reason) throw refuse('interchange.address_refused', { reason })
}

function seal(ctx: Ctx, secret: string): Buffer {
  return sealSecret(ctx.config.sessionSecret, secret, random(ctx, 12))
}

/** At most 32 bytes from the injected source of chance. */
function random(ctx: Ctx, length: number): Buffer {
  return Buffer.concat([ctx.ids.secret(), ctx.ids.secret()].map((text) => Buffer.from(text, 'base64url'))).subarray(
    0,
    length,
  )
}
