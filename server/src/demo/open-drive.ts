import { substitutionWishes } from '@ecluse/contracts/substitution-wish.ts'
import { command, Replay } from '../kernel/command.ts'
import { systemContext, type Ctx } from '../kernel/context.ts'
import { Refusal } from '../kernel/errors.ts'
import { listSites } from '../modules/channels/public.ts'
import {
  handOver,
  listFulfillments,
  markReady,
  offerDriveSlots,
  proposeSubstitutes,
  putDrive,
  signalArrival,
  substituteLine,
  type FulfillmentRow,
} from '../modules/fulfillment/public.ts'
import { listPlaces, setLocations } from '../modules/inventory/public.ts'
import { normaliseCode, placeOrder } from '../modules/orders/public.ts'
import { loadCatalogProducts } from '../modules/catalog/public.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'
import { demoCustomer } from './people.ts'
import { staffOf } from './staff-of.ts'

const hourMs = 3_600_000
const minuteMs = 60_000

type Visit = {
  readonly customer: number
  readonly hoursAgo: number
  readonly vehicle: string
  readonly waitedMinutes: number | null
  /** Their article is missing, and another stands in for it. */
  readonly missing?: boolean
}

/** Two customers were served, five are awaited in the next slots; the last accepted what stands in for their article. */
const visits: readonly Visit[] = [
  { customer: 8, hoursAgo: 50, vehicle: 'Kangoo bleue', waitedMinutes: 4 },
  { customer: 23, hoursAgo: 49, vehicle: 'Clio grise, remorque', waitedMinutes: 7 },
  { customer: 12, hoursAgo: 3, vehicle: '', waitedMinutes: null },
  { customer: 35, hoursAgo: 2, vehicle: '', waitedMinutes: null },
  { customer: 41, hoursAgo: 1, vehicle: '', waitedMinutes: null },
  { customer: 17, hoursAgo: 1, vehicle: '', waitedMinutes: null },
  { customer: 29, hoursAgo: 1, vehicle: '', waitedMinutes: null, missing: true },
]

/** The drive of the shop of Nantes, with its slots, its bays and a few customers. */
export async function openDrive(stage: DemoStage): Promise<void> {
  const { app, clock, today } = stage
  const site = (await listSites(app.services.db)).find(({ code }) => code === 'nantes')
  if (!site) return
  await app.model.refresh()
  clock.set(new Date(today.getTime() - 60 * hourMs))
  const agent = systemContext(app.services, 'demo')
  const drive = { site_id: site.id, bays: 6, slot_minutes: 30, capacity: 4, active: true }
  await command(agent, (tx) => putDrive(agent, tx, drive))
  const articles = await smallArticles(stage, site.id)
  await nameShelves(stage, site.id)
  for (const [index, visit] of visits.entries()) {
    clock.set(new Date(today.getTime() - visit.hoursAgo * hourMs))
    const { sites } = await offerDriveSlots(agent, app.model, { channel: 'web', siteId: site.id })
    const slot = sites[0]?.days[0]?.slots[index % 2]
    if (slot) await visitOnce(stage, site.id, slot, visit, articles[index % articles.length] ?? '', index)
  }
  clock.set(today)
  // The slots of the days ahead, from today on.
  await command(agent, (tx) => putDrive(agent, tx, drive))
  await settle(stage, ['capture'])
}

/** How many articles an aisle of the shop has, and a shelf of it. */
const perAisle = 36
const perShelf = 6

/** Each article has its shelf in the shop, aisle by aisle: what is picked is walked in their order. */
async function nameShelves({ app }: DemoStage, siteId: string): Promise<void> {
  const places = (await listPlaces(app.services.db)).filter((place) => place.siteId === siteId)
  const agent = systemContext(app.services, 'demo')
  for (const { id: placeId } of places) {
    const articles: string[] = []
    for await (const page of loadCatalogProducts(app.services.db))
      for (const { variants } of page)
        articles.push(...variants.filter(({ id }) => app.model.available(id, placeId) > 0).map(({ id }) => id))
    const locations = articles.map((variantId, index) => {
      const aisle = String.fromCharCode(65 + (Math.floor(index / perAisle) % 26))
      const shelf = 1 + (Math.floor(index / perShelf) % (perAisle / perShelf))
      return { variantId, placeId, location: `${aisle}-${shelf}-${1 + (index % perShelf)}` }
    })
    await command(agent, (tx) => setLocations(tx, locations))
  }
}

