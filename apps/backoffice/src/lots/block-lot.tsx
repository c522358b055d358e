import { useState } from 'react'
import { Modal, Radio, Stack, Text, Textarea } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { blockReasons } from '@ecluse/contracts/lots.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { FormEnd } from '../common/form-end.tsx'
import { touchedByLots } from './touched.ts'

type Reason = (typeof blockReasons)[number]

/** Recalls a lot, with the reason. */
export function BlockLot({ lotId, number, onClose }: { lotId: string; number: string; onClose: () => void }) {
  const t = useT()
  const [reason, setReason] = useState<Reason>('recall')
  const [note, setNote] = useState('')
  const block = useAct({
    act: (_: void, key) =>
      call(
        endpoints.blockLot,
        { params: { lotId }, body: { reason, note: note.trim() || null } },
        { idempotencyKey: key },
      ),
    touches: touchedByLots,
    done: () => t('lots.block.done', { number }),
    undo: () => call(endpoints.unblockLot, { params: { lotId }, body: {} }),
    onDone: onClose,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('lots.block.title', { number })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          block.mutate()
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t('lots.block.what')}</Text>
          <Radio.Group
            label={t('lots.block.reason')}
            value={reason}
            onChange={(value) => setReason(blockReasons.find((known) => known === value) ?? 'other')}
          >
            <Stack gap="xs" mt="xs">
              {blockReasons.map((code) => (
                <Radio key={code} value={code} label={t(`lots.block.reason.${code}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label={t('lots.block.note')}
            maxLength={500}
            autosize
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <FormEnd onCancel={onClose} busy={block.isPending} label={t('lots.block')} />
        </Stack>
      </form>
    </Modal>
  )
}
