import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Transfer } from '../../payments/public.ts'
import { drawFrom, ended, spendable, standingOf } from './lots.ts'

const at = (day: number): Date => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000)

let made = 0
function transfer(changes: Partial<Transfer>): Transfer {
  const id = `t${String(++made).padStart(9, '0')}`
  return {
    owner_id: 'a',
    id,
    from_account: 'points_given',
    to_account: 'points',
    amount: 1n,
    cause: 'activated',
    subject_id: null,
    lot_id: null,
    expires_at: null,
    note: null,
    actor: null,
    booked_at: at(0),
    ...changes,
  }
}

type Act =
  { do: 'earn'; amount: number; owner: string } | { do: 'spend'; amount: number } | { do: 'wait'; days: number }

const actArb: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    do: fc.constant('earn' as const),
    amount: fc.integer({ min: 1, max: 9 }),
    owner: fc.constantFrom('a', 'b'),
  }),
  fc.record({ do: fc.constant('spend' as const), amount: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 40 }) }),
)

/** Another reading: every single point is a thing of its own, with an owner and an end, in one purse. */
function newPurse() {
  const points: { owner: string; end: number; order: number; live: boolean }[] = []
  const purse = {
    day: 0,
    earn(owner: string, amount: number, order: number): void {
      for (let i = 0; i < amount; i++) points.push({ owner, end: purse.day + 60, order, live: true })
    },
    available: () =>
      points.filter((point) => point.live && point.end > purse.day).sort((x, y) => x.end - y.end || x.order - y.order),
    spend(amount: number): Map<string, number> | undefined {
      const there = purse.available()
      if (there.length < amount) return undefined
      const drawn = new Map<string, number>()
      for (const point of there.slice(0, amount)) {
        point.live = false
        drawn.set(point.owner, (drawn.get(point.owner) ?? 0) + 1)
      }
      return drawn
    },
  }
  return purse
}

test('sums over the ledger say what counting every point one by one says', () => {
  fc.assert(
    fc.property(fc.array(actArb, { maxLength: 40 }), (acts) => {
      const purse = newPurse()
      const ledger: Transfer[] = []
      let order = 0
      for (const act of acts) {
        if (act.do === 'earn') {
          const lot = `lot${String(++order).padStart(6, '0')}`
          purse.earn(act.owner, act.amount, order)
          ledger.push(
            transfer({ owner_id: act.owner, amount: BigInt(act.amount), lot_id: lot, expires_at: at(purse.day + 60) }),
          )
        } else if (act.do === 'wait') {
          purse.day += act.days
          // What ended is booked, as the hourly job does; the other reading needs no booking.
          for (const lot of ended(standingOf(ledger).lots, at(purse.day)))
            ledger.push(
              transfer({
                owner_id: lot.ownerId,
                from_account: 'points',
                to_account: 'points_expired',
                amount: lot.left,
                lot_id: lot.lotId,
              }),
            )
        } else if (act.do === 'spend') {
          const drawn = drawFrom(standingOf(ledger).lots, BigInt(act.amount))
          const expected = purse.spend(act.amount)
          expect(drawn && Object.fromEntries([...drawn].map(([owner, n]) => [owner, Number(n)]))).toEqual(
            expected && Object.fromEntries(expected),
          )
          for (const [owner, amount] of drawn ?? [])
            ledger.push(transfer({ owner_id: owner, from_account: 'points', to_account: 'points_spent', amount }))
        }
        const standing = standingOf(ledger)
        const there = purse.available()
        expect(spendable(standing, at(purse.day))).toBe(BigInt(there.length))
        for (const { ownerId, left, expiresAt } of standing.lots)
          expect(
            there.filter(({ owner, end }) => owner === ownerId && at(end).getTime() === expiresAt?.getTime()).length,
          ).toBeGreaterThanOrEqual(Number(left))
        for (const owner of ['a', 'b'])
          expect(standingOf(ledger.filter(({ owner_id }) => owner_id === owner)).active).toBeGreaterThanOrEqual(0n)
      }
    }),
  )
})

test('what comes back after it was spent is owed, taken from what is left, and worked off by what comes', () => {
  const earned = transfer({ amount: 100n, lot_id: 'x', expires_at: at(60) })
  const spent = transfer({ from_account: 'points', to_account: 'points_spent', amount: 80n })
  const back = transfer({ from_account: 'points', to_account: 'points_given', amount: 100n, lot_id: 'x' })
  expect(standingOf([earned, spent, back])).toEqual({ active: -80n, pending: 0n, lots: [] })
  const later = transfer({ owner_id: 'b', amount: 90n, lot_id: 'y', expires_at: at(90) })
  const { active, lots } = standingOf([earned, spent, back, later])
  expect(active).toBe(10n)
  expect(lots).toEqual([{ ownerId: 'b', lotId: 'y', left: 10n, expiresAt: at(90) }])
})
