import cors from '@fastify/cors'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { refuse } from '../errors.ts'

/** Headers of every answer. Pages loosen the policy for what they need and no more. */
const headers: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

/** What means something for a document only: an answer of the API opens no window, follows no link and is shown in no frame. */
const documentHeaders: Readonly<Record<string, string>> = {
  ...headers,
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'DENY',
}

/** What the back office and the till need: their own scripts, styles made at run time, the camera's decoder. */
export const applicationPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What the documentation of the API needs: its own script starts itself from the page. */
export const documentationPolicy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** Security headers, CORS for the API, and a limit on how often one caller may ask. */
export async function registerSecurity(
  app: FastifyInstance,
  config: Config,
  isInternal: (request: FastifyRequest) => boolean,
): Promise<void> {
  const isSecure = config.publicUrl.startsWith('https:')
  const transport = isSecure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}
  const ofAnswers = { ...headers, ...transport }
  const ofDocuments = { ...documentHeaders, ...transport }
  app.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => {
    reply.headers(request.url.startsWith('/api/v1/') ? ofAnswers : ofDocuments)
    done()
  })
  // Other sites may call us with a key, never with a visitor's cookie: nobody's own data is behind this.
  await app.register(cors, {
    origin: '*',
    credentials: false,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'accept-language'],
    exposedHeaders: ['retry-after', 'idempotency-replayed'],
    maxAge: 86_400,
  })
  await app.register(rateLimit, {
    global: true,
    max: config.rateLimitPerMinute,
    timeWindow: 60_000,
    cache: 20_000,
    allowList: isInternal,
    keyGenerator: (request) => request.headers.authorization?.slice(0, 24) ?? request.ip,
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    errorResponseBuilder: (_request, context) =>
      refuse('kernel.too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil(context.ttl / 1000)) }),
  })
}
