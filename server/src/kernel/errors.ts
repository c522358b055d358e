import { errorCodes, type ErrorCode, type ErrorDetails } from '@ecluse/contracts/errors.ts'

/** An expected refusal: a code of the registry and its typed details. The HTTP edge turns it into problem+json. */
export class Refusal<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C
  readonly details: ErrorDetails<C>
  constructor(code: C, details: ErrorDetails<C>) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.details = details
  }
  get status(): number {
    return errorCodes[this.code].status
  }
}

/** Makes a refusal, to be thrown: `throw refuse('orders.out_of_stock', { variantId, available })`. */
export function refuse<C extends ErrorCode>(
  code: C,
  ...details: Record<string, never> extends ErrorDetails<C> ? [] : [ErrorDetails<C>]
): Refusal<C> {
  return new Refusal(code, (details[0] ?? {}) as ErrorDetails<C>)
}
