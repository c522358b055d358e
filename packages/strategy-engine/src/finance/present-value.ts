import { requireFinite, requireRange, Unanswerable } from '../unanswerable.ts'

/** Money at a date, counted in days from anywhere. */
export interface DatedFlow {
  day: number
  amount: number
}

/** Net present value with the first flow now, the others one period apart (numpy-financial's convention). `rate` per period, above −1. */
export function presentValue(rate: number, flows: ArrayLike<number>): number {
  requireFlows(flows)
  requireRate(rate)
  let value = 0
  for (let period = flows.length - 1; period >= 0; period--) value = value / (1 + rate) + flows[period]!
  return value
}

/** Net present value as Excel's NPV has it: the first flow is a period away. */
export const presentValueExcel = (rate: number, flows: ArrayLike<number>): number =>
  presentValue(rate, flows) / (1 + rate)

/** XNPV: flows at dates, discounted to the first in the list by days over 365. */
export function datedPresentValue(rate: number, flows: readonly DatedFlow[]): number {
  requireDated(flows)
  requireRate(rate)
  const start = flows[0]!.day
  return flows.reduce((sum, { day, amount }) => sum + amount / (1 + rate) ** ((day - start) / 365), 0)
}

/**
 * Modified internal rate of return: what is paid out is financed at one rate, what comes in is reinvested at another until the end
 * (S. Lin 1976; Excel's MIRR). Needs both a payment and a receipt.
 */
export function modifiedReturn(flows: ArrayLike<number>, financeRate: number, reinvestRate: number): number {
  requireFlows(flows)
  requireRate(financeRate)
  requireRate(reinvestRate)
  const paid = presentValue(
    financeRate,
    Float64Array.from(flows, (flow) => Math.min(flow, 0)),
  )
  const received = presentValue(
    reinvestRate,
    Float64Array.from(flows, (flow) => Math.max(flow, 0)),
  )
  if (paid === 0 || received === 0) throw new Unanswerable('impossible', { name: 'one payment and one receipt' })
  const periods = flows.length - 1
  return (received / -paid) ** (1 / periods) * (1 + reinvestRate) - 1
}

/**
 * Periods until the money is back, the last one in part, as if a flow came evenly within its period; `rate` above 0 for the discounted
 * payback. Null when it never is back to stay.
 */
export function payback(flows: ArrayLike<number>, rate = 0): number | null {
  requireFlows(flows)
  requireRate(rate)
  let balance = 0
  let back: number | null = null
  for (let period = 0; period < flows.length; period++) {
    const before = balance
    const flow = flows[period]! / (1 + rate) ** period
    balance += flow
    // What is left of a balance that ought to be nought is rounding.
    if (Math.abs(balance) < 1e-12 * Math.abs(flow)) balance = 0
    if (balance < 0) back = null
    else if (back === null) back = before < 0 ? period - balance / flow : period
  }
  return back
}

export function requireFlows(flows: ArrayLike<number>): void {
  if (flows.length === 0) throw new Unanswerable('empty')
  if (flows.length < 2) throw new Unanswerable('too_few', { what: 'flows', have: flows.length, need: 2 })
  requireFinite('flow', flows)
}

export function requireDated(flows: readonly DatedFlow[]): void {
  requireFlows(flows.map(({ amount }) => amount))
  requireFinite(
    'date',
    flows.map(({ day }) => day),
  )
}

/** A rate at or below −100 % has no discount factor. */
function requireRate(rate: number): void {
  requireRange('rate', rate, -1 + 1e-12, 1e12)
}
