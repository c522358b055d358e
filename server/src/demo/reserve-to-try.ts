import { command, Replay } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { createSeededRng } from '../kernel/rng.ts'
import { loadCatalogProducts } from '../modules/catalog/public.ts'
import { listSites } from '../modules/channels/public.ts'
import {
  cancelReservation,
  makeReservation,
  placeOrder,
  putAside,
  receiveVisitor,
  releaseReservation,
  reservationForMessage,
  setReservationPolicy,
} from '../modules/orders/public.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'
import { demoCustomer, demoCustomerCount } from './people.ts'

const hourMs = 3_600_000

/** What became of each reservation of the demo, and how long ago it was made. */
const reservations = [
  { hours: 200, until: 'bought' },
  { hours: 150, until: 'released' },
  { hours: 120, until: 'no_show' },
  { hours: 100, until: 'bought' },
  { hours: 75, until: 'cancelled' },
  { hours: 52, until: 'bought' },
  { hours: 3, until: 'ready' },
  { hours: 1, until: 'to_put_aside' },
] as const

/** Articles reserved to try in the shop of Nantes: some bought, some not, two waiting today. */
export async function reserveToTry(stage: DemoStage): Promise<void> {
  const { app, clock, state, today } = stage
  const ctx = systemContext(app.services, 'demo')
  const sites = await listSites(app.services.db)
  const policy = { active: true, openDays: 1, mostUnits: 4, mostOpen: 2 }
  const shops = sites.filter(({ kind }) => kind === 'shop')
  await command(ctx, async (tx) => {
    for (const { id, code } of shops)
      await setReservationPolicy(tx, { ...policy, siteId: id, active: ['nantes', 'lyon', 'lille'].includes(code) })
  })
  const nantes = shops.find(({ code }) => code === 'nantes')
  const place = app.model.places().find(({ siteId }) => siteId === nantes?.id)
  if (!nantes || !place) return
  const draw = createSeededRng(state.seed + 5)
  await app.model.refresh()
  const articles: string[] = []
  for await (const page of loadCatalogProducts(app.services.db))
    articles.push(...page.flatMap(({ variants }) => variants.map(({ id }) => id)))
  articles.sort()
  for (const [index, { hours, until }] of reservations.entries()) {
    clock.set(new Date(today.getTime() - hours * hourMs))
    const there = articles.filter(
      (id) => app.model.available(id, place.id) > 1 && app.model.sellable('web', id, clock.now()),
    )
    const variantId = there[draw.uint32() % there.length]
    if (variantId === undefined) return
    const { name, email, phone } = demoCustomer(draw.uint32() % demoCustomerCount)
    const wish = {
      channel: 'web',
      siteId: nantes.id,
      lines: [{ variantId, quantity: 1 }],
      contact: { name, email, phone },
      locale: 'fr' as const,
    }
    const once = { ...ctx, idempotency: onceKey(`reservation-${index}`) }
    const reservation = await command(once, async (tx) => {
      const id = await makeReservation(ctx, tx, app.model, wish)
      if (until !== 'to_put_aside' && until !== 'cancelled') await putAside(ctx, tx, id, `A-${index + 11}`)
      if (until === 'bought' || until === 'released') await receiveVisitor(ctx, tx, id)
      if (until === 'released') await releaseReservation(ctx, tx, app.model, id, undefined)
      if (until === 'cancelled') await cancelReservation(ctx, tx, id, undefined)
      return reservationForMessage(tx, id)
    }).catch((error: unknown) => {
      if (!(error instanceof Replay)) throw error
      return undefined
    })
    if (reservation && until === 'bought')
      await placeOrder(app.placement, ctx, {
        channel: 'shop-nantes',
        locale: 'fr',
        cartId: reservation.id,
        contact: null,
        delivery: { method: 'carry_out', siteId: nantes.id },
        payments: [{ method: 'terminal_card', amountMinor: reservation.total.amountMinor }],
      })
    await settle(stage, ['capture'])
  }
  clock.set(today)
  await app.jobs.find((job) => job.name === 'orders.expire-documents')?.run(ctx, {})
  await settle(stage, [])
}
