import { Checkbox, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'

/** Plans a visit to a customer: when, why, and what to ask. */
export function PlanVisit({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useT()
  const [about, setAbout] = useState('')
  const [questions, setQuestions] = useState('')
  const [on, setOn] = useState('')
  const [asked, setAsked] = useState(false)
  const plan = useAct({
    act: (_: void, idempotencyKey) =>
      call(
        endpoints.planSalesVisit,
        { params: { customerId }, body: { about, questions, on, asked } },
        { idempotencyKey },
      ),
    touches: ['/sales-visits', '/customers'],
    done: () => t('visits.planned'),
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title={t('visits.plan')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (about.trim() !== '' && on !== '') plan.mutate()
        }}
      >
        <Stack gap="md">
          <TextInput
            type="date"
            label={t('visits.on')}
            data-autofocus
            required
            value={on}
            onChange={(event) => setOn(event.currentTarget.value)}
          />
          <TextInput
            label={t('visits.about')}
            required
            maxLength={200}
            value={about}
            onChange={(event) => setAbout(event.currentTarget.value)}
          />
          <Textarea
            label={t('visits.questions')}
            autosize
            minRows={3}
            maxLength={2_000}
            value={questions}
            onChange={(event) => setQuestions(event.currentTarget.value)}
          />
          <Checkbox
            label={t('visits.asked')}
            checked={asked}
            onChange={(event) => setAsked(event.currentTarget.checked)}
          />
          <FormEnd onCancel={onClose} busy={plan.isPending} label={t('visits.plan')} />
        </Stack>
      </form>
    </Modal>
  )
}
