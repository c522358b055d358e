import { text } from '../../../kernel/messages.ts'
import { homeZone } from './blocks.ts'
import { formatDay, formatMoment } from './format.ts'
import type { Block } from './mail.ts'
import type { MailData } from './mail-data.ts'

/** A link for each file that can be fetched; the day on which the others are given. */
export function fileBlocks({ locale, downloads }: MailData): Block[] {
  const items = downloads?.items ?? []
  return items.flatMap((item): Block[] => {
    if (item.state === 'waiting') {
      const date = formatDay(item.availableFrom, locale, homeZone)
      return [{ kind: 'text', text: text(locale, 'mail.downloads.waiting', { name: item.name, date }) }]
    }
    const links = item.files.flatMap(({ label, url }): Block[] =>
      url ? [{ kind: 'link', label: text(locale, 'mail.downloads.get', { label }), href: url, weight: 'main' }] : [],
    )
    if (links.length === 0 || item.expiresAt === null) return []
    const date = formatDay(item.expiresAt, locale, homeZone)
    const count = Math.max(...item.files.map(({ left }) => left))
    return [
      { kind: 'text', text: text(locale, 'mail.downloads.until', { name: item.name, date, count: String(count) }) },
      ...links,
    ]
  })
}

/**
 * What its buyer agreed to, word for word, confirmed on a durable medium: without this confirmation they would not have lost the right to
 * withdraw (Code de la consommation, L221-13 and L221-28, 13°).
 */
export function consentBlock({ locale, downloads }: MailData): Block | null {
  const consent = downloads?.consent
  if (!consent) return null
  return {
    kind: 'note',
    title: text(locale, 'mail.downloads.consent'),
    paragraphs: [
      text(locale, 'mail.downloads.agreed', { at: formatMoment(consent.agreedAt, locale, homeZone) }),
      consent.statement,
    ],
  }
}

/** Whether there is nothing left to withdraw from: files alone, asked for at once. */
export function nothingToWithdraw({ order, downloads }: MailData): boolean {
  return !!downloads?.consent && order.lines.every((line) => line.downloadFrom !== null)
}
