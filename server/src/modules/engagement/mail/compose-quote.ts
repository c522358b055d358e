import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text } from '../../../kernel/messages.ts'
import type { QuoteForMessage } from '../../orders/public.ts'
import type { Sender } from '../domain/sender.ts'
import { formatDay, formatMoney } from './format.ts'
import type { Mail, Qr } from './mail.ts'

/** The message that brings a quote: what it comes to, until when, the page to accept it on, and the pass for a shop. */
export function composeQuoteMail(
  locale: Locale,
  quote: QuoteForMessage,
  { sender, link, qr }: { sender: Sender; link: string; qr: Qr | null },
): Mail {
  const values = {
    number: quote.number,
    revision: quote.revision,
    shop: sender.name,
    total: formatMoney(quote.total, locale),
    date: formatDay(quote.validUntil.toISOString(), locale, 'Europe/Paris'),
  }
  const words = (part: string) => text(locale, `mail.quote_sent.${part}`, values)
  return {
    subject: words('subject'),
    preheader: words('intro'),
    title: words('title'),
    blocks: [
      { kind: 'text', text: text(locale, 'mail.greeting', { name: quote.contactName }) },
      { kind: 'text', text: words('intro') },
      { kind: 'link', label: words('see'), href: link, weight: 'main' },
      ...(quote.passCode && qr
        ? [{ kind: 'pass' as const, label: words('pass'), code: quote.passCode, hint: words('pass_hint'), qr }]
        : []),
    ],
    footer: [words('why'), text(locale, 'mail.contact', { shop: sender.name, address: sender.address })],
  }
}
