import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text } from '../../../kernel/messages.ts'
import type { Sender } from '../domain/sender.ts'
import { formatDay } from './format.ts'
import type { Mail } from './mail.ts'

/** Tells a member that points of theirs end, and when: nothing is sold by it. */
export function composeEnding(
  locale: Locale,
  { sender, points, at, link }: { sender: Sender; points: number; at: Date; link: string },
): Mail {
  // Points end as a day begins: the last day they serve is the one before.
  const last = new Date(at.getTime() - 1).toISOString()
  const values = { points, day: formatDay(last, locale, 'Europe/Paris') }
  return {
    subject: text(locale, 'mail.points_ending.subject', values),
    preheader: text(locale, 'mail.points_ending.intro', values),
    title: text(locale, 'mail.points_ending.title'),
    blocks: [
      { kind: 'text', text: text(locale, 'mail.points_ending.intro', values) },
      { kind: 'link', label: text(locale, 'mail.points_ending.open'), href: link, weight: 'main' },
    ],
    footer: [
      text(locale, 'mail.points_ending.why', { shop: sender.name }),
      text(locale, 'mail.contact', { shop: sender.name, address: sender.address }),
    ],
  }
}
