import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text } from '../../../kernel/messages.ts'
import type { Sender } from '../domain/sender.ts'
import type { Mail } from './mail.ts'

/** Asks whoever reads a mailbox whether they wish news: nothing is sent before they say so. */
export function composeConsentMail(locale: Locale, { sender, link }: { sender: Sender; link: string }): Mail {
  const values = { shop: sender.name }
  const words = (part: string) => text(locale, `mail.consent_confirmation.${part}`, values)
  return {
    subject: words('subject'),
    preheader: words('intro'),
    title: words('title'),
    blocks: [
      { kind: 'text', text: words('intro') },
      { kind: 'link', label: words('confirm'), href: link, weight: 'main' },
      { kind: 'text', text: words('otherwise') },
    ],
    footer: [words('why'), text(locale, 'mail.contact', { shop: sender.name, address: sender.address })],
  }
}
