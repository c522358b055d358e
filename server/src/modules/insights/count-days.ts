import { assert } from '../../kernel/assert.ts'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction, type Queryable, type Tx } from '../../kernel/db.ts'
import { countWaiting, lastTold } from '../../kernel/outbox.ts'
import { listCosts } from '../channels/public.ts'
import type { CostModel } from './domain/cost-to-serve.ts'
import {
  countSales,
  dayOf,
  type CostModels,
  type OrderFact,
  type ReturnFact,
  type UnitCosts,
} from './domain/count-sales.ts'
import { grouped } from './domain/grouped.ts'
import { monthsBetween } from './domain/months.ts'
import { lockFollower } from './queries/locks.ts'
import { pastFacts } from './queries/past.ts'
import { orderFacts, purchasePrices, returnFacts, type Days } from './queries/order-facts.ts'
import {
  fingerprints,
  firstDay,
  markDays,
  markFromEvents,
  markFromLog,
  noteFollowed,
  noteRecount,
  replaceContacts,
  replaceMonth,
  replaceSales,
  takeStaleDays,
} from './queries/rollups.ts'

/** Events are looked at again from so long before: the transaction that numbered one may end after one numbered later. */
const overlapMs = 60_000
/** More events than this wait only in a rush: then buyers are answered first, and figures wait, but not longer than this. */
const rushEvents = 200
const patienceMs = 900_000
/** Followed so far while no event was told: everything is counted, and the first event is the next. */
const beforeAll = '00000000-0000-0000-0000-000000000000'
/** After counting, it rests this many times as long as it counted. */
const restFactor = 20

/**
 * Brings figures up to date: marks the days that what happened since the last time tells of, and counts those anew from the orders and
 * the log, a month at most in a transaction. So a late event, a return or a cancellation changes figures to what a recount of
 * everything would give. Nobody who buys waits for it: it reads what has happened in sets, rests in a rush, and takes a small share
 * of the time.
 */
export async function followFigures(ctx: Ctx, { hurry = false }: { hurry?: boolean } = {}): Promise<void> {
  const began = performance.now()
  if (!(await mark(ctx, hurry))) return
  while (await countNext(ctx));
  const restsUntil = new Date(ctx.clock.now().getTime() + restFactor * (performance.now() - began))
  await inTransaction(ctx.db, async (tx) => {
    const { looked_at: lookedAt } = await lockFollower(tx)
    await noteFollowed(tx, { followedTo: null, lookedAt: lookedAt ?? ctx.clock.now(), restsUntil })
  })
}

/** Marks the days to be counted; false where it is not the time. */
function mark(ctx: Ctx, hurry: boolean): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const now = ctx.clock.now()
    const before = await lockFollower(tx)
    if (!hurry && before.rests_until && before.rests_until > now) return false
    const waited = before.looked_at === null ? Infinity : now.getTime() - before.looked_at.getTime()
    if (!hurry && waited < patienceMs && (await countWaiting(tx)) > rushEvents) return false
    const until = await lastTold(tx)
    if (before.followed_to === null) {
      const from = await firstDay(tx)
      if (from) await markDays(tx, { from, until: dayOf(now) })
    } else if (until && !isHeard(until, before.followed_to, now)) {
      await markFromEvents(tx, shiftedBack(before.followed_to), until)
    }
    if (before.looked_at) await markFromLog(tx, new Date(before.looked_at.getTime() - overlapMs))
    const followedTo = until ?? before.followed_to ?? beforeAll
    await noteFollowed(tx, { followedTo, lookedAt: now, restsUntil: before.rests_until })
    return true
  })
}

/**
 * Whether nothing is new, and so long ago that every transaction of that time is over: a price that changed before the shop closed would
 * else have all its days counted again each minute of the night.
 */
function isHeard(last: string, followedTo: string, now: Date): boolean {
  return last === followedTo && now.getTime() - timeOf(last) > 2 * overlapMs
}

