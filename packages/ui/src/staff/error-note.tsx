import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { ApiError } from '@ecluse/contracts/client.ts'
import { messageOf } from './api.ts'
import { useWords } from './words.ts'

/** What happened, what to do, and a button to try again. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useWords()
  const problem = error instanceof ApiError ? error.problem : null
  const hint =
    problem?.status === 403
      ? t('ui.error.hint.forbidden')
      : (problem?.status ?? 500) >= 500
        ? t('ui.error.hint.server')
        : null
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('ui.error.title')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{messageOf(error)}</Text>
        {hint && <Text size="sm">{hint}</Text>}
        {problem?.traceId && (
          <Text size="xs" c="dimmed">
            {t('ui.error.trace', { trace: problem.traceId })}
          </Text>
        )}
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {t('ui.error.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
