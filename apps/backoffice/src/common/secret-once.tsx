import { Alert, Button, CopyButton, Group, Stack, TextInput } from '@mantine/core'
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react'
import { useT } from '../app/i18n.ts'

/** A secret that is shown this once, to be copied. */
export function SecretOnce(props: { secret: string; label: string; help: string; onClose: () => void }) {
  const t = useT()
  const { secret, label, help, onClose } = props
  return (
    <Stack gap="md">
      <Alert color="yellow" icon={<IconKey aria-hidden />}>
        {help}
      </Alert>
      <Group gap="sm" wrap="nowrap" align="end">
        <TextInput
          className="bo-grow bo-mono"
          label={label}
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
