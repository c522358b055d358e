import { useState } from 'react'
import { Checkbox, Modal, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { permissions, type Permission } from '@ecluse/contracts/permissions.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { FormEnd } from '../common/form-end.tsx'
import { SecretOnce } from '../common/secret-once.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

const day = 86_400_000
/** What a key of ours may do: those of companies and of partners are made with them. */
const offered = permissions.filter((one) => one !== 'company:buy' && one !== 'partner:points')
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
        <SecretOnce secret={secret} label={t('keys.secret.label')} help={t('keys.secret.help')} onClose={onClose} />
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
            {offered.map((permission) => (
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
        <FormEnd onCancel={onClose} busy={busy} label={t('keys.create')} icon={<IconKey size={16} aria-hidden />} />
      </Stack>
    </form>
  )
}
