import { useState } from 'react'
import { Button, Modal, NativeSelect, Stack, Textarea } from '@mantine/core'
import { IconShieldLock } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { rightsKinds } from '@ecluse/contracts/rights.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

/** Notes what a customer asked about their data by letter, by telephone or in a shop; for who handles such requests. */
export function AskForCustomer({ customerId }: { customerId: string }) {
  const t = useT()
  const can = useCan()
  const [asking, setAsking] = useState(false)
  if (!can('rights:manage')) return null
  return (
    <>
      <Button variant="default" leftSection={<IconShieldLock size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {t('rights.ask')}
      </Button>
      {asking && <AskDialog customerId={customerId} onClose={() => setAsking(false)} />}
    </>
  )
}

function AskDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useT()
  const navigate = useNavigate()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { kind: 'access', reason: '' },
    schema: endpoints.openRightsRequest.body,
    toBody: ({ kind, reason }) => ({ customerId, kind, reason }),
    send: (body, idempotencyKey) => call(endpoints.openRightsRequest, { body }, { idempotencyKey }),
    onDone: ({ id }) => {
      void refresh('/rights')
      onClose()
      void navigate({ to: '/rights/$requestId', params: { requestId: id } })
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('rights.ask')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <FormProblem error={problem} />
          <NativeSelect
            label={t('rights.kind')}
            data={rightsKinds.map((value) => ({ value, label: t(`rights.kind.${value}`) }))}
            data-autofocus
            {...form.getInputProps('kind')}
          />
          <Textarea
            label={t('rights.reason')}
            description={t('rights.reason.help')}
            autosize
            minRows={2}
            {...form.getInputProps('reason')}
          />
          <FormEnd onCancel={onClose} busy={busy} label={t('rights.note')} />
        </Stack>
      </form>
    </Modal>
  )
}
