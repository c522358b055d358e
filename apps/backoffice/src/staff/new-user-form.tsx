import { PasswordInput, Stack, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Role } from '@ecluse/contracts/permissions.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { FormEnd } from '../common/form-end.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { RoleFields } from './role-fields.tsx'

/** Someone who is no administrator works somewhere; the API would take an empty list, and they could do nothing. */
const schema = endpoints.createUser.body.refine(({ siteIds }) => siteIds === null || siteIds.length > 0, {
  path: ['siteIds'],
})

type Values = { email: string; name: string; role: Role; siteIds: string[] | null; password: string }

const initialValues: Values = { email: '', name: '', role: 'clerk', siteIds: [], password: '' }

export function NewUserForm({ onDone }: { onDone: () => void }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues,
    schema,
    send: (body, idempotencyKey) => call(endpoints.createUser, { body }, { idempotencyKey }),
    onDone: (user) => {
      tellDone(t('users.created', { name: user.name }))
      void refresh('/users')
      onDone()
    },
  })
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <FormProblem error={problem} />
        <TextInput label={t('customers.name')} autoComplete="off" {...form.getInputProps('name')} />
        <TextInput label={t('door.email')} type="email" autoComplete="off" {...form.getInputProps('email')} />
        <PasswordInput
          label={t('users.password')}
          description={t('users.password.help')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('door.password.show'), tabIndex: 0 }}
          {...form.getInputProps('password')}
        />
        <RoleFields
          role={form.values.role}
          siteIds={form.values.siteIds}
          siteError={form.errors['siteIds'] && t('users.sites.missing')}
          onChange={(patch) => form.setValues(patch)}
        />
        <FormEnd onCancel={onDone} busy={busy} label={t('users.create')} />
      </Stack>
    </form>
  )
}
