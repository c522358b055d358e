import type { Clock } from '../kernel/clock.ts'
import type { Services } from '../kernel/context.ts'
import type { Job } from '../kernel/jobs.ts'
import type { Relay } from '../kernel/relay.ts'
import type { OfferModel } from '../modules/offers/public.ts'
import type { PlacementDeps } from '../modules/orders/public.ts'

/** The parts of an application the demo company lives in. */
export type DemoApplication = {
  readonly services: Services
  readonly model: OfferModel
  readonly placement: PlacementDeps
  readonly relay: Relay
  readonly jobs: readonly Job[]
}

/** An application that can be put together again at another time, so that the company has a past. */
export type DemoHost = { readonly services: Services; at(clock: Clock): DemoApplication }

/** A clock the history sets. */
export type SetClock = Clock & { set(at: Date): void }

export function createSetClock(start: Date): SetClock {
  let now = start
  // As the machine's clock does, each asking gets a date of its own: whoever counts months back from it moves nobody else's time.
  return { now: () => new Date(now), set: (at) => void (now = at) }
}
