import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Session } from '@ecluse/contracts/access.ts'
import { IconAlertCircle } from '@tabler/icons-react'
import { call, messageOf } from './api.ts'
import { useT } from './i18n.tsx'

/** E-mail and password. Used at the door, and over a page whose session has ended (the e-mail is then known). */
export function SignInForm({ email = '', onSignedIn }: { email?: string; onSignedIn: (session: Session) => void }) {
  const t = useT()
  const form = useForm({
    initialValues: { email, password: '' },
    validate: {
      email: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('door.email.invalid')),
      password: (value) => (value === '' ? t('door.password.missing') : null),
    },
  })
  const signIn = useMutation({
    mutationFn: (values: { email: string; password: string }) =>
      call(endpoints.signIn, { body: { email: values.email.trim(), password: values.password } }),
    onSuccess: ({ session }) => onSignedIn(session),
    onError: () => {
      form.setFieldValue('password', '')
      document.getElementById('sign-in-password')?.focus()
    },
  })
  return (
    <form noValidate onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
      <Stack gap="md">
        {signIn.isError && (
          <Alert color="red" icon={<IconAlertCircle aria-hidden />} role="alert">
            {messageOf(signIn.error)}
          </Alert>
        )}
        <TextInput
          label={t('door.email')}
          type="email"
          autoComplete="username"
          autoFocus={email === ''}
          size="md"
          {...form.getInputProps('email')}
        />
        <PasswordInput
          id="sign-in-password"
          label={t('door.password')}
          autoComplete="current-password"
          autoFocus={email !== ''}
          size="md"
          visibilityToggleButtonProps={{ 'aria-label': t('door.password.show'), tabIndex: 0 }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="md" loading={signIn.isPending}>
          {t('door.signIn')}
        </Button>
      </Stack>
    </form>
  )
}
