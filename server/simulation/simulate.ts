import { pino } from 'pino'
import { ApiError, createClient, type Client } from '@ecluse/contracts/client.ts'
import { permissions } from '@ecluse/contracts/permissions.ts'
import { build, type App } from '../src/app.ts'
import type { Clock } from '../src/kernel/clock.ts'
import type { Config } from '../src/kernel/config.ts'
import { systemContext, type Ctx } from '../src/kernel/context.ts'
import { inTransaction, type Db } from '../src/kernel/db.ts'
import type { StoredEvent } from '../src/kernel/outbox.ts'
import { createSeededRng } from '../src/kernel/rng.ts'
import type { Subscriber } from '../src/kernel/relay.ts'
import { listPlaces, putPlace } from '../src/modules/inventory/public.ts'
import type { PaymentProvider } from '../src/modules/payments/public.ts'
import { acts, type World } from './acts.ts'
import { brokenAtRest, brokenInvariants } from './invariants.ts'
import { makeSmallShop } from './small-shop.ts'

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
    const broken = [...(await brokenAtRest(parts.db)), ...observer.disorder()]
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
  return {
    app,
    ctx,
    clock,
    rng,
    shop,
    bank,
    visitor: clientOf(app, {}),
    staff: clientOf(app, { 'x-simulated': 'staff' }),
    orders: [],
  }
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

/** Notes every event that arrives, and whether each aggregate's came in order. */
function orderObserver(): { subscriber: Subscriber; disorder(): string[] } {
  const seen = new Map<string, number>()
  const faults: string[] = []
  const note = (event: StoredEvent): void => {
    const last = seen.get(event.aggregateId) ?? 0
    // At least once: the same again is allowed, a gap is not.
    if (event.sequence > last + 1) faults.push(`event ${event.type} came before its predecessor`)
    seen.set(event.aggregateId, Math.max(last, event.sequence))
  }
  const types = [
    'orders.order_placed',
    'orders.order_reserved',
    'orders.order_cancelled',
    'orders.order_expired',
    'orders.return_received',
    'payments.payment_captured',
    'payments.refund_made',
    'fulfillment.order_ready',
    'fulfillment.preparation_undone',
    'fulfillment.handed_over',
    'fulfillment.shipped',
    'fulfillment.line_refused',
    'fulfillment.line_served',
    'orders.line_cancelled',
  ]
  return {
    subscriber: { name: 'simulation.observe', types, handle: async (_ctx, _tx, events) => events.forEach(note) },
    disorder: () => faults,
  }
}

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
