import { Skeleton } from '@mantine/core'
import { IconPackageImport, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import { endpoints } from '@ecluse/contracts/endpoints.ts'
import { reasonsFor } from '@ecluse/contracts/reason-codes.ts'
import type { Transfer } from '@ecluse/contracts/transfers.ts'
import { useLocale } from '@ecluse/ui/ecluse-provider.tsx'
import { apiQuery, call } from '@ecluse/ui/staff/api.ts'
import { ErrorNote } from '@ecluse/ui/staff/error-note.tsx'
import { useAct } from '@ecluse/ui/staff/use-act.ts'
import { useT } from '../app/i18n.ts'
import { Page } from '../common/page.tsx'
import { TallyForm, type Tallied } from '../documents/tally-form.tsx'
import { lotsOf, needsReason } from '../documents/tally.ts'
import { touchedByTransfers } from './touched.ts'

const route = getRouteApi('/stock/transfers/$transferId/move')

/** Sends a transfer that was asked for, or receives one that is on its way: scan or type what leaves or arrives. */
export function MoveTransferPage() {
  const t = useT()
  const { transferId } = route.useParams()
  const { locale } = useLocale()
  const query = useQuery(apiQuery(endpoints.getTransfer, { params: { transferId }, query: { locale } }))
  const transfer = query.data
  return (
    <Page
      narrow
      title={t(transfer?.state === 'sent' ? 'transfers.receive' : 'transfers.send')}
      summary={transfer && `${transfer.number} · ${transfer.fromPlaceName} → ${transfer.toPlaceName}`}
      back={{ to: `/stock/transfers/${transferId}`, label: transfer?.number ?? t('transfers.one') }}
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={420} />}
      {transfer?.state === 'requested' && <SendForm transfer={transfer} />}
      {transfer?.state === 'sent' && <ReceiveForm transfer={transfer} />}
      {(transfer?.state === 'received' || transfer?.state === 'cancelled') && (
        <Navigate to="/stock/transfers/$transferId" params={{ transferId }} replace />
      )}
    </Page>
  )
}

function SendForm({ transfer }: { transfer: Transfer }) {
  const t = useT()
  const params = { transferId: transfer.id }
  const navigate = route.useNavigate()
  const send = useAct({
    act: ({ lines }: Tallied, key) =>
      call(
        endpoints.sendTransfer,
        {
          params,
          body: {
            lines: lines.map((line) => ({
              variantId: line.article.variantId,
              units: line.units ?? 0,
              ...lotsOf(line),
            })),
          },
        },
        { idempotencyKey: key },
      ),
    touches: touchedByTransfers,
    done: () => t('transfers.hasLeft'),
    onDone: () => void navigate({ to: '/stock/transfers/$transferId', params }),
  })
  return (
    <TallyForm
      title={t('transfers.whatLeaves')}
      start={transfer.lines.map((line) => ({
        article: line,
        expected: line.requestedUnits,
        units: null,
        reasonCode: null,
      }))}
      reasons={[]}
      complete={false}
      lots="outgoing"
      placeId={transfer.fromPlaceId}
      saveLabel={t('transfers.send')}
      saveIcon={<IconSend size={18} aria-hidden />}
      busy={send.isPending}
      onSave={(tally) => send.mutate(tally)}
    />
  )
}

function ReceiveForm({ transfer }: { transfer: Transfer }) {
  const t = useT()
  const params = { transferId: transfer.id }
  const navigate = route.useNavigate()
  const receive = useAct({
    act: ({ lines }: Tallied, key) =>
      call(
        endpoints.receiveTransfer,
        {
          params,
          body: {
            lines: lines.map((line) => ({
              variantId: line.article.variantId,
              units: line.units ?? 0,
              reasonCode: needsReason(line, true) ? line.reasonCode : null,
              ...(line.units === line.expected ? {} : lotsOf(line)),
            })),
          },
        },
        { idempotencyKey: key },
      ),
    touches: touchedByTransfers,
    done: () => t('transfers.hasArrived'),
    onDone: () => void navigate({ to: '/stock/transfers/$transferId', params }),
  })
  return (
    <TallyForm
      title={t('transfers.whatArrived')}
      start={transfer.lines.map((line) => ({
        article: line,
        expected: line.sentUnits ?? 0,
        units: null,
        reasonCode: null,
      }))}
      reasons={reasonsFor.transfer}
      complete
      lots="difference"
      saveLabel={t('transfers.receive')}
      saveIcon={<IconPackageImport size={18} aria-hidden />}
      busy={receive.isPending}
      onSave={(tally) => receive.mutate(tally)}
    />
  )
}
