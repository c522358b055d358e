import webPush from 'web-push'
import type { Config } from '../../../kernel/config.ts'
import { openAgents, postMessage } from '../../../kernel/http/post-message.ts'
import { parseSender } from '../domain/sender.ts'
import { vapidKeysOf } from './domain/vapid-keys.ts'
import type { DeviceRow } from './queries/devices.ts'

/** A notification on its way to one device. */
export type OutgoingPush = {
  readonly device: Pick<DeviceRow, 'endpoint' | 'p256dh' | 'auth'>
  readonly payload: string
  /** What replaces an earlier copy that was not shown yet (RFC 8030, 5.4): 32 characters at most. */
  readonly topic: string
  /** How long a push service keeps it for a device that is off. */
  readonly ttlSeconds: number
  readonly urgent: boolean
}

/** Who carries notifications to devices. */
export type PushProvider = {
  /**
   * `gone`: nobody is there any more, and never will be.
   * @throws when it was not taken now; it is tried again
   */
  send(push: OutgoingPush): Promise<'taken' | 'gone'>
}

const timeoutMs = 10_000

/**
 * Carries notifications by the push service of each browser (RFC 8030), encrypted for it alone (RFC 8291) and signed as ours (RFC 8292).
 * The address came from a browser: it is judged as those of webhooks are.
 */
export function webPushes(config: Config): PushProvider {
  const agents = openAgents()
  const allowPrivate = config.webhookPrivateAddresses === 'allow'
  const vapidDetails = {
    ...vapidKeysOf(config.sessionSecret),
    subject: `mailto:${parseSender(config.mailFrom).address}`,
  }
  return {
    async send({ device: { endpoint, p256dh, auth }, payload, topic, ttlSeconds, urgent }) {
      const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
        vapidDetails,
        TTL: ttlSeconds,
        urgency: urgent ? 'high' : 'normal',
        topic,
        contentEncoding: 'aes128gcm',
      })
      const sent = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const)
      const message = { url: endpoint, headers: Object.fromEntries(sent), body }
      const answer = await postMessage(agents, message, { allowPrivate, timeoutMs })
      // 404 and 410: it was ended there. What was refused for its address or its size will be for ever.
      if ([404, 410].includes(answer.status ?? 0) || answer.error === 'private_address') return 'gone'
      if (answer.error !== null) throw new Error(`push: ${answer.status ?? answer.error} ${answer.text}`.slice(0, 300))
      return 'taken'
    },
  }
}