/** Articles the shop has several of. */
async function smallArticles({ app }: DemoStage, siteId: string): Promise<string[]> {
  const places = (await listPlaces(app.services.db)).filter((place) => place.siteId === siteId)
  const found: { handle: string; id: string }[] = []
  for await (const page of loadCatalogProducts(app.services.db))
    for (const { handle, variants } of page)
      found.push(
        ...variants
          .filter(({ id }) => places.some((place) => app.model.available(id, place.id) > 3))
          .slice(0, 1)
          .map(({ id }) => ({ handle, id })),
      )
  return found.sort((a, b) => (a.handle < b.handle ? -1 : 1)).map(({ id }) => id)
}

async function visitOnce(
  stage: DemoStage,
  siteId: string,
  slot: { id: string; startsAt: string },
  { customer, vehicle, waitedMinutes, missing = false }: Visit,
  variantId: string,
  index: number,
): Promise<void> {
  const { app, clock, today } = stage
  const { name, email, phone } = demoCustomer(customer)
  const anonymous = { ...systemContext(app.services, 'demo'), actor: { kind: 'anonymous' as const } }
  const placed = await placeOrder(
    app.placement,
    { ...anonymous, idempotency: onceKey(`drive-${index}`) },
    {
      channel: 'web',
      locale: 'fr',
      lines: [{ variantId, quantity: 1 }],
      contact: { name, email, phone },
      delivery: { method: 'pickup', siteId, slotId: slot.id },
      substitutions: missing ? 'accept' : substitutionWishes[index % substitutionWishes.length],
      payments: [{ method: 'online_card', token: 'tok_accept' }],
    },
  ).catch((error: unknown) => {
    if (error instanceof Replay || error instanceof Refusal) return null
    throw error
  })
  const start = new Date(slot.startsAt)
  const served = waitedMinutes !== null && start.getTime() + hourMs <= today.getTime()
  if (!placed || (!served && !missing)) return
  await settle(stage, ['capture'])
  const seller: Ctx = { ...anonymous, actor: staffOf(null, 'Équipe de Nantes') }
  const rows = await listFulfillments(app.services.db, {
    siteIds: null,
    q: placed.number,
    code: normaliseCode(placed.number),
    limit: 1,
  })
  if (missing) for (const row of rows) await replaceArticle(stage, seller, row)
  if (!served) return
  clock.set(start)
  for (const row of rows) {
    await command(seller, (tx) => markReady(seller, tx, row.id))
    await command(anonymous, (tx) =>
      signalArrival(anonymous, tx, placed.orderId, { token: placed.accessToken, vehicle, bay: 1 + index }),
    )
    clock.set(new Date(start.getTime() + waitedMinutes * minuteMs))
    await command(seller, (tx) => handOver(seller, tx, row.id, row.pickup_code ?? ''))
  }
}

/** An article is not on its shelf: what is like it and nearest in price stands in for it. */
async function replaceArticle({ app }: DemoStage, seller: Ctx, { id, lines }: FulfillmentRow): Promise<void> {
  const lineId = lines[0]?.lineId ?? ''
  const { items } = await proposeSubstitutes(seller, app.model, { fulfillmentId: id, lineId })
  const body = {
    lineId,
    reason: 'not_found' as const,
    variantId: items[0]?.variantId ?? null,
    askToPay: false,
    agreed: false,
  }
  if (body.variantId !== null) await command(seller, (tx) => substituteLine(seller, tx, app.model, id, body))
}
