import { useState } from 'react'
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Webhook } from '@ecluse/contracts/webhooks.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { FormEnd } from '../common/form-end.tsx'
import { SecretOnce } from '../common/secret-once.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { bodyOf, WebhookFields, type WebhookValues } from './webhook-fields.tsx'

type Asked = { webhook: Webhook; onClose: () => void }

/** Changes address, name and types. */
export function EditWebhook({ webhook, onClose }: Asked) {
  const t = useT()
  const params = { webhookId: webhook.id }
  const { url, description, types } = webhook
  const initialValues: WebhookValues = { url, description, every: types === null, types: types ?? [] }
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues,
    schema: endpoints.updateWebhook.body,
    toBody: bodyOf,
    send: (body) => call(endpoints.updateWebhook, { params, body }),
    onDone: () => {
      tellDone(t('hooks.changed'))
      void refresh('/webhooks')
      onClose()
    },
  })
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('hooks.edit')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <FormProblem error={problem} />
          <WebhookFields form={form} />
          <FormEnd onCancel={onClose} busy={busy} label={t('app.save')} />
        </Stack>
      </form>
    </Modal>
  )
}

const overlaps = ['0', '1', '24', '72', '168'] as const

/** Makes a new secret; the one before goes on signing as long as one chooses. */
export function RotateSecret({ webhook, onClose }: Asked) {
  const t = useT()
  const [hours, setHours] = useState<string>('24')
  const rotate = useAct({
    act: (_input: void, idempotencyKey) =>
      call(
        endpoints.rotateWebhookSecret,
        { params: { webhookId: webhook.id }, body: { overlapHours: Number(hours) } },
        { idempotencyKey },
      ),
    touches: ['/webhooks'],
  })
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={!rotate.data}
      title={rotate.data ? t('keys.secret') : t('hooks.rotate')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {rotate.data ? (
        <SecretOnce
          secret={rotate.data.secret}
          label={t('hooks.secret.label')}
          help={t('hooks.secret.help')}
          onClose={onClose}
        />
      ) : (
        <Stack gap="md">
          <Text>{t('hooks.rotate.help')}</Text>
          <Select
            label={t('hooks.overlap')}
            data={overlaps.map((value) => ({ value, label: t('hooks.overlap.hours', { hours: Number(value) }) }))}
            value={hours}
            allowDeselect={false}
            onChange={(value) => setHours(value ?? '24')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus>
              {t('app.cancel')}
            </Button>
            <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
              {t('hooks.rotate.do')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

/** A deleted webhook cannot come back: this one asks first. */
export function DeleteWebhook({ webhook, onClose }: Asked) {
  const t = useT()
  const navigate = useNavigate()
  const remove = useAct({
    act: () => call(endpoints.deleteWebhook, { params: { webhookId: webhook.id } }),
    touches: [],
    done: () => t('hooks.deleted'),
    onDone: () => {
      void navigate({ to: '/webhooks' }).then(() => refresh('/webhooks'))
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('hooks.delete.title')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <Stack gap="md">
        <Text>{t('hooks.delete.help')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('keys.keep')}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('hooks.delete')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
