import type { Locale, PostalAddress } from '@ecluse/contracts/scalars.ts'
import type { Services } from '../../../kernel/context.ts'
import { text } from '../../../kernel/messages.ts'
import { membersOf, writeConsentToken } from '../../customers/public.ts'
import { quietMoment } from '../domain/quiet-hours.ts'
import { TextRefused, type CarriedText, type TextProvider } from '../media/text-provider.ts'
import { contactFacts } from '../queries/contacts.ts'
import { payloadOf } from './domain/notification.ts'
import type { PushProvider } from './push-provider.ts'
import { devicesOf, dropDevice } from './queries/devices.ts'

type Preferences = (locale: Locale, token: string) => string

const hourMs = 3_600_000
/** What somebody asked for may wait a day for their telephone to be on. */
const serviceTtl = 24 * 3_600
/** What sells is not shown at night because the telephone was off in the evening. */
const sellingHours = [6, 3, 1] as const
const shortestTtl = 900

/**
 * Carries notifications to all devices of a customer. It has arrived when one of them took it; a device that is gone is forgotten, and
 * when all are, the message is refused for good. Another attempt replaces what an earlier one left with a push service, and in a
 * browser: nobody sees it twice.
 */
export function pushCarrier(
  { config, db, clock, log }: Services,
  provider: PushProvider,
  preferences: Preferences,
): TextProvider {
  return {
    async send(message) {
      const { key, partyId } = message
      const devices = partyId === null ? [] : await devicesOf(db, await membersOf(db, partyId))
      const payload = payloadOf(notificationOf(message))
      const topic = key.replaceAll('-', '')
      const ttlSeconds = await ttlOf(message)
      const told = await Promise.allSettled(
        devices.map(async (device) => {
          const how = await provider.send({ device, payload, topic, ttlSeconds, urgent: message.purpose === 'service' })
          if (how === 'gone') await dropDevice(db, device.device)
          return how
        }),
      )
      if (told.some((one) => one.status === 'fulfilled' && one.value === 'taken')) return { reference: null }
      for (const one of told) if (one.status === 'rejected') throw one.reason
      log.info({ messageId: key }, 'no device is left to notify')
      throw new TextRefused('no device is left')
    },
  }

  function notificationOf({ key, title, text: body, link, purpose, partyId, locale }: CarriedText) {
    const token =
      purpose === 'service' || partyId === null
        ? null
        : writeConsentToken(config, { may: 'prefer', partyId, medium: 'push', purpose })
    const choose = token === null ? null : { link: preferences(locale, token), label: text(locale, 'push.choose') }
    return { title, body, link, choose, tag: key, locale }
  }

  async function ttlOf({ purpose, partyId }: CarriedText): Promise<number> {
    if (purpose === 'service' || partyId === null) return serviceTtl
    const { address } = await contactFacts(db, partyId, purpose)
    const now = clock.now().getTime()
    const hours = sellingHours.find(
      (one) => quietMoment('push', new Date(now + one * hourMs), placeOf(address)).allowed,
    )
    return hours === undefined ? shortestTtl : hours * 3_600
  }
}

const placeOf = (address: PostalAddress | null) => address ?? { country: 'FR', postalCode: '' }
