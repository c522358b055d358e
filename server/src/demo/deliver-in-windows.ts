import type { DayRoutes } from '@ecluse/contracts/windows.ts'
import { command, Replay } from '../kernel/command.ts'
import { systemContext, type Ctx } from '../kernel/context.ts'
import { Refusal } from '../kernel/errors.ts'
import { createSeededRng } from '../kernel/rng.ts'
import { loadCatalogProducts } from '../modules/catalog/public.ts'
import {
  departRoute,
  drawRoutes,
  listWindows,
  putVehicles,
  putZone,
  readRoutes,
  recordStop,
} from '../modules/fulfillment/public.ts'
import { listPlaces } from '../modules/inventory/public.ts'
import { placeOrder } from '../modules/orders/public.ts'
import { onceKey, settle, type DemoStage } from './demo-stage.ts'
import { demoZones, zoneBody, type DemoZone } from './delivery-zones.ts'
import type { Draw } from './draw-order.ts'
import { demoCustomer, demoCustomerCount } from './people.ts'
import { staffOf } from './staff-of.ts'
import { demoShops } from './sites.ts'

const dayMs = 86_400_000
const minuteMs = 60_000
/** Days of deliveries behind the company, and ahead of it. */
const daysBehind = 4
const daysAhead = 2

type Round = {
  readonly stage: DemoStage
  readonly draw: Draw
  readonly variantIds: readonly string[]
  readonly zone: DemoZone
  readonly placeId: string
}

/** Zones, vehicles, and some days of deliveries in windows: driven, and booked. */
export async function deliverInWindows(stage: DemoStage): Promise<void> {
  const { app, clock, state, today } = stage
  const draw = createSeededRng(state.seed + 2)
  await app.model.refresh()
  const placeIdOf = new Map((await listPlaces(app.services.db)).map((place) => [place.code, place.id]))
  const handles: { handle: string; ids: string[] }[] = []
  for await (const page of loadCatalogProducts(app.services.db))
    handles.push(...page.map(({ handle, variants }) => ({ handle, ids: variants.map(({ id }) => id) })))
  const variantIds = handles.sort((a, b) => (a.handle < b.handle ? -1 : 1)).flatMap(({ ids }) => ids)
  const rounds = demoZones.map((zone): Round => ({
    stage,
    draw,
    variantIds,
    zone,
    placeId: placeIdOf.get(zone.shop) ?? '',
  }))
  clock.set(new Date(today.getTime() - (daysBehind + 1) * dayMs))
  for (const round of rounds) await open(round)
  for (let day = -daysBehind; day <= daysAhead; day++)
    for (const round of rounds) {
      await book(round, day)
      await settle(stage, ['capture'])
      if (day <= 0) await drive(round, day)
    }
  clock.set(today)
  for (const round of rounds) await open(round)
  await settle(stage, ['capture'])
}

/** The zone with its vehicles; done again at the end, it makes the windows up to two weeks ahead. */
async function open({ stage: { app }, zone, placeId }: Round): Promise<void> {
  const ctx = systemContext(app.services, 'demo')
  await command(ctx, async (tx) => {
    await putZone(ctx, tx, zone.code, zoneBody(zone, placeId))
    const { vehicles } = await putVehicles(ctx, tx, placeId, [])
    const known = new Map(vehicles.map((vehicle) => [vehicle.name, vehicle.id]))
    await putVehicles(
      ctx,
      tx,
      placeId,
      zone.vehicles.map((vehicle) => ({ ...vehicle, id: known.get(vehicle.name) })),
    )
  })
}

function dateOf(at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(at)
}

/** What customers ordered for a day, the day before or earlier. */
async function book(round: Round, day: number): Promise<void> {
  const { stage, draw, zone } = round
  const { app, clock, today } = stage
  const date = dateOf(new Date(today.getTime() + day * dayMs))
  const windows = await listWindows(app.services.db, { from: date, until: date, zone: zone.code, siteIds: null })
  if (windows.length === 0) return
  for (let number = 0; number < zone.perDay; number++) {
    const eve = today.getTime() + (day - 1) * dayMs - draw.below(300) * minuteMs
    clock.set(new Date(Math.min(eve, today.getTime() - draw.below(300) * minuteMs)))
    const window = windows[draw.below(windows.length)]
    await buy(round, `window-${zone.code}-${day}-${number}`, window?.id ?? '')
  }
  clock.set(new Date(Math.min(today.getTime() + (day - 1) * dayMs + 6 * 60 * minuteMs, today.getTime())))
  await drawRoutes(systemContext(app.services, 'demo'), { placeId: round.placeId, date, slices: 4 })
}

