import { Button, Loader, Stack, Text, Title } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'
import type { Session } from '@ecluse/contracts/access.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { SessionContext, useSessionQuery, type StaffSession } from '@ecluse/ui/staff/session.tsx'
import { SessionExpired } from '@ecluse/ui/staff/session-expired.tsx'
import { useSignOut } from '@ecluse/ui/staff/use-sign-out.ts'
import { useT } from './i18n.ts'
import { Shell } from './shell.tsx'
import { ShopGate } from './shop-gate.tsx'
import { SignInPage } from './sign-in-page.tsx'

/** The door: staff who may sell see their shop's till, everyone else the sign-in, at the same address. */
export function Root() {
  const t = useT()
  const query = useSessionQuery()
  if (query.isPending) {
    return (
      <main className="pos-door" aria-busy="true">
        <Loader aria-label={t('app.loading')} />
      </main>
    )
  }
  if (query.isError) {
    return (
      <main className="pos-door">
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      </main>
    )
  }
  const { session } = query.data
  if (!session) return <SignInPage />
  if (session.role === null || !session.permissions.includes('till:sell')) return <NoAccess session={session} />
  return (
    <SessionContext value={session as StaffSession}>
      <ShopGate>
        <Shell>
          <Outlet />
        </Shell>
      </ShopGate>
      <SessionExpired kept={t('door.expired.help')} act={t('door.signIn')} />
    </SessionContext>
  )
}

function NoAccess({ session }: { session: Session }) {
  const t = useT()
  const signOut = useSignOut()
  return (
    <main className="pos-door">
      <Stack gap="md" className="pos-door-card">
        <Title order={1}>{t('door.noAccess')}</Title>
        <Text>{t('door.noAccess.help', { email: session.email })}</Text>
        <Button size="lg" onClick={signOut}>
          {t('menu.signOut')}
        </Button>
      </Stack>
    </main>
  )
}
