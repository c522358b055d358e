import { endpoints } from '@ecluse/contracts/endpoints.ts'
import sql from 'sql-template-tag'
import { query } from '../../src/kernel/db.ts'
import { atOnce, person, pick, type Theme, type World } from './world.ts'

const dayMs = 86_400_000

/** One of few hours of the next two days: many want the same. */
function someHour(world: World): string {
  const day = new Date(world.clock.now().getTime() + pick(world, [0, 1]) * dayMs).toISOString().slice(0, 10)
  return `${day}T${pick(world, ['10:00', '11:00', '14:00'])}:00.000Z`
}

/** An article bought together with the hour at which it is explained: all of it or nothing, and the hour may be gone meanwhile. */
async function buyWithHour(world: World): Promise<void> {
  const siteId = world.shop.sites['nantes'] ?? ''
  const startsAt = someHour(world)
  const buy = () =>
    world.visitor(endpoints.placeOrder, {
      body: {
        channel: 'web',
        lines: [{ variantId: pick(world, world.shop.variantIds), quantity: 1 }],
        contact: person(world),
        delivery: { method: 'pickup', siteId },
        appointment: { service: 'mise-en-main', siteId, startsAt },
        payments: [
          { method: 'online_card', token: pick(world, ['tok_accept', 'tok_accept', 'tok_challenge', 'tok_decline']) },
        ],
      },
    })
  world.orders.push(...(await atOnce(world.rng.below(2) === 0 ? [buy()] : [buy(), buy()])))
}

/** An hour that came with an order is the same in the agenda: the acts of agendas find it too. */
async function findBought(world: World): Promise<void> {
  const [found] = await query<{ id: string; token: string }>(
    world.ctx.db,
    sql`select id, access_token as token from service.appointment where order_id is not null and state = 'booked'
        order by starts_at desc, id limit 1`,
  )
  if (found && !world.appointments.some(({ id }) => id === found.id)) world.appointments.push(found)
}

function someAppointment(world: World) {
  return world.appointments.length === 0 ? undefined : pick(world, world.appointments)
}

async function book(world: World): Promise<void> {
  const reserved = world.reservations.length > 0 && world.rng.below(3) === 0 ? pick(world, world.reservations) : null
  const ask = pick(world, [world.visitor, world.staff])
  const { id, accessToken } = await ask(endpoints.bookAppointment, {
    body: {
      service: reserved ? 'essayage' : pick(world, ['revision', 'essayage']),
      siteId: world.shop.sites['nantes'] ?? '',
      startsAt: someHour(world),
      seats: 1,
      contact: person(world),
      reservation: reserved && { id: reserved.id, token: reserved.token },
    },
  })
  world.appointments.push({ id, token: accessToken ?? '' })
}

async function waitForHour(world: World): Promise<void> {
  const dayOf = (days: number) => new Date(world.clock.now().getTime() + days * dayMs).toISOString().slice(0, 10)
  await world.visitor(endpoints.joinWaitingList, {
    params: { code: pick(world, ['revision', 'essayage']) },
    body: {
      siteId: world.shop.sites['nantes'] ?? '',
      from: dayOf(0),
      until: dayOf(2),
      seats: 1,
      contact: person(world),
    },
  })
}

/** An hour was given back, and is held for somebody: they take it, or pass it on, or both at once. */
async function answerOffer(world: World): Promise<void> {
  const [held] = await query<{ id: string; token: string }>(
    world.ctx.db,
    sql`select a.id, a.access_token as token from service.waiting w join service.appointment a on a.id = w.appointment_id
        where w.state = 'offered' order by w.asked_at, w.id limit 1`,
  )
  if (!held) return
  const given = { params: { appointmentId: held.id }, query: {} }
  const accept = () => world.visitor(endpoints.acceptOffer, { ...given, body: { token: held.token } })
  const leave = world.rng.below(2) === 0
  const pass = () => world.visitor(endpoints.passOffer, { ...given, body: { token: held.token, leave } })
  const asked = pick(world, [[accept], [pass], [accept, pass], [pass, pass]])
  await atOnce(asked.map((ask) => ask()))
  world.appointments.push(held)
}

/** The hours of a workshop stand and of two fitting rooms, wanted by many. */
export const appointments: Theme = {
  async open({ ctx, staff, shop }) {
    const service = {
      description: { fr: '', en: '' },
      stepMinutes: 60,
      starts: null,
      leadMinutes: 0,
      horizonDays: 7,
      mostSeats: 2,
      active: true,
    }
    const revision = { ...service, name: { fr: 'Révision', en: 'Service' }, durationMinutes: 60, bufferMinutes: 15 }
    const fitting = { ...service, name: { fr: 'Essayage', en: 'Fitting' }, durationMinutes: 30, bufferMinutes: 0 }
    await staff(endpoints.putService, { params: { code: 'revision' }, body: revision })
    await staff(endpoints.putService, { params: { code: 'essayage' }, body: fitting })
    const resource = { siteId: shop.sites['nantes'] ?? '', overbooking: 0, hours: null, active: true }
    const stand = {
      ...resource,
      kind: 'workshop' as const,
      name: 'Pied',
      capacity: 1,
      serviceCodes: ['revision', 'mise-en-main'],
    }
    const cabins = {
      ...resource,
      kind: 'fitting_room' as const,
      name: 'Cabines',
      capacity: 2,
      serviceCodes: ['essayage'],
    }
    // Bought with any article, on the same stand as the services: an hour of one is gone for the other.
    const products = await query<{ id: string }>(
      ctx.db,
      sql`select distinct product_id as id from catalog.variant where id = any(${[...shop.variantIds]}::uuid[]) order by 1`,
    )
    const handing = {
      ...revision,
      name: { fr: 'Mise en main', en: 'First ride' },
      productIds: products.map(({ id }) => id),
    }
    await staff(endpoints.putService, { params: { code: 'mise-en-main' }, body: handing })
    for (const body of [stand, cabins])
      await staff(endpoints.putResource, { params: { resourceId: ctx.ids.next() }, body })
  },
  acts: [
    { name: 'book an appointment', perform: book },
    { name: 'book an appointment', perform: book },
    { name: 'buy with an hour', perform: buyWithHour },
    { name: 'buy with an hour', perform: buyWithHour },
    { name: 'find an hour that was bought', perform: findBought },
    { name: 'wait for an hour', perform: waitForHour },
    { name: 'answer an offered hour', perform: answerOffer },
    {
      name: 'move an appointment',
      async perform(world) {
        const found = someAppointment(world)
        if (!found) return
        const move = (startsAt: string) =>
          world.visitor(endpoints.moveAppointment, {
            params: { appointmentId: found.id },
            query: {},
            body: { token: found.token, startsAt },
          })
        await atOnce([move(someHour(world)), move(someHour(world))])
      },
    },
    {
      name: 'cancel an appointment',
      async perform(world) {
        const found = someAppointment(world)
        if (found)
          await world.visitor(endpoints.cancelAppointment, {
            params: { appointmentId: found.id },
            query: {},
            body: { token: found.token },
          })
      },
    },
    {
      name: 'note who came to an appointment',
      async perform(world) {
        const found = someAppointment(world)
        if (found)
          await world.staff(endpoints.settleAppointment, {
            params: { appointmentId: found.id },
            query: {},
            body: { state: pick(world, ['arrived', 'done', 'no_show', 'booked']) },
          })
      },
    },
  ],
}
