import type { Locale } from '@ecluse/contracts/scalars.ts'
import { assert } from '../../kernel/assert.ts'
import { refuse } from '../../kernel/errors.ts'
import { actorOf } from './authenticate.ts'
import { isRefusedBy } from './better-auth-refusal.ts'
import { limitRegistration } from './limit-attempts.ts'
import type { Access } from './open-access.ts'
import { accountById, emailHasAccount } from './queries/accounts.ts'
import { sessionView } from './session-view.ts'
import type { SignedIn } from './sign-in.ts'

/**
 * Opens a customer's account and signs them in. Whether an address is taken is told: a shop that hid it would leave people
 * at a closed door; guessing is slowed by the limit per network.
 *
 * @throws access.email_taken, kernel.too_many_requests
 */
export async function register(
  { services, auth }: Access,
  { email, password, name, locale, ip }: { email: string; password: string; name: string; locale: Locale; ip: string },
): Promise<SignedIn> {
  await limitRegistration(services, ip)
  if (await emailHasAccount(services.db, email)) throw refuse('access.email_taken')
  const { api } = await auth()
  const registered = await api
    .signUpEmail({ body: { email, password, name, locale }, headers: new Headers(), returnHeaders: true })
    .catch(async (error: unknown) => {
      // Two at once with one address: the unique key lets one through, better-auth tells the other only that it failed.
      throw isRefusedBy(error) && (await emailHasAccount(services.db, email)) ? refuse('access.email_taken') : error
    })
  const account = await accountById(services.db, registered.response.user.id)
  const session = account && sessionView(actorOf(account), account.locale)
  assert(session, 'a new account has a session')
  return { session, cookies: registered.headers.getSetCookie() }
}
