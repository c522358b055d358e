import type { Transfer } from '../../payments/public.ts'

/** Points that came together and end together, and how many of them are left. */
export type Lot = {
  readonly ownerId: string
  readonly lotId: string
  readonly left: bigint
  readonly expiresAt: Date | null
}

/** What a member has: lots from the one that ends first, and what is still to come. */
export type Standing = {
  /** May be below zero: what was spent and whose purchase came back later. */
  readonly active: bigint
  readonly pending: bigint
  readonly lots: readonly Lot[]
}

const account = 'points'

/** What a transfer changes of an account of its owner. */
export function effectOf(transfer: Pick<Transfer, 'from_account' | 'to_account' | 'amount'>, on: string): bigint {
  if (transfer.to_account === on) return transfer.amount
  return transfer.from_account === on ? -transfer.amount : 0n
}

/**
 * What is left of each lot: what came to it and left it by name, less what was spent without one. That is taken, of each owner, from what
 * ends first. What an owner owes beyond all their lots (several are one customer after a merge) takes from the others' in the same order.
 */
export function standingOf(transfers: readonly Transfer[]): Standing {
  const named = new Map<string, Lot>()
  const taken = new Map<string, bigint>()
  let active = 0n
  let pending = 0n
  for (const transfer of transfers) {
    const effect = effectOf(transfer, account)
    active += effect
    pending += effectOf(transfer, 'points_pending')
    if (effect === 0n) continue
    const { owner_id: ownerId, lot_id: lotId } = transfer
    if (lotId === null) taken.set(ownerId, (taken.get(ownerId) ?? 0n) - effect)
    else {
      const before = named.get(`${ownerId} ${lotId}`)
      const expiresAt = before?.expiresAt ?? transfer.expires_at
      named.set(`${ownerId} ${lotId}`, { ownerId, lotId, left: (before?.left ?? 0n) + effect, expiresAt })
    }
  }
  const lots = [...named.values()].sort(byEnd)
  const rest = takeFrom(lots, (lot) => lot.ownerId, taken)
  const owed = [...taken.values()].reduce((sum, one) => sum + one, 0n)
  return { active, pending, lots: takeFrom(rest, () => '', new Map([['', owed]])).filter(({ left }) => left > 0n) }
}

/** Takes amounts, by a key, from lots in their order; what could not be taken stays in the map. */
function takeFrom(lots: readonly Lot[], keyOf: (lot: Lot) => string, amounts: Map<string, bigint>): Lot[] {
  return lots.map((lot) => {
    const wanted = amounts.get(keyOf(lot)) ?? 0n
    const now = wanted < lot.left ? wanted : lot.left
    amounts.set(keyOf(lot), wanted - now)
    return { ...lot, left: lot.left - now }
  })
}

/** What ends first comes first; what never ends, last. */
function byEnd(a: Lot, b: Lot): number {
  const end = (lot: Lot): number => lot.expiresAt?.getTime() ?? Number.MAX_SAFE_INTEGER
  return end(a) - end(b) || (a.lotId < b.lotId ? -1 : 1)
}

/** Lots whose time is over. */
export function ended(lots: readonly Lot[], now: Date): Lot[] {
  return lots.filter(({ expiresAt }) => expiresAt !== null && expiresAt <= now)
}

/** What can be spent at an instant: nothing of what has ended, whether that was booked yet or not. */
export function spendable({ active, lots }: Standing, now: Date): bigint {
  return active - ended(lots, now).reduce((sum, { left }) => sum + left, 0n)
}

/** From whom an amount is taken, from what ends first. @returns for each owner how much; undefined when there is not enough */
export function drawFrom(lots: readonly Lot[], amount: bigint): Map<string, bigint> | undefined {
  const drawn = new Map<string, bigint>()
  let missing = amount
  for (const { ownerId, left } of lots) {
    const now = missing < left ? missing : left
    if (now > 0n) drawn.set(ownerId, (drawn.get(ownerId) ?? 0n) + now)
    missing -= now
  }
  return missing === 0n ? drawn : undefined
}
