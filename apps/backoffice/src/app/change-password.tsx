import { Modal, PasswordInput, Stack } from '@mantine/core'
import { z } from 'zod'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { FormEnd } from '../common/form-end.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useT } from './i18n.ts'

const schema = endpoints.changePassword.body.extend({ currentPassword: z.string().min(1).max(128) })

export function ChangePassword({ onClose }: { onClose: () => void }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { currentPassword: '', newPassword: '' },
    schema,
    send: (body) => call(endpoints.changePassword, { body }),
    onDone: () => {
      tellDone(t('account.password.done'))
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('account.password')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <FormProblem error={problem} />
          <PasswordInput
            label={t('account.password.current')}
            autoComplete="current-password"
            data-autofocus
            visibilityToggleButtonProps={{ 'aria-label': t('door.password.show'), tabIndex: 0 }}
            {...form.getInputProps('currentPassword')}
          />
          <PasswordInput
            label={t('account.password.new')}
            description={t('account.password.rule')}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('door.password.show'), tabIndex: 0 }}
            {...form.getInputProps('newPassword')}
          />
          <FormEnd onCancel={onClose} busy={busy} label={t('account.password.save')} />
        </Stack>
      </form>
    </Modal>
  )
}
