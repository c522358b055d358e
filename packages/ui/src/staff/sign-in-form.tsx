import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Session } from '@ecluse/contracts/access.ts'
import { IconAlertCircle } from '@tabler/icons-react'
import { call, messageOf } from './api.ts'
import { useWords } from './words.ts'

/** E-mail and password. Used at the door, and over a page whose session has ended (the e-mail is then known). */
export function SignInForm({
  email = '',
  act,
  onSignedIn,
}: {
  email?: string
  /** What the button says: what is behind this door. */
  act: string
  onSignedIn: (session: Session) => void
}) {
  const t = useWords()
  const form = useForm({
    initialValues: { email, password: '' },
    validate: {
      email: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? null : t('ui.door.email.invalid')),
      password: (value) => (value === '' ? t('ui.door.password.missing') : null),
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
          label={t('ui.door.email')}
          type="email"
          autoComplete="username"
          autoFocus={email === ''}
          size="md"
          {...form.getInputProps('email')}
        />
        <PasswordInput
          id="sign-in-password"
          label={t('ui.door.password')}
          autoComplete="current-password"
          autoFocus={email !== ''}
          size="md"
          visibilityToggleButtonProps={{ 'aria-label': t('ui.door.password.show'), tabIndex: 0 }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="md" loading={signIn.isPending}>
          {act}
        </Button>
      </Stack>
    </form>
  )
}
