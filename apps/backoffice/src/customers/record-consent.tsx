import { Button, Group, Modal, NativeSelect, Stack, Textarea } from '@mantine/core'
import { consentPurposes, media } from '@ecluse/contracts/consents.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'

const all = 'all'

/** Notes what a customer said or wrote about being contacted, with what proves it. */
export function RecordConsent({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { act: 'withdrawn', medium: all, purpose: 'marketing', proof: '' },
    schema: endpoints.recordConsent.body,
    toBody: ({ act, medium, purpose, proof }) => ({
      act,
      medium: medium === all ? null : medium,
      purpose: purpose === all ? null : purpose,
      proof,
    }),
    send: (body, idempotencyKey) => call(endpoints.recordConsent, { params: { customerId }, body }, { idempotencyKey }),
    onDone: () => {
      tellDone(t('customers.consents.done'))
      void refresh('/customers')
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('customers.consents.record')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <FormProblem error={problem} />
          <NativeSelect
            label={t('customers.consents.act')}
            data={(['withdrawn', 'granted'] as const).map((value) => ({ value, label: t(`consents.act.${value}`) }))}
            data-autofocus
            {...form.getInputProps('act')}
          />
          <NativeSelect
            label={t('customers.consents.medium')}
            data={([all, ...media] as const).map((value) => ({ value, label: t(`consents.medium.${value}`) }))}
            {...form.getInputProps('medium')}
          />
          <NativeSelect
            label={t('customers.consents.purpose')}
            data={([all, ...consentPurposes] as const).map((value) => ({
              value,
              label: t(`consents.purpose.${value}`),
            }))}
            {...form.getInputProps('purpose')}
          />
          <Textarea
            label={t('customers.consents.proof')}
            description={t('customers.consents.proof.help')}
            autosize
            minRows={2}
            {...form.getInputProps('proof')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('customers.consents.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
