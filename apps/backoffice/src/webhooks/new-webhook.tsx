import { useState } from 'react'
import { Button, Group, Modal, Stack } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { bodyOf, WebhookFields, type WebhookValues } from './webhook-fields.tsx'
import { WebhookSecret } from './webhook-secret.tsx'

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
        <WebhookSecret secret={secret} onClose={onClose} />
      ) : (
        <form noValidate onSubmit={submit}>
          <Stack gap="md">
            <FormProblem error={problem} />
            <WebhookFields form={form} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('app.cancel')}
              </Button>
              <Button type="submit" loading={busy}>
                {t('hooks.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  )
}
