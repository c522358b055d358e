import { createContext, useContext } from 'react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Session } from '@ecluse/contracts/access.ts'
import type { Permission } from '@ecluse/contracts/permissions.ts'
import type { Site } from '@ecluse/contracts/channels.ts'
import { apiQuery, call, queryClient } from './api.ts'

export type StaffSession = Session & { role: NonNullable<Session['role']> }

/** One key whatever the language, so that a change of language never asks who is signed in again. */
const sessionKey = ['/session'] as const

/** Who is signed in, from the cookie the browser holds. */
export function useSessionQuery() {
  return useQuery({ queryKey: sessionKey, queryFn: () => call(endpoints.getSession), staleTime: Infinity })
}

/**
 * Takes a new sign-in (or a sign-out, with null) as known, without asking the server again. What was read for another person is
 * forgotten: the next one at this screen sees none of it.
 */
export function rememberSession(session: Session | null): void {
  const before = queryClient.getQueryData<{ session: Session | null }>(sessionKey)?.session
  queryClient.setQueryData(sessionKey, { session })
  if (before?.accountId === session?.accountId) return
  // The session's own query stays: the screens are watching it.
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
}

export const SessionContext = createContext<StaffSession | null>(null)

/** The member of staff using the screens; only inside the signed-in part. */
export function useSession(): StaffSession {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession is for signed-in screens only')
  return session
}

/** Whether this person may do something; screens hide what would be refused. */
export function useCan(): (permission: Permission) => boolean {
  const { permissions } = useSession()
  return (permission) => permissions.includes(permission)
}

/** The shops and warehouses this person works in, in alphabetical order. */
export function useMySites(): Site[] {
  const { siteIds } = useSession()
  const sites = useQuery({ ...apiQuery(endpoints.listSites, {}), staleTime: 600_000 })
  return (sites.data?.items ?? noSites).filter((site) => siteIds === null || siteIds.includes(site.id))
}
const noSites: Site[] = []
