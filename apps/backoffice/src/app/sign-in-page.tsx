import { Button, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { Brand } from './brand.tsx'
import { useT } from './i18n.tsx'
import { rememberSession } from './session.tsx'
import { SignInForm } from './sign-in-form.tsx'

export function SignInPage() {
  const t = useT()
  const { locale, setLocale } = useLocale()
  useDocumentTitle(`${t('door.title')} · Écluse`)
  const other = locale === 'fr' ? 'en' : 'fr'
  return (
    <main className="bo-door">
      <Stack gap="lg" className="bo-door-card">
        <Brand />
        <div>
          <Title order={1}>{t('door.title')}</Title>
          <Text c="dimmed">{t('door.subtitle')}</Text>
        </div>
        <SignInForm onSignedIn={rememberSession} />
        <Button variant="subtle" color="gray" w="fit-content" lang={other} onClick={() => setLocale(other)}>
          {other === 'fr' ? 'Français' : 'English'}
        </Button>
      </Stack>
    </main>
  )
}
