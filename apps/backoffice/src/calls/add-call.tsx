import { Checkbox, Modal, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'

const purposes = ['marketing', 'survey'] as const
type Target = { customerId: string } | { segmentId: string }

/** Puts a customer, or a segment, on the call list. */
export function AddCall({ target, onClose }: { target: Target; onClose: () => void }) {
  const t = useT()
  const [about, setAbout] = useState('')
  const [script, setScript] = useState('')
  const [asked, setAsked] = useState('customerId' in target)
  const [purpose, setPurpose] = useState<(typeof purposes)[number]>('marketing')
  const add = useAct({
    act: async (_: void, idempotencyKey) => {
      if ('segmentId' in target)
        return call(
          endpoints.addCallsOfSegment,
          { params: target, body: { about, script, purpose } },
          { idempotencyKey },
        )
      const body = { about, script, asked, purpose: asked ? ('service' as const) : purpose }
      await call(endpoints.addCall, { params: target, body }, { idempotencyKey })
      return { added: 1, leftOut: 0 }
    },
    touches: ['/calls'],
    done: ({ added, leftOut }) => t('calls.added', { added, leftOut }),
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title={t('calls.add')} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (about.trim() !== '') add.mutate()
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('calls.about')}
            data-autofocus
            required
            maxLength={200}
            value={about}
            onChange={(event) => setAbout(event.currentTarget.value)}
          />
          <Textarea
            label={t('calls.script')}
            autosize
            minRows={3}
            maxLength={3_000}
            value={script}
            onChange={(event) => setScript(event.currentTarget.value)}
          />
          {'customerId' in target && (
            <Checkbox
              label={t('calls.asked.long')}
              checked={asked}
              onChange={(event) => setAsked(event.currentTarget.checked)}
            />
          )}
          {!asked && (
            <NativeSelect
              label={t('templates.purpose')}
              description={t('calls.law')}
              data={purposes.map((value) => ({ value, label: t(`templates.purpose.${value}`) }))}
              value={purpose}
              onChange={(event) => setPurpose(event.currentTarget.value === 'survey' ? 'survey' : 'marketing')}
            />
          )}
          <FormEnd onCancel={onClose} busy={add.isPending} label={t('calls.add')} />
        </Stack>
      </form>
    </Modal>
  )
}
