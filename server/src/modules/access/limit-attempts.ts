import { createHmac } from 'node:crypto'
import type { Services } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { networkOf } from './domain/network.ts'
import { countAttempt, lessenAttempts, uncountAttempt } from './queries/attempts.ts'

/** Attempts in a quarter of an hour. A shop's people share one address, so a network is given more than a person. */
const windowMs = 15 * 60_000
const most = {
  signInPerPerson: 10,
  signInPerNetwork: 100,
  registrationPerNetwork: 60,
  codePerNetwork: 40,
  reservationPerNetwork: 30,
} as const

/**
 * Counts an attempt to sign in before the password is looked at, so that parallel guesses count too.
 *
 * @returns what to call when the password was right: it gives the attempts back
 * @throws kernel.too_many_requests with the seconds until the window is over
 */
export async function limitSignIn(services: Services, email: string, ip: string): Promise<() => Promise<void>> {
  const network = networkOf(ip)
  const perPerson = bucketOf(services, `sign-in\0${network}\0${email.toLowerCase()}`)
  const perNetwork = bucketOf(services, `sign-in\0${network}`)
  await count(services, [
    { bucket: perPerson, limit: most.signInPerPerson },
    { bucket: perNetwork, limit: most.signInPerNetwork },
  ])
  return () => uncountAttempt(services.db, perPerson, perNetwork)
}

/**
 * Counts the opening of an account.
 * @throws kernel.too_many_requests
 */
export async function limitRegistration(services: Services, ip: string): Promise<void> {
  const bucket = bucketOf(services, `register\0${networkOf(ip)}`)
  await count(services, [{ bucket, limit: most.registrationPerNetwork }])
}

/**
 * Counts an attempt to open something by its short code, before the code is looked up.
 *
 * @returns what to call when the code was right: it gives the attempt back
 * @throws kernel.too_many_requests
 */
export async function limitCodes(services: Services, ip: string): Promise<() => Promise<void>> {
  const bucket = bucketOf(services, `code\0${networkOf(ip)}`)
  await count(services, [{ bucket, limit: most.codePerNetwork }])
  return () => lessenAttempts(services.db, bucket)
}

/**
 * Counts something reserved without an account, so that nobody takes everything from others by a script.
 * @throws kernel.too_many_requests
 */
export async function limitReservations(services: Services, ip: string): Promise<void> {
  const bucket = bucketOf(services, `reserve\0${networkOf(ip)}`)
  await count(services, [{ bucket, limit: most.reservationPerNetwork }])
}

async function count(services: Services, limits: { bucket: Buffer; limit: number }[]): Promise<void> {
  const now = services.clock.now()
  const sorted = limits.map(({ bucket }) => bucket).sort(Buffer.compare)
  const rows = await countAttempt(services.db, sorted, now, new Date(now.getTime() - windowMs))
  const waits = rows
    .filter((row) => limits.some(({ bucket, limit }) => bucket.equals(row.bucket) && row.count > limit))
    .map((row) => row.window_started_at.getTime() + windowMs - now.getTime())
  if (waits.length === 0) return
  throw refuse('kernel.too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil(Math.max(...waits) / 1000)) })
}

function bucketOf(services: Services, what: string): Buffer {
  return createHmac('sha256', services.config.sessionSecret).update(what).digest()
}
