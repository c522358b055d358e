import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { eventsAt, publish, type StoredEvent } from '../../kernel/outbox.ts'
import { publicEventOf } from './domain/public-event.ts'
import { pauseAfter, readRetryAfter, restAfter } from './domain/webhook-retry.ts'
import { openSecret } from './domain/webhook-secret.ts'
import { signedHeaders } from './domain/webhook-signature.ts'
import { sendWebhooksJob } from './jobs/names.ts'
import { openAgents, postMessage, type Agents, type Answer } from '../../kernel/http/post-message.ts'
import { claimDue, markDelivered, markFailed, type Attempt, type Claimed } from './queries/deliveries.ts'
import { lockClaiming } from './queries/delivery-locks.ts'
import { disableWebhook, noteFailure, selectTargets, type Target } from './queries/webhooks.ts'

const timeoutMs = 15_000
/** Longer than an attempt can take: only a sender that died, or sleeps, loses what it took. */
const leaseMs = 60_000
/** Events under way to one webhook at once. */
const underWayEach = 8
/** After so long a turn the job gives its place back. */
const turnMs = 60_000
/** A webhook that failed at everything for so long is switched off. */
const patienceMs = 3 * 24 * 3_600_000
/** So many answers in a row that are not a success, and the receiver itself is taken to be ill. */
const illAfter = 5

/** Sends what is due, and returns when nothing is. A call while it works has it look again, and returns at once. */
export type Sender = (ctx: Ctx) => Promise<void>

/** Makes the sender of a process: it keeps connections open between its turns. */
export function createSender(limits: { timeoutMs: number } = { timeoutMs }): Sender {
  const agents = openAgents()
  let busy = false
  let poke: (() => void) | undefined
  return async (ctx) => {
    if (busy) return poke?.()
    busy = true
    const underWay = new Set<Promise<void>>()
    const until = ctx.clock.now().getTime() + turnMs
    try {
      for (;;) {
        let poked = false
        const woken = new Promise<void>((resolve) => {
          poke = () => {
            poked = true
            resolve()
          }
        })
        const inTime = ctx.clock.now().getTime() < until
        for (const attempt of inTime ? await takeAndSend(ctx, agents, limits.timeoutMs) : []) {
          const settled: Promise<void> = attempt.finally(() => underWay.delete(settled))
          underWay.add(settled)
        }
        if (underWay.size > 0) await Promise.race([woken, ...underWay])
        else if (!inTime) break
        else if (!poked) return
      }
    } finally {
      busy = false
      await Promise.all(underWay)
    }
    await enqueue(ctx.db, sendWebhooksJob, {}, { key: sendWebhooksJob.name, keepRunAt: true })
  }
}

/** Takes what is due and begins to send it. */
async function takeAndSend(ctx: Ctx, agents: Agents, limitMs: number): Promise<Promise<void>[]> {
  const lease = ctx.ids.next()
  const now = ctx.clock.now()
  const leasedUntil = new Date(now.getTime() + leaseMs)
  const claimed = await inTransaction(ctx.db, async (tx) => {
    await lockClaiming(tx)
    return claimDue(tx, { lease, now, leasedUntil, each: underWayEach })
  })
  if (claimed.length === 0) return []
  const keys = claimed.map((one) => ({ aggregateId: one.aggregate_id, sequence: one.sequence }))
  const [events, targets] = await Promise.all([
    eventsAt(ctx.db, keys),
    selectTargets(ctx.db, [...new Set(claimed.map((one) => one.webhook_id))]),
  ])
  return claimed.map(async (one) => {
    const event = events.find(({ id }) => id === one.event_id)
    const target = targets.find(({ id }) => id === one.webhook_id)
    // Deleted meanwhile: its deliveries went with it.
    if (!event || !target) return
    try {
      const answer = await send(ctx, agents, limitMs, target, event)
      await settle(ctx, one, lease, answer)
    } catch (error) {
      // The lease ends by itself, and the event is sent again.
      ctx.log.error({ err: error, webhook: one.webhook_id, event: one.event_id }, 'a delivery could not be settled')
    }
  })
}

type Sent = Omit<Answer, 'error' | 'durationMs'> & {
  error: Answer['error'] | 'secret_unreadable' | 'event_unreadable'
  durationMs: number | null
}

