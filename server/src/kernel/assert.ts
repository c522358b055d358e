/**
 * States what must be true; stays on in production. A failed assertion is a bug: the request ends with 500 and a trace id,
 * because stopping is better than charging or promising wrongly.
 */
export function assert(condition: unknown, expectation: string): asserts condition {
  if (!condition) throw new AssertionFailed(expectation)
}

class AssertionFailed extends Error {
  constructor(expectation: string) {
    super(`expected: ${expectation}`)
    this.name = 'AssertionFailed'
  }
}
