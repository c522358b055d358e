import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ApiKey } from '@ecluse/contracts/access.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'

/** A revoked key cannot come back: this one asks first. */
export function RevokeKey({ apiKey }: { apiKey: ApiKey }) {
  const t = useT()
  const [asking, { open, close }] = useDisclosure(false)
  const revoke = useAct({
    act: () => call(endpoints.revokeApiKey, { params: { keyId: apiKey.id } }),
    touches: ['/api-keys'],
    done: ({ name }) => t('keys.revoked.done', { name }),
    onDone: close,
  })
  return (
    <>
      <Button variant="default" onClick={open} aria-label={t('keys.revoke.of', { name: apiKey.name })}>
        {t('keys.revoke')}
      </Button>
      <Modal
        opened={asking}
        onClose={close}
        title={t('keys.revoke.title', { name: apiKey.name })}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Stack gap="md">
          <Text>{t('keys.revoke.help')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('keys.keep')}
            </Button>
            <Button color="red" loading={revoke.isPending} onClick={() => revoke.mutate()}>
              {t('keys.revoke')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
