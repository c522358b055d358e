import type { CompanyRole } from '@ecluse/contracts/companies.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text } from '../../../kernel/messages.ts'
import type { Sender } from '../domain/sender.ts'
import { formatDay } from './format.ts'
import type { Mail } from './mail.ts'

/** The message that invites somebody to buy for a company. */
export function composeInvitationMail(
  locale: Locale,
  invitation: { name: string; role: CompanyRole; company: string; expiresAt: Date },
  { sender, link }: { sender: Sender; link: string },
): Mail {
  const values = {
    company: invitation.company,
    shop: sender.name,
    role: invitation.role,
    date: formatDay(invitation.expiresAt.toISOString(), locale, 'Europe/Paris'),
  }
  const words = (part: string) => text(locale, `mail.company_invitation.${part}`, values)
  return {
    subject: words('subject'),
    preheader: words('intro'),
    title: words('title'),
    blocks: [
      { kind: 'text', text: text(locale, 'mail.greeting', { name: invitation.name }) },
      { kind: 'text', text: words('intro') },
      { kind: 'link', label: words('accept'), href: link, weight: 'main' },
      { kind: 'text', text: words('until') },
    ],
    footer: [words('why'), text(locale, 'mail.contact', { shop: sender.name, address: sender.address })],
  }
}
