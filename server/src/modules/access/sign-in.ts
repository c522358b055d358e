import type { Session } from '@ecluse/contracts/access.ts'
import { refuse } from '../../kernel/errors.ts'
import { actorOf } from './authenticate.ts'
import { isRefusedBy } from './better-auth-refusal.ts'
import { limitSignIn } from './limit-attempts.ts'
import type { Access } from './open-access.ts'
import { accountById, deleteSessionByToken } from './queries/accounts.ts'
import { sessionView } from './session-view.ts'

/** What signing in answers: the session, and the cookies that carry it. */
export type SignedIn = { readonly session: Session; readonly cookies: readonly string[] }

/**
 * Signs in with e-mail and password. An unknown address, a wrong password and a deactivated member of staff get the same
 * answer after the same work.
 *
 * @param ip where the attempt comes from; attempts are counted per address and network
 * @throws access.wrong_credentials, kernel.too_many_requests
 */
export async function signIn(
  { services, auth }: Access,
  { email, password, ip }: { email: string; password: string; ip: string },
): Promise<SignedIn> {
  const wasRight = await limitSignIn(services, email, ip)
  const { api } = await auth()
  const signedIn = await api
    .signInEmail({ body: { email, password }, headers: new Headers(), returnHeaders: true })
    .catch((error: unknown) => {
      throw isRefusedBy(error) ? refuse('access.wrong_credentials') : error
    })
  const account = await accountById(services.db, signedIn.response.user.id)
  const session = account && sessionView(actorOf(account), account.locale)
  if (!session) {
    await deleteSessionByToken(services.db, signedIn.response.token)
    throw refuse('access.wrong_credentials')
  }
  await wasRight()
  return { session, cookies: signedIn.headers.getSetCookie() }
}
