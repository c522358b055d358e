import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { ApiError } from '@ecluse/contracts/client.ts'
import { messageOf } from '../app/api.ts'
import { useT } from '../app/i18n.tsx'

/** What happened, what to do, and a button to try again. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useT()
  const problem = error instanceof ApiError ? error.problem : null
  const hint =
    problem?.status === 403
      ? t('error.hint.forbidden')
      : (problem?.status ?? 500) >= 500
        ? t('error.hint.server')
        : null
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('error.title')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{messageOf(error)}</Text>
        {hint && <Text size="sm">{hint}</Text>}
        {problem?.traceId && (
          <Text size="xs" c="dimmed">
            {t('error.trace', { trace: problem.traceId })}
          </Text>
        )}
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {t('app.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
