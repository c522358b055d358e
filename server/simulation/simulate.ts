import { pino } from 'pino'
import sql from 'sql-template-tag'
import { ApiError, createClient, type Client } from '@ecluse/contracts/client.ts'
import { permissions } from '@ecluse/contracts/permissions.ts'
import { build, type App } from '../src/app.ts'
import type { Clock } from '../src/kernel/clock.ts'
import type { Config } from '../src/kernel/config.ts'
import { systemContext, type Actor, type Ctx } from '../src/kernel/context.ts'
import { inTransaction, one, query, type Db } from '../src/kernel/db.ts'
import type { StoredEvent } from '../src/kernel/outbox.ts'
import { createSeededRng } from '../src/kernel/rng.ts'
import type { Subscriber } from '../src/kernel/relay.ts'
import { listPlaces, putPlace } from '../src/modules/inventory/public.ts'
import type { PaymentProvider } from '../src/modules/payments/public.ts'
import { everyday, someThemes } from './acts/acts.ts'
import { settle } from './acts/time.ts'
import type { Act, Theme, World } from './acts/world.ts'
import { brokenAtRest, brokenAtTheEnd, brokenInvariants } from './invariants.ts'
import { makeSmallShop } from './small-shop.ts'
import { tellOrders } from './tell-orders.ts'

export type SimulationResult = {
  readonly seed: number
  readonly steps: number
  readonly done: Readonly<Record<string, number>>
  readonly refused: Readonly<Record<string, number>>
  /** How many events there were: what is done in vain leaves none. */
  readonly events: number
}

/** A run that broke a rule: the seed runs it again, as far as the choices go; `told` is what was seen of it. */
export class BrokenSimulation extends Error {
  constructor(seed: number, step: number, broken: readonly string[], told = '') {
    super(`seed ${seed}, step ${step}: ${broken.join('; ')}${told && `\n${told}`}`)
    this.name = 'BrokenSimulation'
  }
}

/** How many customers and clerks act at the same moment. */
const crowd = 6
const hourMs = 3_600_000
const dayMs = 24 * hourMs

/**
 * Lives some hours of a small shop from a seed: customers of every channel and staff act in crowds, the bank fails, requests
 * are repeated, time jumps; after each step the invariants are asked of the database. The choices are those of the seed; how
 * concurrent acts interleave is PostgreSQL's.
 *
 * @param themesOnly what the shop does beside the usual, when the seed is not to choose
 * @throws BrokenSimulation with the seed, what was broken, and all that is known of the orders concerned
 */
export async function simulate(
  parts: { config: Config; db: Db; connectionString: string },
  seed: number,
  steps: number,
  themesOnly?: readonly string[],
): Promise<SimulationResult> {
  const rng = createSeededRng(seed)
  const clock = movingClock(new Date('2026-03-02T09:00:00Z'))
  const observer = orderObserver()
  const bank = { healthy: false }
  const errors: string[] = []
  const journal: string[] = []
  const closing: (() => void)[] = []
  const app = await build({
    ...parts,
    // Those who are told what happens are on this machine.
    config: { ...parts.config, webhookPrivateAddresses: 'allow' },
    log: pino({ level: 'error' }, { write: (line: string) => void (line.includes(silence) || errors.push(line)) }),
    clock,
    rng,
    extraSubscribers: [observer.subscriber],
    wrapProvider: (provider) => unreliable(provider, rng, bank),
    // Some receivers never answer.
    webhookTimeoutMs: 250,
  })
  const stopAt = async (step: number, broken: readonly string[]): Promise<void> => {
    if (broken.length === 0) return
    const told = await tellOrders(parts.db, broken)
    throw new BrokenSimulation(seed, step, broken, [...journal, told].join('\n'))
  }
  try {
    const themes = someThemes(rng, themesOnly)
    const acts = [...everyday, ...themes.flatMap((theme) => theme.acts)]
    const world = await makeWorld(app, { clock, rng, bank, closing }, themes)
    const done: Record<string, number> = {}
    const refused: Record<string, number> = {}
    for (let step = 0; step < steps; step++) {
      const chosen = Array.from({ length: 1 + rng.below(crowd) }, () => acts[rng.below(acts.length)] as Act)
      const outcomes = await Promise.allSettled(chosen.map((act) => perform(world, act, done, refused)))
      const said = outcomes.map((outcome, n) => `${chosen[n]?.name}${answerOf(outcome)}`)
      journal.push(`  step ${step}, ${clock.now().toISOString()}: ${said.join(', ')}`)
      const bug = outcomes.find((outcome) => outcome.status === 'rejected')
      if (bug) await stopAt(step, [String(bug.reason), ...errors.slice(-2)])
      await stopAt(step, await brokenInvariants(parts.db))
    }
    world.bank.healthy = true
    await comeToRest(world, hourMs, hourMs)
    await stopAt(steps, await brokenAtRest(parts.db))
    await comeToRest(world, 20 * dayMs, 1.5 * dayMs)
    const ends = await Promise.all(world.atTheEnd.map((ask) => ask()))
    const leftBehind = [...(await brokenAtTheEnd(parts.db, clock.now())), ...(await observer.disorder(parts.db))]
    await stopAt(steps + 1, [...leftBehind, ...ends.flat().slice(0, 5)])
    return { seed, steps, done, refused, events: await countEvents(parts.db) }
  } finally {
    closing.forEach((close) => close())
    await app.close()
  }
}

