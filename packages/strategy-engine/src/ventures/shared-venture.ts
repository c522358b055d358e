import { bargainOverSum } from '../sharing/bargaining.ts'
import { shapleyValues } from '../sharing/cooperative-games.ts'
import { requireOnce, requireRange, Unanswerable } from '../unanswerable.ts'

/** One of those who make something together. */
export interface VentureParty {
  name: string
  /** Paid at the start, if it takes part. */
  investment: number
  yearlyCost: number
}

/** What the venture brings in a year, to whom it falls first, and without whom it is not had. */
export interface VentureBenefit {
  name: string
  to: string
  needs: readonly string[]
  yearly: number
}

/** What one party pays another in a year: the stated rule. */
export interface VenturePayment {
  name: string
  from: string
  to: string
  yearly: number
}

export interface Venture {
  parties: readonly VentureParty[]
  benefits: readonly VentureBenefit[]
  payments: readonly VenturePayment[]
  years: number
  discountRate: number
}

export interface VentureShare {
  party: string
  /** Present value of what falls to it and what it pays out itself, before anybody pays anybody. */
  own: number
  /** With the payments of the stated rule. */
  stated: number
  /** By what it adds to every coalition (L. Shapley 1953). */
  shapley: number
  /** By bargaining among equals who have nothing without an agreement (J. Nash 1950). */
  nash: number
  /** What it would have to be paid a year, beside the stated rule, to have its Shapley share; below 0: to pay. */
  yearlyToShapley: number
}

export interface VentureVerdict {
  /** Present value of all together. */
  total: number
  shares: VentureShare[]
  /** Whether under the stated rule nobody loses. */
  acceptable: boolean
  /** The coalition that would do best to leave with the stated rule, and what it would gain by it; null when none would. */
  leaving: { parties: string[]; gain: number } | null
}

/**
 * Who gets what of something made together: the stated rule of payments beside Shapley’s and Nash’s division, in present values. A coalition
 * is worth what it can make without the others, and never less than what part of it can, or nothing. Throws `Unanswerable`: `empty`,
 * `repeated`, `unknown_name`, `out_of_range`, and `impossible` when all together make a loss: there is nothing to divide.
 */
export function judgeVenture(venture: Venture): VentureVerdict {
  requireVenture(venture)
  const { parties, payments } = venture
  const annuity = annuityOf(venture)
  const own = parties.map((party) => ownValue(venture, party, annuity))
  const stated = parties.map(({ name }, at) => {
    const net = payments.reduce(
      (sum, { from, to, yearly }) => sum + (to === name ? yearly : 0) - (from === name ? yearly : 0),
      0,
    )
    return own[at]! + net * annuity
  })
  const worths = worthsOfCoalitions(venture, annuity)
  const total = worths.at(-1)!
  if (!(total > 0)) throw new Unanswerable('impossible', { name: 'a venture that brings more than it costs' })
  const shapley = shapleyValues(parties.length, worths)
  const nash = bargainOverSum(
    total,
    parties.map(() => 0),
  ).shares
  return {
    total,
    shares: parties.map(({ name }, at) => ({
      party: name,
      own: own[at]!,
      stated: stated[at]!,
      shapley: shapley[at]!,
      nash: nash[at]!,
      yearlyToShapley: (shapley[at]! - stated[at]!) / annuity,
    })),
    acceptable: stated.every((share) => share >= -1e-9 * total),
    leaving: bestToLeave(parties, worths, stated),
  }
}

/** Present value of 1 at the end of each year. */
function annuityOf({ years, discountRate }: Venture): number {
  return discountRate === 0 ? years : (1 - (1 + discountRate) ** -years) / discountRate
}

function ownValue({ benefits }: Venture, { name, investment, yearlyCost }: VentureParty, annuity: number): number {
  const brought = benefits.reduce((sum, { to, yearly }) => sum + (to === name ? yearly : 0), 0)
  return (brought - yearlyCost) * annuity - investment
}

/** At the index whose bits are the parties, as `shapleyValues` asks. */
function worthsOfCoalitions({ parties, benefits }: Venture, annuity: number): Float64Array {
  const bit = new Map(parties.map(({ name }, at) => [name, 1 << at]))
  const needed = benefits.map(({ to, needs }) => [to, ...needs].reduce((mask, name) => mask | bit.get(name)!, 0))
  const worths = new Float64Array(1 << parties.length)
  for (let coalition = 1; coalition < worths.length; coalition++) {
    let worth = 0
    parties.forEach(({ investment, yearlyCost }, at) => {
      if ((coalition >> at) & 1) worth -= investment + yearlyCost * annuity
    })
    benefits.forEach(({ yearly }, at) => {
      if ((coalition & needed[at]!) === needed[at]) worth += yearly * annuity
    })
    // Who adds nothing may stay out.
    for (let at = 0; at < parties.length; at++) {
      if ((coalition >> at) & 1) worth = Math.max(worth, worths[coalition ^ (1 << at)]!)
    }
    worths[coalition] = worth
  }
  return worths
}

function bestToLeave(
  parties: Venture['parties'],
  worths: Float64Array,
  stated: readonly number[],
): VentureVerdict['leaving'] {
  let best: VentureVerdict['leaving'] = null
  for (let coalition = 1; coalition < worths.length; coalition++) {
    const members = parties.flatMap((party, at) => ((coalition >> at) & 1 ? [{ party, share: stated[at]! }] : []))
    const gain = worths[coalition]! - members.reduce((sum, { share }) => sum + share, 0)
    if (gain > 1e-9 * worths.at(-1)! && gain > (best?.gain ?? 0))
      best = { parties: members.map(({ party }) => party.name), gain }
  }
  return best
}

function requireVenture({ parties, benefits, payments, years, discountRate }: Venture): void {
  if (parties.length === 0 || benefits.length === 0) throw new Unanswerable('empty')
  requireRange('parties', parties.length, 1, 12)
  for (const things of [parties, benefits, payments]) requireOnce(things)
  requireRange('years', years, 1, 100)
  requireRange('discountRate', discountRate, 0, 10)
  const known = new Set(parties.map(({ name }) => name))
  const named = [
    ...benefits.flatMap(({ to, needs }) => [to, ...needs]),
    ...payments.flatMap(({ from, to }) => [from, to]),
  ]
  const unknown = named.find((name) => !known.has(name))
  if (unknown !== undefined) throw new Unanswerable('unknown_name', { name: unknown })
  for (const { name, investment, yearlyCost } of parties) {
    requireRange(`${name}, investment`, investment, 0, 1e12)
    requireRange(`${name}, yearlyCost`, yearlyCost, 0, 1e12)
  }
  for (const { name, yearly } of [...benefits, ...payments]) requireRange(name, yearly, 0, 1e12)
}