async function send(ctx: Ctx, agents: Agents, limitMs: number, target: Target, event: StoredEvent): Promise<Sent> {
  const now = ctx.clock.now()
  const secrets = secretsOf(ctx, target, now)
  if (!secrets) return unsent('secret_unreadable')
  let body: string
  try {
    body = JSON.stringify(publicEventOf(event))
  } catch (error) {
    ctx.log.error({ err: error, event: event.id, type: event.type }, 'an event is not what its schema says')
    return unsent('event_unreadable')
  }
  const headers = signedHeaders(secrets, { id: event.id, at: Math.floor(now.getTime() / 1_000), body })
  const message = { url: target.url, headers: { ...headers, 'user-agent': 'Ecluse-Webhooks/1' }, body }
  const allowPrivate = ctx.config.webhookPrivateAddresses === 'allow'
  return postMessage(agents, message, { allowPrivate, timeoutMs: limitMs })
}

function unsent(error: Sent['error']): Sent {
  return { status: null, error, retryAfter: undefined, text: '', durationMs: null }
}

/** The secrets that sign now, the newest first; undefined when the newest cannot be read. */
function secretsOf(ctx: Ctx, target: Target, now: Date): Buffer[] | undefined {
  const current = openSecret(ctx.config.sessionSecret, target.secret)
  if (!current) return undefined
  const overlap = target.previous_secret !== null && target.previous_until !== null && target.previous_until > now
  const previous =
    overlap && target.previous_secret ? openSecret(ctx.config.sessionSecret, target.previous_secret) : undefined
  return previous ? [current, previous] : [current]
}

/** Writes down what came of an attempt, and what follows from it. */
async function settle(ctx: Ctx, one: Claimed, lease: string, sent: Sent): Promise<void> {
  const now = ctx.clock.now()
  const attempt: Attempt = { status: sent.status, durationMs: sent.durationMs, error: sent.error, answer: sent.text }
  if (sent.error === null) return markDelivered(ctx.db, one, lease, attempt, now)
  const retryAfterMs = readRetryAfter(sent.retryAfter, now)
  // The receiver does not want any more (410), or the event will never be readable: trying again is of no use.
  const hopeless = sent.status === 410 || sent.error === 'event_unreadable'
  const pause = hopeless ? null : pauseAfter(one.attempts, chanceOf(ctx), retryAfterMs)
  const nextAt = pause === null ? null : new Date(now.getTime() + pause)
  await markFailed(ctx.db, one, lease, attempt, now, nextAt)
  const failures = one.failures + 1
  const rest = restOf(sent, failures, retryAfterMs)
  const restUntil = rest === null ? null : new Date(now.getTime() + rest)
  const failingSince = await noteFailure(ctx.db, one.webhook_id, failures, restUntil, now)
  ctx.log.warn(
    { webhook: one.webhook_id, event: one.event_id, attempt: one.attempts, error: sent.error },
    'event not delivered',
  )
  if (sent.status === 410) await switchOff(ctx, one.webhook_id, 'gone')
  else if (failingSince && now.getTime() - failingSince.getTime() >= patienceMs)
    await switchOff(ctx, one.webhook_id, 'unreachable')
  await lookAgainAt(ctx, nextAt)
  await lookAgainAt(ctx, restUntil)
}

/** How long the receiver is left alone; null when this failure is the event's rather than the receiver's. */
function restOf(sent: Sent, failures: number, retryAfterMs: number | null): number | null {
  const away = sent.status === null || [429, 502, 503, 504].includes(sent.status)
  if (away) return restAfter(failures, retryAfterMs)
  return failures > illAfter ? restAfter(failures - illAfter, retryAfterMs) : null
}

/** A number from 0 to 1, from the injected source of chance. */
function chanceOf(ctx: Ctx): number {
  return Buffer.from(ctx.ids.secret(), 'base64url').readUInt32LE(0) / 0xffff_ffff
}

async function switchOff(ctx: Ctx, webhookId: string, reason: 'gone' | 'unreachable'): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    if (!(await disableWebhook(tx, webhookId, reason, ctx.clock.now()))) return
    const payload = { endpointId: webhookId, reason }
    await publish(tx, ctx, [{ type: 'interchange.webhook_disabled', version: 1, aggregateId: webhookId, payload }])
  })
  ctx.wakeRelay()
}

/** The job comes by every minute; for what is due sooner it is called. Once a second, whatever fails. */
async function lookAgainAt(ctx: Ctx, at: Date | null): Promise<void> {
  if (!at || at.getTime() - ctx.clock.now().getTime() > 60_000) return
  const runAt = new Date(Math.ceil(at.getTime() / 1_000) * 1_000)
  const key = `${sendWebhooksJob.name}:${runAt.getTime() / 1_000}`
  await enqueue(ctx.db, sendWebhooksJob, {}, { key, keepRunAt: true, runAt })
}