async function makeWorld(
  app: App,
  { clock, rng, bank, closing }: Pick<World, 'clock' | 'rng' | 'bank' | 'closing'>,
  themes: readonly Theme[],
): Promise<World> {
  const ctx: Ctx = systemContext(app.wiring.services, 'simulation')
  const shop = await makeSmallShop(ctx, { products: 4, unitsPerPlace: 1 + rng.below(4) })
  // A shop sends parcels too, so that what the warehouse refuses may be taken from there.
  await inTransaction(ctx.db, async (tx) => {
    const lyon = (await listPlaces(tx)).find(({ code }) => code === 'lyon')
    if (lyon) await putPlace(ctx, tx, { ...lyon, shipsParcels: true })
  })
  await app.wiring.model.refreshTerms()
  await app.wiring.model.refresh()
  const actors: Actor[] = []
  app.fastify.addHook('onRequest', (request, _reply, done) => {
    const actor = actors[Number(request.headers['x-simulated'] ?? -1)]
    if (actor) request.actor = actor
    done()
  })
  const actAs = (actor: Actor) => clientOf(app, { 'x-simulated': String(actors.push(actor) - 1) })
  const world: World = {
    app,
    ctx,
    clock,
    rng,
    shop,
    bank,
    visitor: clientOf(app, {}),
    staff: actAs({
      kind: 'staff',
      accountId: 'staff',
      email: 'staff@alize.example',
      name: 'staff',
      role: 'administrator',
      permissions: new Set(permissions),
      siteIds: null,
    }),
    actAs,
    orders: [],
    carts: [],
    quotes: [],
    reservations: [],
    appointments: [],
    parcels: [],
    mixed: [],
    visits: [],
    rounds: [],
    returns: [],
    changes: [],
    companies: [],
    priced: [],
    asked: new Map(),
    files: [],
    downloads: [],
    vouchers: [],
    atTheEnd: [],
    closing,
    staffHeaders: { 'x-simulated': '0' },
  }
  for (const theme of themes) await theme.open?.(world)
  return world
}

async function perform(
  world: World,
  act: Act,
  done: Record<string, number>,
  refused: Record<string, number>,
): Promise<string | undefined> {
  try {
    await act.perform(world)
    done[act.name] = (done[act.name] ?? 0) + 1
    return undefined
  } catch (error) {
    // A refusal is part of life; anything else is a bug.
    if (!(error instanceof ApiError) || error.problem.status >= 500) throw error
    refused[error.problem.code] = (refused[error.problem.code] ?? 0) + 1
    return error.problem.code
  }
}

/** What an act came to, for the journal: nothing to say, the code of a refusal, or a fault. */
function answerOf(outcome: PromiseSettledResult<string | undefined>): string {
  if (outcome.status === 'rejected') return ' (fault)'
  return outcome.value ? ` (${outcome.value})` : ''
}

async function countEvents(db: Db): Promise<number> {
  return (await one<{ count: number }>(db, sql`select count(*)::int from kernel.outbox`)).count
}

/** Lets everything that waits happen: time passes, money moves, events arrive. */
async function comeToRest(world: World, first: number, between: number): Promise<void> {
  world.clock.advance(first)
  for (let round = 0; round < 3; round++) {
    await settle(world)
    world.clock.advance(between)
  }
}

const silence = 'the simulated bank did not answer'

/** A bank that now and then does not answer, until it is healthy again. Asking it again later is always allowed. */
function unreliable(provider: PaymentProvider, rng: World['rng'], bank: World['bank']): PaymentProvider {
  const perhaps = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!bank.healthy && rng.below(5) === 0) throw new Error(silence)
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
  'orders.reservation_made',
  'orders.reservation_ready',
  'orders.reservation_visited',
  'orders.reservation_ended',
  'orders.quote_sent',
  'orders.quote_accepted',
  'orders.quote_ordered',
  'payments.payment_captured',
  'payments.refund_made',
  'service.appointment_booked',
  'service.appointment_moved',
  'service.appointment_cancelled',
  'service.appointment_settled',
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
