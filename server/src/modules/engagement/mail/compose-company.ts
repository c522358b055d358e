import type { CompanyRole } from '@ecluse/contracts/companies.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text } from '../../../kernel/messages.ts'
import type { RequestForMessage } from '../../orders/public.ts'
import type { Sender } from '../domain/sender.ts'
import { formatDay, formatMoney } from './format.ts'
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

const requestTemplates = ['approval_asked', 'request_approved', 'request_refused', 'request_expired'] as const
export type RequestTemplate = (typeof requestTemplates)[number]
export const isRequestTemplate = (template: string): template is RequestTemplate =>
  (requestTemplates as readonly string[]).includes(template)

/** The messages about a purchase that needs approval. */
export function composeRequestMail(
  locale: Locale,
  template: RequestTemplate,
  request: RequestForMessage & { readonly name: string },
  { sender, link }: { sender: Sender; link: string },
): Mail {
  const values = {
    number: request.number,
    company: request.companyName,
    requester: request.requesterName,
    site: request.siteName ?? '',
    total: formatMoney(request.total, locale),
    date: formatDay(request.expiresAt.toISOString(), locale, 'Europe/Paris'),
    reason: request.reason ?? '',
    payment: request.payment,
  }
  const words = (part: string) => text(locale, `mail.${template}.${part}`, values)
  return {
    subject: words('subject'),
    preheader: words('intro'),
    title: words('title'),
    blocks: [
      { kind: 'text', text: text(locale, 'mail.greeting', { name: request.name }) },
      { kind: 'text', text: words('intro') },
      ...(request.reason ? [{ kind: 'text' as const, text: text(locale, 'mail.request.reason', values) }] : []),
      { kind: 'link', label: words('see'), href: link, weight: 'main' },
    ],
    footer: [
      text(locale, 'mail.request.why', values),
      text(locale, 'mail.contact', { shop: sender.name, address: sender.address }),
    ],
  }
}
