import { Modal, Stack, Text, TextInput } from '@mantine/core'
import { z } from 'zod'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { FormEnd } from '../common/form-end.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { touchedByPreparation } from './use-prepare.ts'

const fields = endpoints.handOver.body.extend({ collectedBy: z.string().trim().max(120) })

/** The customer shows the code; it is typed or scanned, never read from the screen. */
export function HandOver({ preparation, onClose }: { preparation: Fulfillment; onClose: () => void }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { pickupCode: '', collectedBy: '' },
    schema: fields,
    send: ({ pickupCode, collectedBy }) =>
      call(endpoints.handOver, {
        params: { fulfillmentId: preparation.id },
        body: { pickupCode, ...(collectedBy ? { collectedBy } : {}) },
      }),
    onDone: () => {
      tellDone(t('handOver.done', { number: preparation.orderNumber }))
      onClose()
      void refresh(...touchedByPreparation)
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('handOver.title', { number: preparation.orderNumber })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <Text>{t('handOver.help', { name: preparation.customerName ?? t('orders.anonymous') })}</Text>
          <FormProblem error={problem} />
          <TextInput
            label={t('handOver.code')}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            size="md"
            data-autofocus
            {...form.getInputProps('pickupCode')}
          />
          <TextInput
            label={t('handOver.by')}
            description={
              preparation.collectorName
                ? t('handOver.named', { name: preparation.collectorName })
                : t('handOver.by.help', { name: preparation.customerName ?? t('orders.anonymous') })
            }
            autoComplete="off"
            maxLength={120}
            {...form.getInputProps('collectedBy')}
          />
          <FormEnd onCancel={onClose} busy={busy} label={t('preparation.handOver')} />
        </Stack>
      </form>
    </Modal>
  )
}
