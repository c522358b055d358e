import { pino } from 'pino'
import sql from 'sql-template-tag'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { ApiError, createClient, type Client } from '@ecluse/contracts/client.ts'
import { permissions } from '@ecluse/contracts/permissions.ts'
import { build, type App } from '../src/app.ts'
import type { Clock } from '../src/kernel/clock.ts'
import type { Config } from '../src/kernel/config.ts'
import { systemContext, type Ctx } from '../src/kernel/context.ts'
import { inTransaction, query, type Db } from '../src/kernel/db.ts'
import type { StoredEvent } from '../src/kernel/outbox.ts'
import { createSeededRng } from '../src/kernel/rng.ts'
import type { Subscriber } from '../src/kernel/relay.ts'
import { listSites, putSite } from '../src/modules/channels/public.ts'
import { listPlaces, putPlace } from '../src/modules/inventory/public.ts'
import type { PaymentProvider } from '../src/modules/payments/public.ts'
import { acts } from './acts/acts.ts'
import type { World } from './acts/world.ts'
import { brokenAtRest, brokenInvariants } from './invariants.ts'
import { makeSmallShop, type SmallShop } from './small-shop.ts'

export type SimulationResult = {
  readonly seed: number
  readonly steps: number
  readonly done: Readonly<Record<string, number>>
  readonly refused: Readonly<Record<string, number>>
}

/** A run that broke a rule: the seed runs it again. */
export class BrokenSimulation extends Error {
  constructor(seed: number, step: number, broken: readonly string[]) {
    super(`seed ${seed}, step ${step}: ${broken.join('; ')}`)
    this.name = 'BrokenSimulation'
  }
}

/** How many customers and clerks act at the same moment. */
const crowd = 6

/**
 * Lives some hours of a small shop from a seed: customers of every channel and staff act in crowds, the bank fails, requests
 * are repeated, time jumps; after each step the invariants are asked of the database. The choices are those of the seed; how
 * concurrent acts interleave is PostgreSQL's.
 *
 * @throws BrokenSimulation with the seed and what was broken
 */
export async function simulate(
  parts: { config: Config; db: Db; connectionString: string },
  seed: number,
  steps: number,
): Promise<SimulationResult> {
  const rng = createSeededRng(seed)
  const clock = movingClock(new Date('2026-03-02T09:00:00Z'))
  const observer = orderObserver()
  const bank = { healthy: false }
  const errors: string[] = []
  const app = await build({
    ...parts,
    log: pino({ level: 'error' }, { write: (line: string) => void errors.push(line) }),
    clock,
    rng,
    extraSubscribers: [observer.subscriber],
    wrapProvider: (provider) => unreliable(provider, rng, bank),
  })
  try {
    const world = await makeWorld(app, clock, rng, bank)
    const done: Record<string, number> = {}
    const refused: Record<string, number> = {}
    for (let step = 0; step < steps; step++) {
      const chosen = Array.from(
        { length: 1 + rng.below(crowd) },
        () => acts[rng.below(acts.length)] as (typeof acts)[number],
      )
      const outcomes = await Promise.allSettled(chosen.map((act) => perform(world, act, done, refused)))
      const bug = outcomes.find((outcome) => outcome.status === 'rejected')
      if (bug) throw new BrokenSimulation(seed, step, [String(bug.reason), ...errors.slice(-2)])
      const broken = await brokenInvariants(parts.db)
      if (broken.length > 0) throw new BrokenSimulation(seed, step, broken)
    }
    await comeToRest(world)
    const broken = [...(await brokenAtRest(parts.db)), ...(await observer.disorder(parts.db))]
    if (broken.length > 0) throw new BrokenSimulation(seed, steps, broken)
    return { seed, steps, done, refused }
  } finally {
    await app.close()
  }
}

async function makeWorld(app: App, clock: World['clock'], rng: World['rng'], bank: World['bank']): Promise<World> {
  const ctx: Ctx = systemContext(app.wiring.services, 'simulation')
  const shop = await makeSmallShop(ctx, { products: 4, unitsPerPlace: 1 + rng.below(4) })
  // A shop sends parcels too, so that what the warehouse refuses may be taken from there.
  await inTransaction(ctx.db, async (tx) => {
    const lyon = (await listPlaces(tx)).find(({ code }) => code === 'lyon')
    if (lyon) await putPlace(ctx, tx, { ...lyon, shipsParcels: true })
  })
  await app.wiring.model.refreshTerms()
  await app.wiring.model.refresh()
  app.fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.headers['x-simulated'] === 'staff')
      request.actor = {
        kind: 'staff',
        accountId: 'staff',
        email: 'staff@alize.example',
        name: 'staff',
        role: 'administrator',
        permissions: new Set(permissions),
        siteIds: null,
      }
    done()
  })
  const staff = clientOf(app, { 'x-simulated': 'staff' })
  await openWindows(ctx, shop, staff)
  return {
    app,
    ctx,
    clock,
    rng,
    shop,
    bank,
    visitor: clientOf(app, {}),
    staff,
    orders: [],
    carts: [],
    quotes: [],
  }
}

