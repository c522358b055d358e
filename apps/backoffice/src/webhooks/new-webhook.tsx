import { useState } from 'react'
import { Modal, Stack } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { FormEnd } from '../common/form-end.tsx'
import { SecretOnce } from '../common/secret-once.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { bodyOf, WebhookFields, type WebhookValues } from './webhook-fields.tsx'

const fresh: WebhookValues = { url: '', description: '', every: true, types: [] }

/** Makes a webhook, then shows its secret: this once, and closing is a decision. */
export function NewWebhook({ onClose }: { onClose: () => void }) {
  const t = useT()
  const [secret, setSecret] = useState<string | null>(null)
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: fresh,
    schema: endpoints.createWebhook.body,
    toBody: bodyOf,
    send: (body, idempotencyKey) => call(endpoints.createWebhook, { body }, { idempotencyKey }),
    onDone: (made) => {
      setSecret(made.secret)
      void refresh('/webhooks')
    },
  })
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={secret === null}
      title={secret ? t('keys.secret') : t('act.newWebhook')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {secret ? (
        <SecretOnce secret={secret} label={t('hooks.secret.label')} help={t('hooks.secret.help')} onClose={onClose} />
      ) : (
        <form noValidate onSubmit={submit}>
          <Stack gap="md">
            <FormProblem error={problem} />
            <WebhookFields form={form} />
            <FormEnd onCancel={onClose} busy={busy} label={t('hooks.create')} />
          </Stack>
        </form>
      )}
    </Modal>
  )
}
