import { useState } from 'react'
import { Modal, Stack } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { PointsPartner } from '@ecluse/contracts/partners.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { SecretOnce } from '../common/secret-once.tsx'

/** Makes a key for a partner’s tills: it may do what they do and nothing else, and is shown this once. */
export function PartnerKey({ partner, onClose }: { partner: PointsPartner; onClose: () => void }) {
  const t = useT()
  const [secret, setSecret] = useState<string | null>(null)
  const { name, id } = partner
  const make = useAct({
    act: (_: void, idempotencyKey) =>
      call(
        endpoints.createApiKey,
        {
          body: {
            name: t('partners.key.name', { name }),
            scopes: ['partner:points'],
            expiresAt: null,
            partnerId: id,
          },
        },
        { idempotencyKey },
      ),
    touches: ['/api-keys'],
    onDone: (made) => setSecret(made.secret),
  })
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={secret === null}
      closeOnEscape={secret === null}
      title={t('partners.key.title', { name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {secret ? (
        <SecretOnce secret={secret} label={t('keys.secret.label')} help={t('keys.secret.help')} onClose={onClose} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            make.mutate()
          }}
        >
          <Stack gap="md">
            <p className="bo-line">{t('partners.key.confirm')}</p>
            <FormEnd
              onCancel={onClose}
              busy={make.isPending}
              label={t('partners.key.make')}
              icon={<IconKey size={16} aria-hidden />}
            />
          </Stack>
        </form>
      )}
    </Modal>
  )
}
