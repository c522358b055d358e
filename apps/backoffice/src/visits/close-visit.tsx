import { Modal, NativeSelect, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { visitOutcomes, type SalesVisit } from '@ecluse/contracts/sales-visits.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'

/** What came of a visit: a code that goes into the customer's history, and a note. */
export function CloseVisit({ visit, onClose }: { visit: SalesVisit; onClose: () => void }) {
  const t = useT()
  const [outcome, setOutcome] = useState<(typeof visitOutcomes)[number]>('interested')
  const [note, setNote] = useState('')
  const close = useAct({
    act: (_: void, idempotencyKey) => {
      const params = { customerId: visit.customerId, visitId: visit.id }
      return call(endpoints.closeSalesVisit, { params, body: { outcome, note } }, { idempotencyKey })
    },
    touches: ['/sales-visits', '/customers'],
    done: () => t('visits.closed'),
    onDone: onClose,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('visits.close', { name: visit.name || t('customers.nameless') })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          close.mutate()
        }}
      >
        <Stack gap="md">
          <NativeSelect
            label={t('visits.outcome')}
            data-autofocus
            data={visitOutcomes.map((value) => ({ value, label: t(`visits.outcome.${value}`) }))}
            value={outcome}
            onChange={({ currentTarget: { value } }) =>
              setOutcome(visitOutcomes.find((one) => one === value) ?? 'interested')
            }
          />
          <Textarea
            label={t('visits.note')}
            autosize
            minRows={3}
            maxLength={1_000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <FormEnd onCancel={onClose} busy={close.isPending} label={t('visits.keep')} />
        </Stack>
      </form>
    </Modal>
  )
}
