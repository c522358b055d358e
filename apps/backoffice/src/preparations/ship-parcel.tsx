import { Autocomplete, Modal, Stack, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { carriers } from '@ecluse/contracts/carriers.ts'
import { call, refresh } from '@ecluse/ui/staff/api.ts'
import { tellDone } from '@ecluse/ui/staff/toasts.tsx'
import { FormEnd } from '../common/form-end.tsx'
import { useT } from '../app/i18n.ts'
import { FormProblem } from '../common/form-problem.tsx'
import { useCheckedForm } from '../common/use-checked-form.ts'
import { touchedByPreparation } from './use-prepare.ts'

const lastCarrierKey = 'ecluse.last-carrier'
const carrierNames = carriers.map(({ name }) => name)

/** A whole preparation, or one of its parcels. */
type Shipment = { fulfillmentId: string; orderNumber: string; parcelId?: string }

/** The parcel leaves: by whom, under which number. The carrier used last is offered first. */
export function ShipParcel({ of, onClose }: { of: Shipment; onClose: () => void }) {
  const t = useT()
  const { form, submit, problem, busy } = useCheckedForm({
    initialValues: { carrier: localStorage.getItem(lastCarrierKey) ?? '', trackingNumber: '' },
    schema: endpoints.ship.body,
    toBody: (values) => ({ carrier: values.carrier, trackingNumber: values.trackingNumber.trim() || null }),
    send: async (body, idempotencyKey) => {
      const { fulfillmentId, parcelId } = of
      if (parcelId) await call(endpoints.shipParcel, { params: { fulfillmentId, parcelId }, body }, { idempotencyKey })
      else await call(endpoints.ship, { params: { fulfillmentId }, body })
      return body.carrier
    },
    onDone: (carrier) => {
      localStorage.setItem(lastCarrierKey, carrier)
      tellDone(t(of.parcelId ? 'parcels.shipped' : 'ship.done', { number: of.orderNumber }))
      onClose()
      void refresh(...touchedByPreparation)
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(of.parcelId ? 'parcels.ship' : 'ship.title', { number: of.orderNumber })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <FormProblem error={problem} />
          <Autocomplete
            label={t('ship.carrier')}
            data={carrierNames}
            data-autofocus
            {...form.getInputProps('carrier')}
          />
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
