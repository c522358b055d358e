import type { Session } from '@ecluse/contracts/access.ts'
import type { Locale } from '@ecluse/contracts/scalars.ts'
import type { Actor } from '../../kernel/context.ts'

/** The session as the API shows it; null for whoever has none: visitors and API keys. */
export function sessionView(actor: Actor, locale: Locale): Session | null {
  if (actor.kind !== 'account' && actor.kind !== 'staff') return null
  const { accountId, email, name } = actor
  if (actor.kind === 'account') return { accountId, email, name, role: null, permissions: [], siteIds: null, locale }
  return {
    accountId,
    email,
    name,
    role: actor.role,
    permissions: [...actor.permissions],
    siteIds: actor.siteIds === null ? null : [...actor.siteIds],
    locale,
  }
}
