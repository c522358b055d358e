import type { Clock } from '../../src/kernel/clock.ts'

/** A clock that stands still until it is told otherwise. */
export interface TestClock extends Clock {
  /** Puts it at an instant: a `Date`, or text such as `2026-03-02T09:00:00Z`. */
  set(instant: Date | string): void
  /** Moves it on by so many milliseconds. */
  advance(milliseconds: number): void
}

/** A Monday morning, in business hours in France, far from any change of the clocks. */
const ordinaryMoment = '2026-03-02T09:00:00Z'

/** Makes a clock for a test; it stands at an ordinary moment unless told. */
export function createTestClock(instant: Date | string = ordinaryMoment): TestClock {
  let now = new Date(instant)
  return {
    now: () => new Date(now),
    set: (next) => (now = new Date(next)),
    advance: (milliseconds) => (now = new Date(now.getTime() + milliseconds)),
  }
}