/** When a UUIDv7 was made (RFC 9562, 5.7: its first 48 bits are milliseconds). */
const timeOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

/** The first id a UUIDv7 could have had a little before another. */
function shiftedBack(id: string): string {
  const hex = Math.max(0, timeOf(id) - overlapMs)
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

/** Counts the latest stale days; false when none is left. */
function countNext(ctx: Ctx): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    await lockFollower(tx)
    const days = await takeStaleDays(tx)
    if (!days) return false
    await countDays(tx, days)
    return true
  })
}

/** Counts days of one month anew, with what other systems sold on them before, and the month. */
async function countDays(tx: Tx, days: Days): Promise<void> {
  const past = await pastFacts(tx, days)
  const orders = [...(await orderFacts(tx, days)), ...past.orders]
  const returns = [...(await returnFacts(tx, days)), ...past.returns]
  const { unitCosts, models } = await costsFor(tx, orders, returns)
  await replaceSales(tx, days, countSales(orders, returns, unitCosts, models))
  await replaceMonth(tx, days.from)
  await replaceContacts(tx, days)
}

/** What the goods of orders were bought for, and what channels cost. */
export async function costsFor(
  db: Queryable,
  orders: readonly OrderFact[],
  returns: readonly ReturnFact[] = [],
): Promise<{ unitCosts: UnitCosts; models: CostModels }> {
  const variantIds = new Set(
    [...orders, ...returns].flatMap(({ lines }) => lines.flatMap(({ variantId }) => variantId ?? [])),
  )
  const [prices, costs] = await Promise.all([purchasePrices(db, [...variantIds]), listCosts(db, null)])
  const pricesOf = grouped(prices, ({ variant_id: variantId }) => variantId)
  const costsOf = grouped(costs, ({ channelCode }) => channelCode)
  return {
    unitCosts: (variantId, soldAt) =>
      pricesOf.get(variantId)?.findLast(({ ordered_at: at }) => at <= soldAt)?.unit_cost_minor ?? null,
    models: (channelCode, day) => {
      const known = costsOf.get(channelCode) ?? []
      // The latest first; before the first day that is told of, the first holds.
      const cost = (known.find(({ cost: { validFrom } }) => validFrom <= day) ?? known.at(-1))?.cost
      assert(cost, 'a channel has costs')
      return toModel(cost)
    },
  }
}

function toModel(cost: Awaited<ReturnType<typeof listCosts>>[number]['cost']): CostModel {
  return {
    ...cost,
    perOrderMinor: BigInt(cost.perOrderMinor),
    perLineMinor: BigInt(cost.perLineMinor),
    perUnitMinor: BigInt(cost.perUnitMinor),
    perParcelMinor: BigInt(cost.perParcelMinor),
    perContactMinor: BigInt(cost.perContactMinor),
    perCardPaymentMinor: BigInt(cost.perCardPaymentMinor),
  }
}

/**
 * Counts everything anew, month by month, and says on how many days it found something else than stood there: none, unless
 * people were erased or the log was shortened since. What it found stays.
 */
export async function recountFigures(ctx: Ctx): Promise<{ days: number; different: number }> {
  await followFigures(ctx, { hurry: true })
  const first = await firstDay(ctx.db)
  let [days, different] = [0, 0]
  for (const month of first ? monthsBetween(first, dayOf(ctx.clock.now())) : []) {
    const changed = await inTransaction(ctx.db, async (tx) => {
      await lockFollower(tx)
      const before = await fingerprints(tx, month)
      await countDays(tx, month)
      const after = await fingerprints(tx, month)
      const all = new Set([...before.keys(), ...after.keys()])
      return [all.size, [...all].filter((day) => before.get(day) !== after.get(day)).length] as const
    })
    days += changed[0]
    different += changed[1]
  }
  await noteRecount(ctx.db, { at: ctx.clock.now(), days, different })
  if (different > 0) ctx.log.warn({ days, different }, 'the recount of figures found differences')
  return { days, different }
}
