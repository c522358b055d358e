import { useState } from 'react'
import { Modal, Radio, Stack, TextInput } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Parcel } from '@ecluse/contracts/parcels.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { nextSteps, touchedByParcel } from './parcel-queries.ts'

/** Notes where a parcel is, as its carrier tells it. */
export function MoveParcel({ parcel, onClose }: { parcel: Parcel; onClose: () => void }) {
  const t = useT()
  const steps = nextSteps[parcel.state]
  const [state, setState] = useState(steps[0] ?? 'in_transit')
  const [note, setNote] = useState('')
  const move = useAct({
    act: () =>
      call(endpoints.moveParcel, {
        params: { fulfillmentId: parcel.fulfillmentId, parcelId: parcel.id },
        body: { state, ...(note.trim() ? { note: note.trim() } : {}) },
      }),
    touches: touchedByParcel,
    done: () => t('parcels.moved', { position: parcel.position, state: t(`parcel.${state}`) }),
    onDone: onClose,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('parcels.where.title', { position: parcel.position })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          move.mutate()
        }}
      >
        <Stack gap="md">
          <Radio.Group
            label={t('parcels.where.is')}
            value={state}
            onChange={(value) => setState(steps.find((step) => step === value) ?? state)}
          >
            <Stack gap="xs" mt="xs">
              {steps.map((step) => (
                <Radio key={step} value={step} label={t(`parcel.${step}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <TextInput
            label={t('parcels.note')}
            description={t('parcels.note.help')}
            maxLength={300}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <FormEnd onCancel={onClose} busy={move.isPending} label={t('parcels.where.save')} />
        </Stack>
      </form>
    </Modal>
  )
}
