import { Button, Stack, Text, Title } from '@mantine/core'
import type { Session } from '@ecluse/contracts/access.ts'
import { useSignOut } from '@ecluse/ui/staff/use-sign-out.ts'
import { useT } from './i18n.ts'

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
