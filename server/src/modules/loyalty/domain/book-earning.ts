/** What the ledger says of an order's points. */
export type Booked = {
  readonly pending: bigint
  /** Became active, in all. */
  readonly activated: bigint
  /** Taken back after they were active, in all. */
  readonly reversed: bigint
  /** Ended, less what was given back of it. */
  readonly expired: bigint
}

/** A step to book, in its order. */
export type Step = {
  readonly cause: 'earned' | 'unearned' | 'activated' | 'reversed' | 'restored'
  readonly amount: bigint
}

/**
 * What is still to be booked so that the ledger says what an order earns now: nothing, when it does already. What goes is taken from what is
 * pending first, then from what is active, spent or not. What had ended before its purchase came back is lost once, not twice.
 */
export function stepsTo(target: bigint, booked: Booked, mature: boolean): Step[] {
  const have = booked.pending + booked.activated - booked.reversed
  const missing = target - have
  let { pending } = booked
  let { reversed } = booked
  const steps: Step[] = []
  if (missing > 0n) {
    steps.push({ cause: 'earned', amount: missing })
    pending += missing
  } else if (missing < 0n) {
    const unearned = -missing < pending ? -missing : pending
    steps.push({ cause: 'unearned', amount: unearned }, { cause: 'reversed', amount: -missing - unearned })
    pending -= unearned
    reversed += -missing - unearned
  }
  if (mature) steps.push({ cause: 'activated', amount: pending })
  const activated = booked.activated + (mature ? pending : 0n)
  const lostTwice = reversed + booked.expired - activated
  steps.push({ cause: 'restored', amount: lostTwice })
  return steps.filter(({ amount }) => amount > 0n)
}
