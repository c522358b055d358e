import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text } from '../../../kernel/messages.ts'
import type { Sender } from '../domain/sender.ts'
import type { Mail } from './mail.ts'

/** Asks whoever reads a mailbox whether they asked for their data, or to be erased: nothing is done before they say so. */
export function composeRightsMail(
  locale: Locale,
  kind: 'access' | 'erasure' | 'retention' | 'restriction' | 'preferences',
  { sender, link, number, until }: { sender: Sender; link: string; number: string; until: string },
): Mail {
  const values = { shop: sender.name, number, until }
  const words = (part: string) => text(locale, `mail.rights_${kind}.${part}`, values)
  return {
    subject: words('subject'),
    preheader: words('intro'),
    title: words('title'),
    blocks: [
      { kind: 'text', text: words('intro') },
      { kind: 'link', label: words('open'), href: link, weight: 'main' },
      { kind: 'text', text: words('otherwise') },
    ],
    footer: [words('why'), text(locale, 'mail.contact', { shop: sender.name, address: sender.address })],
  }
}
