import fc from 'fast-check'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { createTestDatabase } from '../../../../test/kit/database.ts'
import { createTestServices } from '../../../../test/kit/services.ts'
import { systemContext } from '../../../kernel/context.ts'
import { inTransaction, openDatabase, type Db } from '../../../kernel/db.ts'
import {
  comparePools,
  ensurePools,
  readPools,
  changeCapacity,
  setAdvance,
  settlePromises,
  takeAll,
  takePromises,
} from '../public.ts'

const { db, connectionString } = await createTestDatabase()
/** As a second server would come. */
const other = openDatabase({ connectionString, max: 10 })
afterAll(() => other.end())
const ctx = systemContext(createTestServices(db), 'test')

async function makePool(kind: string, capacity: number, { safety = 0, overbooking = 0 } = {}): Promise<string> {
  const id = ctx.ids.next()
  await inTransaction(db, async (tx) => {
    await ensurePools(tx, kind, [id])
    await changeCapacity(tx, [{ poolId: id, delta: BigInt(capacity) }])
    await tx.query('update promises.pool set safety = $2, overbooking = $3 where id = $1', [id, safety, overbooking])
  })
  return id
}

const demand = (
  pools: readonly string[],
  as: 'held' | 'committed' = 'committed',
  quantity = 1,
  kept?: { units: bigint; shareBasisPoints: number },
) => ({
  referenceId: ctx.ids.next(),
  as,
  expiresAt: as === 'held' ? new Date(ctx.clock.now().getTime() + 60_000) : null,
  lines: pools.map((poolId) => ({ promiseId: ctx.ids.next(), poolId, quantity: BigInt(quantity), kept })),
})

type Demand = Parameters<typeof takeAll>[2][number]

/** Tries alone, whichever way: everything at once or the careful way. @returns whether it was served */
async function take(on: Db, asked: Demand, way: 'all' | 'each'): Promise<boolean> {
  try {
    return await inTransaction(on, async (tx) => {
      if (way === 'each') return (await takePromises(ctx, tx, [asked])).refusals[0] === undefined
      if ((await takeAll(ctx, tx, [asked])) === null) throw new Error('something is missing')
      return true
    })
  } catch (error) {
    if (error instanceof Error && error.message === 'something is missing') return false
    throw error
  }
}

describe.each(['stock', 'window', 'bay', 'fitting_room', 'appointment', 'seat', 'booking_class'])('a %s', (kind) => {
  test('of which there are k is promised to exactly k of many who come at once by two servers', async () => {
    const [k, people] = [7, 40]
    const pool = await makePool(kind, k)
    const served = await Promise.all(
      Array.from({ length: people }, (_, n) =>
        take(n % 2 === 0 ? db : other, demand([pool], n % 3 === 0 ? 'held' : 'committed'), n % 5 < 2 ? 'all' : 'each'),
      ),
    )
    expect(served.filter(Boolean)).toHaveLength(k)
    const [level] = await readPools(db, [pool])
    expect(Number(level?.held) + Number(level?.committed)).toBe(k)
    expect(level?.available).toBe(0n)
  })
})

test('what is kept back is not promised, what may be overbooked is', async () => {
  const pool = await makePool('seat', 10, { safety: 3, overbooking: 2 })
  const served = await Promise.all(Array.from({ length: 20 }, () => take(db, demand([pool]), 'each')))
  expect(served.filter(Boolean)).toHaveLength(9)
})

test('two that want the same two, in either order, never wait for each other for ever, and share nothing', async () => {
  const [a, b] = [await makePool('stock', 30), await makePool('window', 20)]
  const served = await Promise.all(
    Array.from({ length: 60 }, (_, n) => take(n % 2 ? db : other, demand(n % 2 ? [a, b] : [b, a]), 'all')),
  )
  expect(served.filter(Boolean)).toHaveLength(20)
  const levels = new Map((await readPools(db, [a, b])).map((level) => [level.poolId, level.available]))
  expect(levels.get(a)).toBe(10n)
  expect(levels.get(b)).toBe(0n)
})

describe.each([
  ['units', { units: 4n, shareBasisPoints: 0 }],
  ['a share', { units: 0n, shareBasisPoints: 3_300 }],
])('%s kept from one asker', (_name, kept) => {
  const crowd = (pool: string, size: number, ofKept: (n: number) => boolean) =>
    Promise.all(
      Array.from({ length: size }, async (_, n) => {
        const asked = demand([pool], n % 3 === 0 ? 'held' : 'committed', 1, ofKept(n) ? kept : undefined)
        return { bounded: ofKept(n), served: await take(n % 2 ? db : other, asked, n % 4 < 2 ? 'all' : 'each') }
      }),
    )

  test('are left for the others, exactly, however many come at once by two servers', async () => {
    // Ten units: 33 % of them are 3.3, and 4 are left.
    const pool = await makePool('stock', 10)
    const alone = await crowd(pool, 30, () => true)
    expect(alone.filter(({ served }) => served)).toHaveLength(6)
    const others = await crowd(pool, 30, () => false)
    expect(others.filter(({ served }) => served)).toHaveLength(4)
  })

  test('are never sold to it when both come together, and nothing is left over', async () => {
    const pool = await makePool('stock', 10)
    const all = await crowd(pool, 60, (n) => n % 5 < 3)
    expect(all.filter(({ served }) => served)).toHaveLength(10)
    expect(all.filter(({ served, bounded }) => served && bounded).length).toBeLessThanOrEqual(6)
  })

  test('count in one batch as if they came one after the other', async () => {
    const pool = await makePool('stock', 10)
    const asked = [
      demand([pool], 'committed', 5, kept),
      demand([pool], 'committed', 2, kept),
      demand([pool], 'committed', 3),
      demand([pool], 'committed', 1, kept),
      demand([pool], 'committed', 3),
    ]
    const { refusals } = await inTransaction(db, (tx) => takePromises(ctx, tx, asked))
    expect(refusals.map((refusal) => refusal && [refusal.available, refusal.forAsker])).toEqual([
      undefined,
      [5n, 1n],
      undefined,
      [2n, 0n],
      [2n, 2n],
    ])
    expect((await readPools(db, [pool]))[0]?.available).toBe(2n)
  })
})