/** Nantes delivers in windows: two places in each, one van. */
async function openWindows(ctx: Ctx, shop: SmallShop, staff: Client): Promise<void> {
  const placeId = shop.places['nantes'] ?? ''
  await inTransaction(ctx.db, async (tx) => {
    const site = (await listSites(tx)).find(({ code }) => code === 'nantes')
    if (site) await putSite(ctx, tx, { ...site, latitude: 47.2126, longitude: -1.5561 })
  })
  await staff(endpoints.putZone, {
    params: { code: 'nantes' },
    body: {
      name: 'Nantes',
      placeId,
      centre: { latitude: 47.2126, longitude: -1.5561 },
      serviceMinutes: 10,
      active: true,
      areas: [{ prefix: '440', coordinates: { latitude: 47.218, longitude: -1.553 } }],
      template: [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
        ['10:00', '14:00'].map((from) => ({ weekday, from, capacity: 2, cutOffHours: 3, feeMinor: 790 })),
      ),
    },
  })
  const van = { name: 'Fourgon', capacityKg: 800, from: '07:00', until: '19:00', active: true }
  await staff(endpoints.putVehicles, { params: { placeId }, body: { vehicles: [van] } })
}

async function perform(
  world: World,
  act: (typeof acts)[number],
  done: Record<string, number>,
  refused: Record<string, number>,
): Promise<void> {
  try {
    await act.perform(world)
    done[act.name] = (done[act.name] ?? 0) + 1
  } catch (error) {
    // A refusal is part of life; anything else is a bug.
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    refused[error.problem.code] = (refused[error.problem.code] ?? 0) + 1
  }
}

/** Lets everything that waits happen: time passes, the bank answers, money moves, events arrive. */
async function comeToRest(world: World): Promise<void> {
  world.bank.healthy = true
  world.clock.advance(3_600_000)
  for (let round = 0; round < 3; round++) {
    for (const act of acts.filter((candidate) => candidate.settles)) await act.perform(world)
    world.clock.advance(3_600_000)
  }
}

/** A bank that now and then does not answer, until it is healthy again. Asking it again later is always allowed. */
function unreliable(provider: PaymentProvider, rng: World['rng'], bank: World['bank']): PaymentProvider {
  const perhaps = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!bank.healthy && rng.below(5) === 0) throw new Error('the simulated bank did not answer')
    return work()
  }
  return {
    name: provider.name,
    accepts: (token) => provider.accepts(token),
    authorise: (request) => provider.authorise(request),
    status: (paymentId) => provider.status(paymentId),
    capture: (paymentId, amountMinor) => perhaps(() => provider.capture(paymentId, amountMinor)),
    void: (paymentId) => provider.void(paymentId),
    refund: (request) => perhaps(() => provider.refund(request)),
  }
}

/** Notes every event that arrives: each aggregate's must come in order the first time, and none may be missing in the end. */
function orderObserver(): { subscriber: Subscriber; disorder(db: Db): Promise<string[]> } {
  const seen = new Map<string, Set<number>>()
  const faults: string[] = []
  const note = (event: StoredEvent): void => {
    const before = seen.get(event.aggregateId) ?? new Set()
    seen.set(event.aggregateId, before)
    // At least once: the same again is allowed, one after its successor is not.
    if (!before.has(event.sequence) && event.sequence < Math.max(0, ...before))
      faults.push(`event ${event.type} came after its successor`)
    before.add(event.sequence)
  }
  return {
    subscriber: {
      name: 'simulation.observe',
      types: observed,
      handle: async (_ctx, _tx, events) => events.forEach(note),
    },
    async disorder(db) {
      const written = await query<{ aggregate_id: string; sequence: number; type: string }>(
        db,
        sql`select aggregate_id, sequence, type from kernel.outbox where type = any(${observed})`,
      )
      const lost = written.filter((event) => !seen.get(event.aggregate_id)?.has(event.sequence))
      return [...faults, ...lost.map(({ type }) => `event ${type} never came`)]
    },
  }
}

const observed = [
  'orders.order_placed',
  'orders.order_reserved',
  'orders.order_cancelled',
  'orders.order_expired',
  'orders.line_cancelled',
  'orders.return_received',
  'orders.document_continued',
  'orders.cart_held',
  'orders.hold_released',
  'orders.quote_sent',
  'orders.quote_accepted',
  'orders.quote_ordered',
  'payments.payment_captured',
  'payments.refund_made',
  'fulfillment.order_ready',
  'fulfillment.preparation_undone',
  'fulfillment.handed_over',
  'fulfillment.shipped',
  'fulfillment.line_refused',
  'fulfillment.line_served',
]

function movingClock(start: Date): Clock & { advance(milliseconds: number): void } {
  let now = start.getTime()
  return { now: () => new Date(now), advance: (milliseconds) => (now += milliseconds) }
}

function clientOf(app: App, own: Record<string, string>): Client {
  return createClient(
    async ({ method, url, headers, body }) => {
      const payload = body === undefined ? {} : { payload: body as string }
      const answer = await app.fastify.inject({
        method: method as 'GET',
        url,
        headers: { ...own, ...headers },
        ...payload,
      })
      return {
        status: answer.statusCode,
        body: answer.body,
        headers: { get: (name) => String(answer.headers[name] ?? '') || null },
      }
    },
    { locale: () => 'fr' },
  )
}
