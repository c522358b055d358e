import { permissionsOfRole } from '@ecluse/contracts/permissions.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, Services } from '../../kernel/context.ts'
import { refuse } from '../../kernel/errors.ts'
import type { ActorCache } from './actor-cache.ts'
import type { Auth } from './better-auth.ts'
import { sessionCookieName } from './domain/cookie.ts'
import { apiKeyHash, isApiKeySecret } from './domain/api-key.ts'
import { accountById, type AccountRow } from './queries/accounts.ts'
import { apiKeyByHash, touchApiKey } from './queries/api-keys.ts'
import { touchStaff } from './queries/staff.ts'

const anonymous: Actor = { kind: 'anonymous' }
const bearerPattern = /^Bearer(?: +(.*))?$/i

/** What authentication needs; the library is loaded when the first credential comes. */
export type Authentication = {
  readonly services: Services
  readonly auth: () => Promise<Auth>
  readonly actors: ActorCache
}

/**
 * Who sends a request: the holder of an API key, whoever is signed in, or a visitor. Without credentials the database is
 * not asked, and the answer is there at once. Given the reply, it prolongs the cookie of a session in use, once a day.
 *
 * @throws access.not_signed_in when an API key is given that is unknown, expired or revoked
 */
export function authenticateRequest(
  authentication: Authentication,
  request: FastifyRequest,
  reply?: FastifyReply,
): Actor | Promise<Actor> {
  const secret = bearerOf(request)
  if (secret !== undefined) return keyHolder(authentication, secret)
  const cookie = sessionCookieOf(authentication.services, request)
  if (cookie === undefined) return anonymous
  return authentication.actors.get(cookie) ?? signedIn(authentication, request, reply, cookie)
}

/** The signed value of the session cookie. */
export function sessionCookieOf(services: Services, request: FastifyRequest): string | undefined {
  const header = request.headers.cookie
  if (header === undefined) return undefined
  const name = sessionCookieName(services.config.publicUrl)
  for (const part of header.split(';')) {
    const [given = '', ...value] = part.split('=')
    if (given.trim() === name) return value.join('=').trim() || undefined
  }
  return undefined
}

/** The bearer token of a request. Other schemes are not ours: a proxy in front may use them. */
export function bearerOf(request: FastifyRequest): string | undefined {
  const match = bearerPattern.exec(request.headers.authorization ?? '')
  return match === null ? undefined : (match[1]?.trim() ?? '')
}

async function keyHolder({ services, actors }: Authentication, secret: string): Promise<Actor> {
  if (!isApiKeySecret(secret)) throw refuse('access.not_signed_in')
  const hash = apiKeyHash(secret)
  const credential = `key ${hash.toString('base64')}`
  const actor =
    actors.get(credential) ??
    (await actors.load(credential, async () => {
      const key = await apiKeyByHash(services.db, hash)
      const now = services.clock.now()
      if (key === undefined || key.revoked_at !== null) return { actor: anonymous, expiresAt: null }
      if (key.expires_at !== null && key.expires_at <= now) return { actor: anonymous, expiresAt: null }
      await touchApiKey(services.db, key.id, now)
      const permissions = new Set(key.scopes)
      const owner = { companyId: key.company_id, partnerId: key.partner_id }
      const holder: Actor = { kind: 'api_key', keyId: key.id, name: key.name, permissions, ...owner }
      return { actor: holder, expiresAt: key.expires_at }
    }))
  if (actor.kind === 'anonymous') throw refuse('access.not_signed_in')
  return actor
}

async function signedIn(
  { services, auth, actors }: Authentication,
  request: FastifyRequest,
  reply: FastifyReply | undefined,
  cookie: string,
): Promise<Actor> {
  return actors.load(cookie, async () => {
    const api = (await auth()).api
    const { response, headers } = await api.getSession({ headers: headersOf(request), returnHeaders: true })
    if (response === null) return { actor: anonymous, expiresAt: null }
    for (const value of headers.getSetCookie()) reply?.header('set-cookie', value)
    const account = await accountById(services.db, response.user.id)
    const actor = account === undefined ? anonymous : actorOf(account)
    if (actor.kind === 'staff') await touchStaff(services.db, actor.accountId, services.clock.now())
    return { actor, expiresAt: new Date(response.session.expiresAt) }
  })
}

/** An account as who acts; a deactivated member of staff is a visitor. */
export function actorOf({ id, email, name, role, active, site_ids }: AccountRow): Actor {
  if (role === null) return { kind: 'account', accountId: id, email, name }
  if (active !== true) return anonymous
  return {
    kind: 'staff',
    accountId: id,
    email,
    name,
    role,
    permissions: new Set(permissionsOfRole[role]),
    siteIds: site_ids === null ? null : new Set(site_ids),
  }
}

/** What better-auth needs to see of a request: its cookies. */
export function headersOf(request: FastifyRequest): Headers {
  return new Headers({ cookie: request.headers.cookie ?? '' })
}
