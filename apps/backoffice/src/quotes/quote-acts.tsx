import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCheck, IconFileTypePdf, IconPencil, IconSend, IconX } from '@tabler/icons-react'
import { urlOf } from '@ecluse/contracts/client.ts'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import type { Quote } from '@ecluse/contracts/quotes.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { call } from '@ecluse/ui/staff/api.ts'
import { useCan } from '@ecluse/ui/staff/session.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { EndQuote } from './end-quote.tsx'

/** What may be done with a quote as it stands. */
export function QuoteActs({ quote, onEdit }: { quote: Quote; onEdit: () => void }) {
  const t = useT()
  const can = useCan()
  const { locale } = useLocale()
  const [ending, end] = useDisclosure()
  const { id: quoteId, revision, state } = quote
  const current = quote.revisions[0]
  const touches = ['/quotes']
  const send = useAct({
    act: (_: void, key) =>
      call(endpoints.sendQuote, { params: { quoteId }, body: { revision } }, { idempotencyKey: key }),
    touches,
    done: (after) => t(after.state === 'to_approve' ? 'quotes.asked' : 'quotes.sent'),
  })
  const approve = useAct({
    act: (_: void, key) =>
      call(
        endpoints.approveQuote,
        { params: { quoteId }, body: { revision, approved: true } },
        { idempotencyKey: key },
      ),
    touches,
    done: () => t('quotes.approved'),
  })
  const open = state !== 'ordered'
  const asks = current?.overLimit === true && current.approval !== 'given' && !can('quotes:approve')
  return (
    <>
      <Button
        component="a"
        variant="default"
        href={urlOf(endpoints.getQuotePdf.path, { quoteId }, { locale })}
        target="_blank"
        rel="noreferrer"
        leftSection={<IconFileTypePdf size={16} aria-hidden />}
      >
        {t('quotes.pdf')}
      </Button>
      {can('quotes:write') && open && (
        <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
          {t('quotes.edit')}
        </Button>
      )}
      {can('quotes:write') && open && state !== 'refused' && state !== 'expired' && (
        <Button variant="default" leftSection={<IconX size={16} aria-hidden />} onClick={end.open}>
          {t(state === 'to_approve' && can('quotes:approve') ? 'quotes.deny' : 'quotes.refuse')}
        </Button>
      )}
      {can('quotes:approve') && state === 'to_approve' && (
        <Button
          leftSection={<IconCheck size={16} aria-hidden />}
          loading={approve.isPending}
          onClick={() => approve.mutate()}
        >
          {t('quotes.approve')}
        </Button>
      )}
      {can('quotes:write') && (state === 'draft' || state === 'approved') && (
        <Button leftSection={<IconSend size={16} aria-hidden />} loading={send.isPending} onClick={() => send.mutate()}>
          {t(asks ? 'quotes.ask' : 'quotes.send')}
        </Button>
      )}
      {ending && <EndQuote quote={quote} onClose={end.close} />}
    </>
  )
}
