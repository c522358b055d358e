import { createContext, useContext } from 'react'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Session } from '@ecluse/contracts/access.ts'
import { call, queryClient } from './api.ts'

export type StaffSession = Session & { role: NonNullable<Session['role']> }

/** One key whatever the language, so that a change of language never asks who is signed in again. */
const sessionKey = ['/session'] as const

/** Who is signed in, from the cookie the browser holds. */
export function useSessionQuery() {
  return useQuery({ queryKey: sessionKey, queryFn: () => call(endpoints.getSession), staleTime: Infinity })
}

/** Takes a new sign-in (or a sign-out, with null) as known, without asking the server again. */
export function rememberSession(session: Session | null): void {
  queryClient.setQueryData(sessionKey, { session })
}

/**
 * Takes another person as signed in (or nobody), and forgets everything that was read for the one before. The session's own
 * query stays: screens are watching it.
 */
export function changePerson(session: Session | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
  rememberSession(session)
}

export const SessionContext = createContext<StaffSession | null>(null)

/** The member of staff at the till; only inside the signed-in part. */
export function useSession(): StaffSession {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession is for signed-in screens only')
  return session
}
