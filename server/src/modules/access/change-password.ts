import type { FastifyRequest } from 'fastify'
import { refuse } from '../../kernel/errors.ts'
import { headersOf } from './authenticate.ts'
import { isRefusedBy } from './better-auth-refusal.ts'
import { limitSignIn } from './limit-attempts.ts'
import type { Access } from './open-access.ts'

/**
 * Changes one's own password and ends every other session of the account; answers the cookies of the new one.
 * Wrong current passwords count as attempts to sign in: an open session must not be a place to guess from.
 *
 * @throws access.wrong_credentials when the current password is not right, kernel.too_many_requests
 */
export async function changePassword(
  { services, auth, actors }: Access,
  request: FastifyRequest,
  account: { accountId: string; email: string },
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<readonly string[]> {
  const wasRight = await limitSignIn(services, account.email, request.ip)
  const { api } = await auth()
  const changed = await api
    .changePassword({
      body: { currentPassword, newPassword, revokeOtherSessions: true },
      headers: headersOf(request),
      returnHeaders: true,
    })
    .catch((error: unknown) => {
      throw isRefusedBy(error) ? refuse('access.wrong_credentials') : error
    })
  actors.forgetAccount(account.accountId)
  await wasRight()
  return changed.headers.getSetCookie()
}
