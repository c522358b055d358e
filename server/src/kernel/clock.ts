/** Where the time comes from. Production reads the machine's; tests and simulations set it. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }
