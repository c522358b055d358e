import type { FastifyRequest } from 'fastify'
import { headersOf, sessionCookieOf } from './authenticate.ts'
import type { Access } from './open-access.ts'

/** Ends the session a request carries, at once; answers the cookies that erase it. Without a session there is nothing to do. */
export async function signOut({ services, auth, actors }: Access, request: FastifyRequest): Promise<readonly string[]> {
  const cookie = sessionCookieOf(services, request)
  if (cookie === undefined) return []
  const { api } = await auth()
  const { headers } = await api.signOut({ headers: headersOf(request), returnHeaders: true })
  actors.forgetCredential(cookie)
  return headers.getSetCookie()
}
