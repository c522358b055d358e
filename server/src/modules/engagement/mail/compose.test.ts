import type { Order } from '@ecluse/contracts/orders.ts'
import { locales } from '@ecluse/contracts/scalars.ts'
import { expect, test } from 'vitest'
import { parseSender } from '../domain/sender.ts'
import { subjectOf, templates, type OrderTemplate } from '../domain/template.ts'
import { composeMail } from './compose.ts'
import { renderHtml } from './html.ts'
import type { MailData } from './mail-data.ts'
import { renderText } from './plain-text.ts'
import { sampleOrder, sampleSite } from '../test/sample-order.ts'

const data = (locale: 'fr' | 'en', changes: Partial<MailData> = {}): MailData => ({
  locale,
  order: sampleOrder(),
  details: { lines: [{ lineId: sampleOrder().lines[0]?.id ?? '', quantity: 1 }], returnId: 'r', refundMinor: 1_234 },
  site: sampleSite,
  sender: parseSender('Alizé <boutique@alize.example>'),
  links: {
    order: 'https://alize.example/commandes/1?token=a&b',
    withdrawal: 'https://alize.example/retours',
    returnSlip: 'https://alize.example/bon',
  },
  qr: { png: Buffer.from('png'), alt: 'QR' },
  ...changes,
})
/** The templates about orders; a quote has its own. */
const orderTemplates = templates.filter((template): template is OrderTemplate => subjectOf(template) === 'order')
const render = (template: OrderTemplate, given: MailData) => {
  const mail = composeMail(template, given)
  return { mail, html: renderHtml(mail, given.locale, given.sender.name), text: renderText(mail) }
}
const pickup = (order: Order): Order => ({
  ...order,
  delivery: { ...order.delivery, method: 'pickup', address: null, siteId: sampleSite.id, pickupCode: 'K7M2QX' },
})

test('every message is complete in both languages, and the two sides say the same', () => {
  for (const locale of locales)
    for (const template of orderTemplates)
      for (const order of [sampleOrder(), pickup(sampleOrder())]) {
        const { mail, html, text } = render(template, data(locale, { order }))
        expect(mail.subject.length).toBeGreaterThan(5)
        for (const side of [html, text]) expect(side).not.toMatch(/undefined|NaN|\[object|\{\w+\}/)
        const words = html
          .replace(/<(head)[\s\S]*?<\/\1>/, '')
          .replace(/<[^>]+>/g, ' ')
          .replaceAll('&amp;', '&')
        for (const part of text.split(/\s+/).filter((word) => /^[\p{L}\d]{4,}$/u.test(word)))
          expect(words.toLocaleLowerCase()).toContain(part.toLocaleLowerCase())
      }
})

test('nothing is fetched to show a message', () => {
  for (const template of orderTemplates) {
    const { html } = render(template, data('fr', { order: pickup(sampleOrder()) }))
    expect(html).not.toMatch(/<(?:link|script|iframe)|@import|url\(|srcset|src="(?!data:image\/png)/)
  }
})

test('what of a refund is carriage is said, and nothing when none is', () => {
  const { details } = data('fr')
  for (const template of ['return_received', 'part_cancelled', 'line_cancelled'] as const) {
    const words = 'Cette somme comprend 5,90'
    expect(render(template, data('fr', { details: { ...details, carriageMinor: 590 } })).text).toContain(words)
    expect(render(template, data('fr')).text).not.toContain('frais de livraison')
  }
})

test('what people typed stays text', () => {
  const order = sampleOrder()
  const [line] = order.lines
  if (line) order.lines = [{ ...line, name: '<img src=x onerror=alert(1)> & {name}' }]
  const { html, text } = render('order_confirmation', data('fr', { order }))
  expect(html).toContain('&lt;img src=x onerror=alert(1)> &amp; {name}')
  expect(text).toContain('<img src=x onerror=alert(1)> & {name}')
  const named = { ...order, contact: { name: 'Ève <b>', email: 'e@exemple.fr', phone: null } }
  expect(render('receipt', data('fr', { order: named })).html).toContain('Bonjour Ève &lt;b>,')
})

test('a parcel, a hand-over and a return list their own articles; the order lists all', () => {
  const names = sampleOrder().lines.map(({ name }) => name)
  for (const template of ['shipped', 'handed_over', 'return_received'] as const) {
    const { text } = render(template, data('fr'))
    expect(names.filter((name) => text.includes(name))).toEqual([names[0]])
  }
  const { text } = render('order_confirmation', data('fr'))
  expect(names.filter((name) => text.includes(name))).toEqual(names)
})

test('a shop’s telephone number is written as its readers say it, and cannot be cut at the end of a line', () => {
  const written = (locale: 'fr' | 'en') => render('pickup_ready', data(locale, { order: pickup(sampleOrder()) }))
  const nb = '\u00a0'
  expect(written('fr').text).toContain(['02', '40', '00', '00', '00'].join(nb))
  expect(written('en').html).toContain(['+33', '2', '40', '00', '00', '00'].join(nb))
})

test('the code is shown for pick-ups only, the right to withdraw with the confirmation of a distance sale only', () => {
  const shown = (template: OrderTemplate, order: Order) => render(template, data('fr', { order })).text
  expect(shown('order_confirmation', pickup(sampleOrder()))).toContain('K7M2QX')
  expect(shown('pickup_ready', pickup(sampleOrder()))).toContain('K7M2QX')
  expect(shown('order_confirmation', sampleOrder())).not.toContain('K7M2QX')
  expect(shown('receipt', sampleOrder())).not.toMatch(/rétract/i)
})

test('amounts and dates are written as the language does', () => {
  const french = render('order_confirmation', data('fr')).text
  expect(french).toContain('1\u202f498,00\u202f€')
  expect(french).toContain('5,5\u202f%')
  expect(french).toContain('entre le mercredi 4 mars 2026 et le vendredi 6 mars 2026')
  const english = render('order_confirmation', data('en')).text
  expect(english).toContain('€1,498.00')
  // Versions of the language data differ by a comma.
  expect(english).toMatch(/between Wednesday,? 4 March 2026 and Friday,? 6 March 2026/)
})

test('a delivery in a window is told with its hours', () => {
  const order = sampleOrder()
  const promisedAt = '2026-03-04T09:00:00.000Z'
  const latestAt = '2026-03-04T11:00:00.000Z'
  order.delivery = { ...order.delivery, promisedAt, latestAt, inWindow: true }
  const told = locales.map((locale) => render('order_confirmation', data(locale, { order })).text)
  expect(told[0]).toMatch(/Créneau[\s\S]*mercredi 4 mars 2026, de 10:00 à 12:00/)
  expect(told[1]).toMatch(/Window[\s\S]*4 March 2026, 10:00 to 12:00/)
})
