import type { Appointment } from '@ecluse/contracts/appointments.ts'
import { formatPhone } from '@ecluse/contracts/format-phone.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import { text } from '../../../kernel/messages.ts'
import type { Sender } from '../domain/sender.ts'
import type { AppointmentTemplate } from '../domain/template.ts'
import { formatMoment } from './format.ts'
import type { Block, Mail } from './mail.ts'

/** What the message of an appointment is made of. */
export type AppointmentMail = {
  readonly locale: Locale
  readonly appointment: Appointment
  readonly place: {
    readonly street: string
    readonly postal_code: string
    readonly locality: string
    readonly phone: string | null
  }
  readonly sender: Sender
  readonly link: string
  readonly calendar: string
}

/** Messages to whoever has an appointment: when and where, a file for their calendar, and the page to move or cancel it on. */
export function composeAppointmentMail(template: AppointmentTemplate, data: AppointmentMail): Mail {
  const { locale, appointment, place, sender, link, calendar } = data
  const values = {
    service: appointment.serviceName,
    site: appointment.siteName,
    shop: sender.name,
    when: formatMoment(appointment.startsAt, locale, appointment.timeZone),
    until: appointment.offerExpiresAt ? formatMoment(appointment.offerExpiresAt, locale, appointment.timeZone) : '',
  }
  const words = (part: string) => text(locale, `mail.${template}.${part}`, values)
  const common = (part: string) => text(locale, `mail.appointment.${part}`, values)
  const phone = place.phone ? [formatPhone(place.phone, locale)] : []
  const offered = template === 'appointment_offered'
  const ahead: Block[] =
    template === 'appointment_cancelled'
      ? []
      : [
          {
            kind: 'facts',
            title: appointment.serviceName,
            facts: [
              { label: common('when'), lines: [values.when] },
              {
                label: text(locale, 'mail.shop'),
                lines: [values.site, place.street, `${place.postal_code} ${place.locality}`, ...phone],
              },
              { label: common('code'), lines: [appointment.code] },
            ],
          },
          { kind: 'link', label: offered ? words('take') : common('see'), href: link, weight: 'main' },
          ...(offered
            ? []
            : [{ kind: 'link' as const, label: common('calendar'), href: calendar, weight: 'quiet' as const }]),
        ]
  return {
    subject: words('subject'),
    preheader: words('intro'),
    title: words('title'),
    blocks: [
      { kind: 'text', text: text(locale, 'mail.greeting', { name: appointment.contact.name }) },
      { kind: 'text', text: words('intro') },
      ...ahead,
    ],
    footer: [common('why'), text(locale, 'mail.contact', { shop: sender.name, address: sender.address })],
  }
}
