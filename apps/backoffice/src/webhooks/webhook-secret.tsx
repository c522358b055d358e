import { Alert, Button, CopyButton, Group, Stack, TextInput } from '@mantine/core'
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'

/** The secret that signs: shown this once, to be copied. */
export function WebhookSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useT()
  return (
    <Stack gap="md">
      <Alert color="yellow" icon={<IconKey aria-hidden />}>
        {t('hooks.secret.help')}
      </Alert>
      <Group gap="sm" wrap="nowrap" align="end">
        <TextInput
          className="bo-grow bo-mono"
          label={t('hooks.secret.label')}
          readOnly
          value={secret}
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={secret} timeout={3_000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              <span role="status">{copied ? t('app.copied') : t('app.copy')}</span>
            </Button>
          )}
        </CopyButton>
      </Group>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('keys.secret.done')}</Button>
      </Group>
    </Stack>
  )
}
