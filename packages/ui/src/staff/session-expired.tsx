import { useEffect, useState } from 'react'
import { Modal, Stack, Text } from '@mantine/core'
import { onSessionExpired, queryClient } from './api.ts'
import { rememberSession, useSession } from './session.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { useWords } from './words.ts'

/**
 * Signs in again over the page, which stays as it was: nothing typed is lost. Another person gets a clean start.
 *
 * @param kept says what of the page is kept meanwhile.
 * @param act what the button says.
 */
export function SessionExpired({ kept, act }: { kept: string; act: string }) {
  const t = useWords()
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
      title={t('ui.door.expired')}
    >
      <Stack gap="md">
        <Text>{kept}</Text>
        <SignInForm
          email={session.email}
          act={act}
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
