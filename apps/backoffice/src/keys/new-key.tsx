import { useState } from 'react'
import { Alert, Button, Checkbox, CopyButton, Group, Modal, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { permissions, type Permission } from '@ecluse/contracts/permissions.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

const day = 86_400_000
const lifetimes = ['30', '90', '365', 'never'] as const

/** Makes a key, then shows its secret: this once, and closing is a decision. */
export function NewKey({ onClose }: { onClose: () => void }) {
  const t = useT()
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      closeOnClickOutside={secret === null}
      closeOnEscape={secret === null}
      title={secret ? t('keys.secret') : t('act.newKey')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {secret ? (
        <Secret secret={secret} onClose={onClose} />
      ) : (
        <KeyForm
          onClose={onClose}
          onMade={(made) => {
            setSecret(made)
            void refresh('/api-keys')
          }}
        />
      )}
    </Modal>
  )
}

function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: (secret: string) => void }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { name: '', scopes: [] as Permission[], lifetime: '365' },
    schema: endpoints.createApiKey.body,
    toBody: ({ name, scopes, lifetime }) => ({
      name,
      scopes,
      expiresAt: lifetime === 'never' ? null : new Date(Date.now() + Number(lifetime) * day).toISOString(),
    }),
    send: (body, idempotencyKey) => call(endpoints.createApiKey, { body }, { idempotencyKey }),
    onDone: (made) => onMade(made.secret),
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <TextInput
          label={t('keys.name')}
          description={t('keys.name.help')}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Checkbox.Group
          label={t('keys.scopes')}
          description={t('keys.scopes.help')}
          value={form.values.scopes}
          error={form.errors['scopes']}
          onChange={(scopes) =>
            form.setFieldValue(
              'scopes',
              permissions.filter((one) => scopes.includes(one)),
            )
          }
        >
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mt="sm">
            {permissions.map((permission) => (
              <Checkbox
                key={permission}
                value={permission}
                label={t(`permission.${permission}`)}
                description={permission}
              />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        <Select
          label={t('keys.lifetime')}
          data={lifetimes.map((value) => ({ value, label: t(`keys.lifetime.${value}`) }))}
          {...form.getInputProps('lifetime')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={busy} leftSection={<IconKey size={16} aria-hidden />}>
            {t('keys.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useT()
  return (
    <Stack gap="md">
      <Alert color="yellow" icon={<IconKey aria-hidden />}>
        {t('keys.secret.help')}
      </Alert>
      <Group gap="sm" wrap="nowrap" align="end">
        <TextInput
          className="bo-grow bo-mono"
          label={t('keys.secret.label')}
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
