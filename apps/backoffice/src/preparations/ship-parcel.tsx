import { Autocomplete, Modal, Stack, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Fulfillment } from '@ecluse/contracts/fulfillment.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { FormEnd } from '../common/form-end.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { touchedByPreparation } from './use-prepare.ts'

const lastCarrierKey = 'ecluse.last-carrier'
const carriers = ['Colissimo', 'Chronopost', 'DPD', 'Geodis', 'Mondial Relay', 'UPS']

/** The parcel leaves: by whom, under which number. The carrier used last is offered first. */
export function ShipParcel({ preparation, onClose }: { preparation: Fulfillment; onClose: () => void }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { carrier: localStorage.getItem(lastCarrierKey) ?? '', trackingNumber: '' },
    schema: endpoints.ship.body,
    toBody: (values) => ({ carrier: values.carrier, trackingNumber: values.trackingNumber.trim() || null }),
    send: (body) => call(endpoints.ship, { params: { fulfillmentId: preparation.id }, body }),
    onDone: ({ carrier }) => {
      if (carrier) localStorage.setItem(lastCarrierKey, carrier)
      tellDone(t('ship.done', { number: preparation.orderNumber }))
      onClose()
      void refresh(...touchedByPreparation)
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('ship.title', { number: preparation.orderNumber })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <FormProblem error={problem} />
          <Autocomplete label={t('ship.carrier')} data={carriers} data-autofocus {...form.getInputProps('carrier')} />
          <TextInput
            label={t('ship.tracking')}
            description={t('ship.tracking.help')}
            autoComplete="off"
            {...form.getInputProps('trackingNumber')}
          />
          <FormEnd onCancel={onClose} busy={busy} label={t('preparation.ship')} />
        </Stack>
      </form>
    </Modal>
  )
}
