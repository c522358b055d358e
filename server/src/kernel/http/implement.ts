import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Endpoint, ParsedOf, ResponseOf } from '@ecluse/contracts/endpoint.ts'
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  preValidationHookHandler,
  RouteShorthandOptions,
} from 'fastify'
import { assert } from '../assert.ts'
import { Replay } from '../command.ts'
import { requirePermission, type Actor, type Ctx, type Services } from '../context.ts'
import { refuse } from '../errors.ts'
import { localeOf } from '../messages.ts'
import type { KeptAnswers } from './kept-answers.ts'

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
  }
}

type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>

export type Handler<E extends AnyEndpoint> = (
  ctx: Ctx,
  input: ParsedOf<E>,
  http: { request: FastifyRequest; reply: FastifyReply },
) => Promise<ResponseOf<E> | FastifyReply>

/** Routes of one module: given the server and what the process shares. */
export type Routes = (app: FastifyInstance, services: Services) => void

const idempotencyKeyPattern = /^[\x21-\x7e]{8,200}$/

/**
 * Makes an endpoint of the contract answer: its schemas validate, its access is enforced before the handler runs, and its
 * idempotency key reaches the command. A route whose answers are `kept` is answered from memory when it can be; only a public
 * one may be.
 */
export function implement<E extends AnyEndpoint>(
  app: FastifyInstance,
  services: Services,
  name: string,
  endpoint: E,
  handler: Handler<E>,
  kept?: KeptAnswers,
): void {
  const status = endpoint.status ?? 200
  assert(kept === undefined || endpoint.access === 'public', `${name} may keep its answers`)
  app.route({
    method: endpoint.method,
    url: `/api/v1${endpoint.path.replace(/\{(\w+)\}/g, ':$1')}`,
    schema: schemaOf(name, endpoint, status),
    ...(kept ? { onRequest: kept.onRequest } : {}),
    ...(endpoint.bodyLimit === undefined ? {} : { bodyLimit: endpoint.bodyLimit }),
    ...(endpoint.access === 'public' ? {} : { preValidation: authorising(endpoint.access) }),
    handler: async (request, reply) => {
      const input = { params: request.params, query: request.query, body: request.body } as ParsedOf<E>
      const ctx = contextOf(services, request, endpoint, name)
      reply.code(status)
      try {
        const answer = await handler(ctx, input, { request, reply })
        return status === 204 && !reply.sent ? await reply.send() : answer
      } catch (error) {
        if (!(error instanceof Replay)) throw error
        return reply.header('idempotency-replayed', 'true').send(error.response)
      }
    },
  })
}

function schemaOf(name: string, endpoint: AnyEndpoint, status: number): RouteShorthandOptions['schema'] {
  const tag = endpoint.path.split('/')[1] ?? 'api'
  return {
    operationId: name,
    summary: endpoint.summary,
    tags: [tag],
    ...(endpoint.params ? { params: endpoint.params } : {}),
    ...(endpoint.query ? { querystring: endpoint.query } : {}),
    ...(endpoint.body ? { body: endpoint.body } : {}),
    ...(endpoint.response ? { response: { [status]: endpoint.response } } : {}),
    ...(endpoint.access === 'public' ? {} : { security: [{ session: [] }, { apiKey: [] }] }),
    'x-access': endpoint.access,
    'x-status': status,
    ...(endpoint.idempotent ? { 'x-idempotent': true } : {}),
    ...(endpoint.reads ? { 'x-reads': true } : {}),
    ...(endpoint.consumes ? { consumes: [endpoint.consumes] } : {}),
    ...(endpoint.produces ? { produces: [endpoint.produces] } : {}),
  } as RouteShorthandOptions['schema']
}

function authorising(access: Exclude<AnyEndpoint['access'], 'public'>): preValidationHookHandler {
  return (request, _reply, done) => {
    if (access === 'company') {
      if (request.actor.kind === 'anonymous') throw refuse('access.not_signed_in')
    } else if (access !== 'account') requirePermission(request.actor, access)
    else if (request.actor.kind === 'anonymous') throw refuse('access.not_signed_in')
    else if (request.actor.kind === 'api_key') throw refuse('access.forbidden', { permission: 'account' })
    done()
  }
}

/** The context of a request: who asks, in which language, under which trace. */
function contextOf(services: Services, request: FastifyRequest, endpoint: AnyEndpoint, name: string): Ctx {
  const query = request.query as { locale?: string } | undefined
  const locale =
    query?.locale === 'fr' || query?.locale === 'en' ? query.locale : localeOf(request.headers['accept-language'])
  // Written out: this is done for each request, and a spread takes ten times as long.
  const base = {
    db: services.db,
    replica: services.replica,
    clock: services.clock,
    ids: services.ids,
    config: services.config,
    wakeRelay: services.wakeRelay,
    get log() {
      return services.log.child({ reqId: request.id })
    },
    actor: request.actor,
    locale,
    traceId: request.id,
  }
  const key = endpoint.idempotent ? request.headers['idempotency-key'] : undefined
  if (key === undefined) return base
  if (typeof key !== 'string' || !idempotencyKeyPattern.test(key)) throw refuse('kernel.idempotency_key_invalid')
  return { ...base, idempotency: { scope: `${name}:${callerOf(request.actor)}`, key, requestHash: hashOf(request) } }
}

/** Two callers may choose the same key without meeting. */
function callerOf(actor: Actor): string {
  switch (actor.kind) {
    case 'account':
    case 'staff':
      return actor.accountId
    case 'api_key':
      return actor.keyId
    case 'anonymous':
    case 'system':
      return actor.kind
  }
}

/** Fingerprint of what is asked: the path's parameters and the body as validated. */
function hashOf(request: FastifyRequest): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([request.params, request.body ?? null]))
    .digest()
}
