import { Anchor, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useT } from './i18n.ts'

export function NotFound() {
  const t = useT()
  return (
    <Stack gap="sm" py="xl" maw={520}>
      <Title order={1}>{t('app.notFound')}</Title>
      <Text>{t('app.notFound.help')}</Text>
      <Anchor component={Link} to="/">
        {t('app.notFound.home')}
      </Anchor>
    </Stack>
  )
}
