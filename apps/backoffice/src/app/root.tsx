import { Loader } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { SessionContext, useSessionQuery, type StaffSession } from '@ecluse/ui/staff/session.tsx'
import { SessionExpired } from '@ecluse/ui/staff/session-expired.tsx'
import { useT } from './i18n.ts'
import { NoAccess } from './no-access.tsx'
import { Shell } from './shell.tsx'
import { SignInPage } from './sign-in-page.tsx'

/** The door: signed-in staff see the shell and their page, everyone else the sign-in, at the same address. */
export function Root() {
  const t = useT()
  const query = useSessionQuery()
  if (query.isPending) {
    return (
      <main className="bo-door" aria-busy="true">
        <Loader role="status" aria-label={t('app.loading')} />
      </main>
    )
  }
  if (query.isError) {
    return (
      <main className="bo-door">
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      </main>
    )
  }
  const { session } = query.data
  if (!session) return <SignInPage />
  if (session.role === null) return <NoAccess session={session} />
  return (
    <SessionContext value={session as StaffSession}>
      <Shell>
        <Outlet />
      </Shell>
      <SessionExpired kept={t('door.expired.help')} act={t('door.signIn')} />
    </SessionContext>
  )
}
