import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { afterAll, expect, test } from 'vitest'
import { createTestShop } from '../../../../test/kit/shop.ts'
import { sendMessagesJob } from '../jobs/names.ts'
import { startMailServer } from './mail-server.ts'

const mail = await startMailServer()
afterAll(() => mail.close())
const { app, clock, ctx, shop, visitor, asStaff, settle } = await createTestShop(
  { products: 4, unitsPerPlace: 4 },
  { config: { smtpUrl: mail.url, mailFrom: 'Alizé <boutique@alize.example>' } },
)
const staff = asStaff()
const { nantes = '' } = shop.sites
const [variantId = ''] = shop.variantIds

async function run(name: string): Promise<void> {
  await app.wiring.jobs.find((one) => one.name === name)?.run(ctx, {})
}
async function send(): Promise<string[]> {
  const before = mail.received.length
  await settle()
  await run(sendMessagesJob.name)
  return mail.received
    .slice(before)
    .map(({ parts }) => parts.find((part) => part.type === 'text/plain')?.content.toString() ?? '')
}
const reserve = (locale: 'fr' | 'en') =>
  visitor(endpoints.createReservation, {
    body: {
      channel: 'web',
      siteId: nantes,
      lines: [{ variantId, quantity: 1 }],
      contact: { name: 'Inès Le Goff', email: 'ines@exemple.fr' },
      locale,
    },
  })

test('a reservation is told: made with its code, ready, soon over, not fetched', async () => {
  await staff(endpoints.putReservationPolicy, {
    params: { siteId: nantes },
    body: { active: true, openDays: 1, mostUnits: 3, mostOpen: 2 },
  })
  const made = await reserve('fr')
  const [first = ''] = await send()
  expect(first).toContain(made.code)
  expect(first).toContain('Magasin de nantes')
  expect(first).toContain(`/essayages/${made.id}?token=${made.accessToken}`)
  expect(first).not.toMatch(/undefined|\[object|NaN/)

  const params = { reservationId: made.id }
  await staff(endpoints.putReservationAside, { params, query: {}, body: { shelf: 'Étagère 3' } })
  await staff(endpoints.putReservationAside, { params, query: {}, body: { shelf: 'Étagère 4' } })
  expect(await send()).toEqual([expect.stringContaining('vous attend')])

  const end = new Date(made.expiresAt).getTime()
  clock.advance(end - 2 * 3_600_000 - clock.now().getTime())
  await run('orders.expire-documents')
  await run('orders.expire-documents')
  expect(await send()).toEqual([expect.stringContaining('Nous gardons vos articles')])

  clock.advance(2 * 3_600_000)
  await run('orders.expire-documents')
  expect(await send()).toEqual([expect.stringContaining('retournés en rayon')])
})

test('in the language it was made in, and cancelled', async () => {
  const made = await reserve('en')
  expect(await send()).toEqual([expect.stringContaining(`/en/reservations/${made.id}?token=`)])
  await visitor(endpoints.cancelReservation, {
    params: { reservationId: made.id },
    query: {},
    body: { token: made.accessToken ?? '' },
  })
  expect(await send()).toEqual([expect.stringContaining('on sale again')])
})

test('an appointment is told: booked with a file for the calendar, moved, soon, cancelled', async () => {
  const body = {
    name: { fr: 'Étude posturale', en: 'Bicycle fitting' },
    description: { fr: '', en: '' },
    durationMinutes: 45,
    bufferMinutes: 15,
    stepMinutes: 30,
    starts: null,
    leadMinutes: 0,
    horizonDays: 30,
    mostSeats: 1,
    active: true,
  }
  const code = 'etude'
  await staff(endpoints.putService, { params: { code }, body })
  await staff(endpoints.putResource, {
    params: { resourceId: ctx.ids.next() },
    body: {
      siteId: nantes,
      kind: 'workshop',
      name: 'Stand',
      capacity: 1,
      overbooking: 0,
      hours: null,
      serviceCodes: [code],
      active: true,
    },
  })
  const days = { siteId: nantes, from: '2026-03-10', days: 1 }
  const offer = await visitor(endpoints.listSlots, { params: { code }, query: days })
  const [first = '', second = ''] = offer.days[0]?.slots.map(({ startsAt }) => startsAt) ?? []
  const contact = { name: 'Inès Le Goff', email: 'ines@exemple.fr' }
  const made = await visitor(endpoints.bookAppointment, {
    body: { service: code, siteId: nantes, startsAt: first, contact },
  })
  const [booked = ''] = await send()
  expect(booked).toMatch(/étude posturale/i)
  expect(booked).toContain('mardi 10 mars 2026 à 09:00')
  expect(booked).toContain(`/mes-rendez-vous/${made.id}?token=${made.accessToken}`)
  expect(booked).toContain(`/appointments/${made.id}/calendar?`)
  const params = { appointmentId: made.id }
  const token = made.accessToken ?? ''
  await visitor(endpoints.moveAppointment, { params, query: {}, body: { token, startsAt: second } })
  expect(await send()).toEqual([expect.stringContaining('09:30')])
  clock.advance(new Date(second).getTime() - 20 * 3_600_000 - clock.now().getTime())
  await run('service.remind')
  await run('service.remind')
  expect(await send()).toEqual([expect.stringContaining('Un empêchement')])
  await visitor(endpoints.cancelAppointment, { params, query: {}, body: { token } })
  expect(await send()).toEqual([expect.stringContaining('est annulé')])
})