describe('units that are to come', () => {
  const ahead = (pool: string, units: bigint, as: 'held' | 'committed' = 'committed') => ({
    ...demand([pool], as),
    lines: [{ promiseId: ctx.ids.next(), poolId: pool, quantity: 1n, ahead: units }],
  })

  test('are promised as far as each date reaches, and to nobody who wants what is there', async () => {
    const pool = await makePool('stock', 2)
    await inTransaction(db, (tx) => setAdvance(tx, [{ poolId: pool, advance: 9n }]))
    const crowd = await Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        const asked = n % 3 === 0 ? demand([pool]) : ahead(pool, n % 3 === 1 ? 4n : 9n, n % 2 ? 'held' : 'committed')
        return { reach: [0, 4, 9][n % 3], served: await take(n % 2 ? db : other, asked, n % 4 < 2 ? 'all' : 'each') }
      }),
    )
    const served = crowd.filter((one) => one.served)
    expect(served).toHaveLength(11)
    expect(served.filter(({ reach }) => reach === 0).length).toBeLessThanOrEqual(2)
    expect(served.filter(({ reach }) => reach !== 9).length).toBeLessThanOrEqual(6)
  })

  test('that come are there for those they were promised to; that do not come are missing', async () => {
    const pool = await makePool('stock', 0)
    await inTransaction(db, (tx) => setAdvance(tx, [{ poolId: pool, advance: 5n }]))
    const served = await Promise.all(Array.from({ length: 8 }, () => take(db, ahead(pool, 5n), 'each')))
    expect(served.filter(Boolean)).toHaveLength(5)
    await inTransaction(db, async (tx) => {
      await changeCapacity(tx, [{ poolId: pool, delta: 3n }])
      await setAdvance(tx, [{ poolId: pool, advance: 2n }])
    })
    expect(await take(db, demand([pool]), 'each')).toBe(false)
    await inTransaction(db, (tx) => setAdvance(tx, [{ poolId: pool, advance: 0n }]))
    const row = await db.query('select shortage, committed, capacity from promises.pool where id = $1', [pool])
    expect(row.rows[0]).toEqual({ shortage: 2n, committed: 5n, capacity: 3n })
  })
})

type State = 'held' | 'committed' | 'gone'

test('any story of takes and settlements ends as counting by hand ends', async () => {
  const step = fc.oneof(
    fc.record({
      what: fc.constant('take' as const),
      pool: fc.nat(2),
      as: fc.constantFrom('held' as const, 'committed' as const),
      quantity: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({
      what: fc.constantFrom('commit' as const, 'release' as const, 'expire' as const, 'cancel' as const),
      promise: fc.nat(30),
    }),
    fc.record({ what: fc.constant('change' as const), pool: fc.nat(2), delta: fc.integer({ min: -3, max: 3 }) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const pools = [await makePool('stock', 5), await makePool('bay', 3), await makePool('seat', 0)]
      const capacity = [5, 3, 0]
      const promises: { id: string; pool: number; quantity: number; state: State }[] = []
      const promised = (pool: number): number =>
        promises.filter((p) => p.pool === pool && p.state !== 'gone').reduce((sum, p) => sum + p.quantity, 0)
      for (const one of steps) {
        if (one.what === 'take') {
          const asked = demand([pools[one.pool] ?? ''], one.as, one.quantity)
          const fits = promised(one.pool) + one.quantity <= (capacity[one.pool] ?? 0)
          expect(await take(db, asked, promises.length % 2 ? 'all' : 'each')).toBe(fits)
          if (fits)
            promises.push({
              id: asked.lines[0]?.promiseId ?? '',
              pool: one.pool,
              quantity: one.quantity,
              state: one.as,
            })
        } else if (one.what === 'change') {
          const after = (capacity[one.pool] ?? 0) + one.delta
          if (after < 0 || one.delta === 0) continue
          capacity[one.pool] = after
          await inTransaction(db, (tx) =>
            changeCapacity(tx, [{ poolId: pools[one.pool] ?? '', delta: BigInt(one.delta) }]),
          )
        } else {
          const promise = promises[one.promise]
          if (!promise) continue
          const from = one.what === 'cancel' ? 'committed' : 'held'
          const moved = await inTransaction(db, (tx) =>
            settlePromises(ctx, tx, one.what, [{ poolId: pools[promise.pool] ?? '', id: promise.id }]),
          )
          expect(moved).toHaveLength(promise.state === from ? 1 : 0)
          if (promise.state === from) promise.state = one.what === 'commit' ? 'committed' : 'gone'
        }
      }
      const levels = new Map((await readPools(db, pools)).map((level) => [level.poolId, level]))
      pools.forEach((id, pool) => {
        const level = levels.get(id)
        expect(Number(level?.capacity)).toBe(capacity[pool])
        expect(Number(level?.held) + Number(level?.committed)).toBe(promised(pool))
      })
    }),
    { seed: inject('seed'), numRuns: 25 },
  )
  expect(await comparePools(db)).toEqual([])
})
