import { Button, Stack, Text, Title } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { messageOf } from '@ecluse/ui/staff/api.ts'
import { useT } from './i18n.ts'

/** What a page shows when it broke: its own words, and a way to try again. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const t = useT()
  return (
    <Stack gap="sm" py="xl" maw={520} role="alert">
      <Title order={1}>{t('app.failed')}</Title>
      <Text>{t('app.failed.help')}</Text>
      <Text c="dimmed" size="sm">
        {messageOf(error)}
      </Text>
      <Button onClick={reset} w="fit-content">
        {t('app.retry')}
      </Button>
    </Stack>
  )
}
