import { Button, Stack, Text, Title } from '@mantine/core'
import type { Session } from '@ecluse/contracts/access.ts'
import { useT } from './i18n.tsx'
import { useSignOut } from './use-sign-out.ts'

/** A customer's account opens the shop, not the back office. */
export function NoAccess({ session }: { session: Session }) {
  const t = useT()
  const signOut = useSignOut()
  return (
    <main className="bo-door">
      <Stack gap="sm" maw={420}>
        <Title order={1}>{t('door.noAccess')}</Title>
        <Text>{t('door.noAccess.help', { email: session.email })}</Text>
        <Button w="fit-content" onClick={signOut}>
          {t('account.signOut')}
        </Button>
      </Stack>
    </main>
  )
}
