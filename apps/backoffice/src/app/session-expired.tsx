import { useEffect, useState } from 'react'
import { Modal, Stack, Text } from '@mantine/core'
import { onSessionExpired, queryClient } from './api.ts'
import { useT } from './i18n.tsx'
import { rememberSession, useSession } from './session.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Signs in again over the page, which stays as it was: nothing typed is lost. Another person gets a clean start. */
export function SessionExpired() {
  const t = useT()
  const session = useSession()
  const [expired, setExpired] = useState(false)
  useEffect(() => onSessionExpired(() => setExpired(true)), [])
  return (
    <Modal
      opened={expired}
      onClose={() => setExpired(false)}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('door.expired')}
    >
      <Stack gap="md">
        <Text>{t('door.expired.help')}</Text>
        <SignInForm
          email={session.email}
          onSignedIn={(next) => {
            setExpired(false)
            rememberSession(next)
            void queryClient.invalidateQueries()
          }}
        />
      </Stack>
    </Modal>
  )
}
