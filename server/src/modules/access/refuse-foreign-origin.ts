import type { FastifyRequest } from 'fastify'
import type { Services } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import { bearerOf, sessionCookieOf } from './authenticate.ts'
import { comesFromUs } from './domain/origin.ts'

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What sets a session cookie: a foreign page must not sign a visitor in as someone else. */
const signsIn: ReadonlySet<string> = new Set(['/api/v1/session', '/api/v1/accounts'])

/**
 * Refuses a request that changes something, is carried by a session cookie, and was not sent by a page of ours (OWASP,
 * Cross-Site Request Forgery Prevention: Fetch Metadata, then Origin). A bearer token is never sent by itself: it passes.
 *
 * @throws kernel.foreign_origin
 */
export function refuseForeignRequest(services: Services, request: FastifyRequest): void {
  if (safeMethods.has(request.method) || bearerOf(request) !== undefined) return
  // What only computes tells a foreign page nothing: it cannot read the answer. A page of the shop opened from a mail may ask it.
  if (readsOnly(request)) return
  const carriesSession = sessionCookieOf(services, request) !== undefined
  if (!carriesSession && !signsIn.has(request.url.split('?')[0] ?? '')) return
  const site = request.headers['sec-fetch-site']
  const ours = comesFromUs({
    secFetchSite: typeof site === 'string' ? site : undefined,
    origin: request.headers.origin,
    host: request.host,
    trustedOrigins: services.config.trustedOrigins,
  })
  // Saying nothing is what programs do, and programs hold no cookie of ours.
  if (ours === false || (ours === undefined && carriesSession)) throw refuse('kernel.foreign_origin')
}

function readsOnly(request: FastifyRequest): boolean {
  const schema = request.routeOptions.schema as { 'x-reads'?: boolean } | undefined
  return schema?.['x-reads'] === true
}
