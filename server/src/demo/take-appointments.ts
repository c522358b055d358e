import type { Resource, Service } from '@ecluse/contracts/appointments.ts'
import { command, Replay } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { createSeededRng } from '../kernel/rng.ts'
import { loadCatalogProducts } from '../modules/catalog/public.ts'
import { listSites } from '../modules/channels/public.ts'
import { bookAppointment, findSlots, putResource, putService } from '../modules/service/public.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'
import { demoCustomer, demoCustomerCount } from './people.ts'

const always = {
  together: false,
  productIds: [],
  starts: null,
  leadMinutes: 120,
  horizonDays: 30,
  mostSeats: 1,
  active: true,
}

/** What the shops of the demo do by appointment. */
const services: readonly Service[] = [
  {
    ...always,
    code: 'etude-posturale',
    name: { fr: 'Étude posturale', en: 'Bicycle fitting' },
    description: {
      fr: 'Selle, guidon, cales : votre vélo réglé à votre corps, mesures à l’appui. Venez avec votre vélo et vos chaussures.',
      en: 'Saddle, handlebar, cleats: your bicycle set to your body, by measure. Come with your bicycle and your shoes.',
    },
    durationMinutes: 60,
    bufferMinutes: 15,
    stepMinutes: 30,
  },
  {
    ...always,
    code: 'reglage-atelier',
    name: { fr: 'Réglage à l’atelier', en: 'Workshop adjustment' },
    description: {
      fr: 'Freins, vitesses et roues réglés pendant que vous attendez, un café à la main.',
      en: 'Brakes, gears and wheels adjusted while you wait, a coffee in your hand.',
    },
    durationMinutes: 30,
    bufferMinutes: 0,
    stepMinutes: 30,
  },
  {
    ...always,
    code: 'cabine-essayage',
    name: { fr: 'Cabine d’essayage', en: 'Fitting room' },
    description: {
      fr: 'Une cabine à votre heure, avec les articles que vous avez réservés.',
      en: 'A fitting room at your hour, with the articles you reserved.',
    },
    durationMinutes: 30,
    bufferMinutes: 0,
    stepMinutes: 30,
  },
  {
    ...always,
    code: 'cours-mecanique',
    name: { fr: 'Cours de mécanique', en: 'Mechanics class' },
    description: {
      fr: 'Deux heures pour apprendre à réparer une crevaison et à régler ses freins. Outils fournis.',
      en: 'Two hours to learn how to mend a puncture and set your brakes. Tools are there.',
    },
    durationMinutes: 120,
    bufferMinutes: 0,
    stepMinutes: 60,
    starts: [
      { weekday: 3, at: '17:00' },
      { weekday: 6, at: '10:00' },
    ],
    mostSeats: 3,
  },
]

/** Bought with a bicycle: somebody and a stand, at one hour. */
const handingOver: Service = {
  ...always,
  code: 'remise-en-main',
  name: { fr: 'Remise en main et réglage', en: 'Handing over and setting up' },
  description: {
    fr: 'Votre vélo monté, réglé à votre taille et expliqué, à l’heure que vous choisissez.',
    en: 'Your bicycle assembled, set to your size and explained, at the hour you choose.',
  },
  durationMinutes: 45,
  bufferMinutes: 15,
  stepMinutes: 60,
  together: true,
}

type Kind = Pick<Resource, 'kind' | 'name' | 'capacity' | 'serviceCodes'>
const resources: readonly Kind[] = [
  {
    kind: 'workshop',
    name: 'Stand 1',
    capacity: 1,
    serviceCodes: ['etude-posturale', 'reglage-atelier', 'remise-en-main'],
  },
  { kind: 'workshop', name: 'Stand 2', capacity: 1, serviceCodes: ['reglage-atelier'] },
  { kind: 'adviser', name: 'Conseil vélo', capacity: 1, serviceCodes: ['remise-en-main'] },
  { kind: 'fitting_room', name: 'Cabines', capacity: 2, serviceCodes: ['cabine-essayage'] },
  { kind: 'room', name: 'Salle', capacity: 8, serviceCodes: ['cours-mecanique'] },
]
/** Services booked in each shop, in their order, over the coming days. */
const booked = [0, 1, 1, 0, 2, 3, 1, 3, 2, 0, 3, 1] as const

/** Services, who and what serves them in two shops, and a dozen appointments ahead in each. */
export async function takeAppointments(stage: DemoStage): Promise<void> {
  const { app, clock, state, today } = stage
  const ctx = systemContext(app.services, 'demo')
  clock.set(today)
  const shops = (await listSites(app.services.db)).filter(({ code }) => code === 'nantes' || code === 'lyon')
  const ids = createSeededRng(state.seed + 7)
  await command({ ...ctx, idempotency: onceKey('services') }, async (tx) => {
    const productIds = await bicycles(stage)
    // Whoever buys a bicycle has the choice of two services.
    for (const service of services)
      await putService(tx, service.code === 'etude-posturale' ? { ...service, productIds } : service, clock.now())
    await putService(tx, { ...handingOver, productIds }, clock.now())
    for (const { id: siteId } of shops)
      for (const resource of resources) {
        const more = { siteId, overbooking: 0, hours: null, active: true }
        await putResource(tx, { id: ctx.ids.next(), ...more, ...resource }, clock.now())
      }
  }).catch(passOver)
  const wishes = shops.flatMap(({ id }) => booked.map((which) => ({ siteId: id, service: services[which] as Service })))
  for (const [index, { siteId, service }] of wishes.entries()) {
    const { days } = await findSlots(ctx, { code: service.code, siteId, days: 5, seats: 1 })
    const slots = days.flatMap((day) => day.slots)
    const slot = slots[ids.below(Math.max(1, slots.length))]
    if (!slot) continue
    const { name, email, phone } = demoCustomer(ids.uint32() % demoCustomerCount)
    const booking = {
      service: service.code,
      siteId,
      startsAt: new Date(slot.startsAt),
      seats: service.mostSeats > 1 ? 1 + ids.below(2) : 1,
      contact: { name, email, phone },
      note: index === 0 ? 'Vélo de route, douleur au genou droit.' : '',
      reservationId: null,
      locale: 'fr' as const,
    }
    const once = { ...ctx, idempotency: onceKey(`appointment-${index}`) }
    await command(once, (tx) => bookAppointment(ctx, tx, booking)).catch(passOver)
  }
  await settle(stage, [])
}

/** What is in one of the categories of bicycles. */
async function bicycles({ app }: DemoStage): Promise<string[]> {
  const kinds = new Set(['ville', 'electriques', 'cargo', 'voyage', 'gravel', 'route', 'vtt', 'pliants'])
  const ids: string[] = []
  for await (const page of loadCatalogProducts(app.services.db))
    ids.push(...page.filter(({ categoryCodes }) => categoryCodes.some((code) => kinds.has(code))).map(({ id }) => id))
  return ids
}

function passOver(error: unknown): void {
  if (!(error instanceof Replay)) throw error
}
