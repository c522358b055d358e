import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, Services } from '../../kernel/context.ts'
import { createActorCache } from './actor-cache.ts'
import { authenticateRequest, type Authentication } from './authenticate.ts'
import type { Auth } from './better-auth.ts'
import { refuseForeignRequest } from './refuse-foreign-origin.ts'

/** Who may come in, as one process sees it. */
export type Access = Authentication & {
  /**
   * Who sends this request. With the reply, the cookie of a session in use is prolonged once a day.
   * @throws access.not_signed_in when an API key is given that is not valid
   */
  authenticate(request: FastifyRequest, reply?: FastifyReply): Actor | Promise<Actor>
  /**
   * Refuses what a foreign page makes a browser send with its session cookie.
   * @throws kernel.foreign_origin
   */
  refuseForeignOrigin(request: FastifyRequest): void
}

/** Opens the door: made once per process, by the wiring. Asks nothing of the database and loads no library yet. */
export function openAccess(services: Services): Access {
  let loading: Promise<Auth> | undefined
  const authentication: Authentication = {
    services,
    // A fifth of a second and tens of megabytes: visitors who never sign in need not wait for them.
    auth: () => (loading ??= import('./better-auth.ts').then(({ createAuth }) => createAuth(services))),
    actors: createActorCache(services.clock),
  }
  return {
    ...authentication,
    authenticate: (request, reply) => authenticateRequest(authentication, request, reply),
    refuseForeignOrigin: (request) => refuseForeignRequest(services, request),
  }
}
