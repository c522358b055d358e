import { useState } from 'react'
import { Button, Modal, Textarea } from '@mantine/core'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Quote } from '@ecluse/contracts/quotes.ts'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'

/** Declines a quote for its buyer, or denies what goes over the limit; with the reason. */
export function EndQuote({ quote, onClose }: { quote: Quote; onClose: () => void }) {
  const t = useT()
  const can = useCan()
  const [reason, setReason] = useState('')
  const denying = quote.state === 'to_approve' && can('quotes:approve')
  const params = { quoteId: quote.id }
  const end = useAct({
    act: (_: void, key) =>
      denying
        ? call(
            endpoints.approveQuote,
            { params, body: { revision: quote.revision, approved: false, reason } },
            { idempotencyKey: key },
          )
        : call(endpoints.refuseQuote, { params, body: { reason } }, { idempotencyKey: key }),
    touches: ['/quotes'],
    done: () => t(denying ? 'quotes.denied' : 'quotes.refused'),
    onDone: onClose,
  })
  const title = t(denying ? 'quotes.deny' : 'quotes.refuse')
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('app.close') }}>
      <form
        className="bo-stack"
        onSubmit={(event) => {
          event.preventDefault()
          end.mutate()
        }}
      >
        <Textarea
          label={t('quotes.reason')}
          autosize
          minRows={2}
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" loading={end.isPending}>
          {title}
        </Button>
      </form>
    </Modal>
  )
}
