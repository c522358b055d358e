import { command, Replay } from '../kernel/command.ts'
import { systemContext } from '../kernel/context.ts'
import { Refusal } from '../kernel/errors.ts'
import { loadCatalogProducts } from '../modules/catalog/public.ts'
import { listSites } from '../modules/channels/public.ts'
import { listFulfillments, markReady } from '../modules/fulfillment/public.ts'
import { listPlaces } from '../modules/inventory/public.ts'
import { normaliseCode, placeOrder } from '../modules/orders/public.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'
import { demoCustomer } from './people.ts'
import { staffOf } from './staff-of.ts'

const hourMs = 3_600_000

/** Orders of the last two days that go two ways: a part is delivered, a part waits in a shop. */
const orders = [
  { shop: 'nantes', customer: 4, hoursAgo: 40, isReady: true },
  { shop: 'lyon', customer: 17, hoursAgo: 22, isReady: false },
  { shop: 'nantes', customer: 31, hoursAgo: 5, isReady: false },
] as const

/** A few mixed orders, from the shop's own checkout. */
export async function orderInParts(stage: DemoStage): Promise<void> {
  const { app, clock, today } = stage
  await app.model.refresh()
  const products: string[][] = []
  for await (const page of loadCatalogProducts(app.services.db))
    products.push(...page.map(({ handle, variants }) => [handle, ...variants.map(({ id }) => id)]))
  const variantIds = products.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)).flatMap(([, ...ids]) => ids)
  const siteIdOf = new Map((await listSites(app.services.db)).map(({ code, id }) => [code, id]))
  const places = await listPlaces(app.services.db)
  for (const [index, { shop, customer, hoursAgo, isReady }] of orders.entries()) {
    clock.set(new Date(today.getTime() - hoursAgo * hourMs))
    const siteId = siteIdOf.get(shop) ?? ''
    const sold = variantIds.filter((id) => app.model.sellable('web', id, clock.now()))
    const at = (id: string, isHere: boolean) =>
      places.some((place) => (place.siteId === siteId) === isHere && app.model.available(id, place.id) > 1)
    // Another corner of the catalogue for each.
    const picked = sold.slice(index * 40).find((id) => at(id, true)) ?? ''
    const sent = sold.slice(index * 40 + 17).find((id) => id !== picked && at(id, false)) ?? ''
    const { name, email, phone, address } = demoCustomer(customer)
    const ctx = { ...systemContext(app.services, 'demo'), actor: { kind: 'anonymous' as const } }
    await placeOrder(
      app.placement,
      { ...ctx, idempotency: onceKey(`parts-${index}`) },
      {
        channel: 'web',
        locale: 'fr',
        lines: [picked, sent].map((variantId) => ({ variantId, quantity: 1 })),
        contact: { name, email, phone },
        delivery: { method: 'delivery', address },
        pickups: [{ siteId, variantIds: [picked] }],
        payments: [{ method: 'online_card', token: 'tok_accept' }],
      },
    )
      .then(({ number }) => (isReady ? prepare(stage, number, shop) : undefined))
      .catch((error: unknown) => {
        if (!(error instanceof Replay) && !(error instanceof Refusal)) throw error
      })
  }
  clock.set(today)
  await settle(stage, ['capture'])
}

async function prepare(stage: DemoStage, number: string, shop: string): Promise<void> {
  const { app } = stage
  await settle(stage, [])
  const rows = await listFulfillments(app.services.db, {
    siteIds: null,
    q: number,
    code: normaliseCode(number),
    limit: 9,
  })
  const seller = { ...systemContext(app.services, 'demo'), actor: staffOf(null, `Équipe de ${shop}`) }
  for (const row of rows) if (row.method === 'pickup') await command(seller, (tx) => markReady(seller, tx, row.id))
}