async function buy({ stage, draw, zone, variantIds, placeId }: Round, name: string, windowId: string): Promise<void> {
  const { app, clock } = stage
  const customer = demoCustomer(draw.below(demoCustomerCount))
  const [prefix = '', latitude = 0, longitude = 0] = zone.areas[draw.below(zone.areas.length)] ?? []
  const lines = drawLines(draw, variantIds, (id) => {
    const sellable = app.model.sellable('web', id, clock.now())
    return sellable !== undefined && sellable.unitPriceMinor < 90_000n && app.model.available(id, placeId) > 1
  })
  const jitter = (): number => (draw.float() - 0.5) * 0.016
  const coordinates = { latitude: latitude + jitter(), longitude: longitude + jitter() }
  const locality = prefix === '93100' ? 'Montreuil' : prefix === '69100' ? 'Villeurbanne' : zone.locality
  const postalCode = prefix.padEnd(5, '0').replace('75000', '75001')
  const address = { ...customer.address, postalCode, locality }
  const ctx: Ctx = {
    ...systemContext(app.services, 'demo'),
    actor: { kind: 'anonymous' },
    locale: customer.locale,
    idempotency: onceKey(name),
  }
  if (lines.length === 0) return
  await placeOrder(app.placement, ctx, {
    channel: 'web',
    locale: customer.locale,
    lines,
    contact: { name: customer.name, email: customer.email, phone: customer.phone },
    delivery: { method: 'delivery', address, windowId, coordinates },
    payments: [{ method: 'online_card', token: 'tok_accept' }],
  }).catch(passOver)
}

function drawLines(draw: Draw, variantIds: readonly string[], isThere: (id: string) => boolean) {
  for (let attempt = 0; attempt < 60; attempt++) {
    const variantId = variantIds[draw.below(variantIds.length)] ?? ''
    if (isThere(variantId)) return [{ variantId, quantity: 1 }]
  }
  return []
}

/** Drives a day as it was planned, with a delay now and then; today, as far as it has come. */
async function drive(round: Round, day: number): Promise<void> {
  const { stage, draw, placeId } = round
  const { app, clock, today } = stage
  const date = dateOf(new Date(today.getTime() + day * dayMs))
  const shop = demoShops.find(({ code }) => code === round.zone.shop) ?? null
  const ctx: Ctx = { ...systemContext(app.services, 'demo'), actor: staffOf(shop, 'Livraison') }
  const at = async (moment: number, act: () => Promise<unknown>): Promise<void> => {
    if (moment >= today.getTime()) return
    clock.set(new Date(moment))
    await act().catch(passOver)
    await settle(stage, [])
  }
  const { routes } = await readRoutes(ctx, app.services.db, { placeId, date })
  for (const route of routes) {
    const departs = Date.parse(route.departsAt)
    await at(departs, () => command(ctx, (tx) => departRoute(ctx, tx, { placeId, date }, route.vehicleId)))
    for (const stop of route.stops) {
      const told = outcomeOf(draw, stop)
      const moment = Math.max(told.moment, departs + minuteMs)
      await at(moment, () =>
        command(ctx, (tx) =>
          recordStop(ctx, tx, { placeId, date }, stop.id, { ...told.body, at: new Date(moment).toISOString() }),
        ),
      )
    }
  }
}

function outcomeOf(draw: Draw, { plannedAt, startsAt, endsAt }: DayRoutes['routes'][number]['stops'][number]) {
  const luck = draw.float()
  const planned = Date.parse(plannedAt ?? startsAt) + (draw.below(14) - 2) * minuteMs
  const inTime = Math.min(Math.max(planned, Date.parse(startsAt)), Date.parse(endsAt))
  if (luck < 0.04) return { moment: inTime, body: { outcome: 'failed' as const, reason: 'Personne à l’adresse' } }
  if (luck < 0.12)
    return { moment: Date.parse(endsAt) + (5 + draw.below(30)) * minuteMs, body: { outcome: 'delivered' as const } }
  return { moment: inTime, body: { outcome: 'delivered' as const } }
}

/** What was done before an earlier start was cut short, or is refused, is passed over. */
function passOver(error: unknown): void {
  if (!(error instanceof Replay) && !(error instanceof Refusal)) throw error
}
